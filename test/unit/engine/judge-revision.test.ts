import { describe, expect, test } from '@jest/globals';
import type { LoadedOrg } from '../../../src/config/load-desired.ts';
import { loadOrg } from '../../../src/config/load-desired.ts';
import { parseDesiredFile } from '../../../src/config/parse-desired-file.ts';
import type { FlowState, FlowStatus } from '../../../src/domain/flow-status.ts';
import { changedFlows, judgeRevision, worstEnd } from '../../../src/engine/judge-revision.ts';
import { aFlowId, aFlowStatus } from '../../support/builders.ts';

const FILE = 'desired-state/acme/flows/a.yaml';
const OTHER = 'desired-state/acme/flows/b.yaml';
const THIRD = 'desired-state/acme/flows/c.yaml';

/** An org with one flow for each file; a number is its longest wait. */
function orgWith(files: Readonly<Record<string, number | string>>): LoadedOrg {
  const texts = Object.entries(files).map(([path, wait]) => {
    const id = aFlowId([FILE, OTHER, THIRD].indexOf(path) + 1);
    const text =
      typeof wait === 'string'
        ? `flowId: ${id}\n${wait}\n`
        : `flowId: ${id}\nsettings: { routing: { maxWaitTime: ${String(wait)} } }\n`;
    return [path, parseDesiredFile('flow', Buffer.from(text))] as const;
  });
  const parsed = new Map(texts);
  return loadOrg({
    org: 'acme',
    directory: 'desired-state',
    files: [...parsed.keys()].map((path) => ({ path })),
    parsed: (path) => parsed.get(path),
  });
}

function statusOf(org: LoadedOrg, change: Partial<FlowStatus> = {}): FlowStatus {
  const { hash = '' } = org.flows.find(({ file }) => file === FILE) ?? {};
  return { ...aFlowStatus({ flowId: aFlowId(1), file: FILE, desiredHash: hash }), ...change };
}

const BEFORE = orgWith({ [FILE]: 300, [OTHER]: 1 });
const AT = orgWith({ [FILE]: 200, [OTHER]: 1 });

const judge = (
  status: FlowStatus | undefined,
  { at = AT, head = at }: { readonly at?: LoadedOrg; readonly head?: LoadedOrg } = {},
) => judgeRevision({ before: BEFORE, at, head }, () => status);

describe('judgeRevision', () => {
  test.each<{ state: FlowState; end: string; isFinal: boolean }>([
    { state: 'InSync', end: 'applied', isFinal: true },
    { state: 'Drifted', end: 'held', isFinal: true },
    { state: 'Deferred', end: 'held', isFinal: false },
    { state: 'Blocked', end: 'denied', isFinal: true },
    { state: 'Suspended', end: 'held', isFinal: true },
    { state: 'Missing', end: 'held', isFinal: true },
    { state: 'Conflict', end: 'failed', isFinal: false },
    { state: 'Failed', end: 'failed', isFinal: true },
    { state: 'RolledBack', end: 'failed', isFinal: true },
    { state: 'Stuck', end: 'failed', isFinal: true },
    { state: 'Unresolved', end: 'failed', isFinal: false },
  ])('a flow of the commit that is $state: $end', ({ state, ...expected }) => {
    expect(judge(statusOf(AT, { state }))).toMatchObject([{ file: FILE, state, ...expected }]);
  });

  test('a flow that is in sync and waits for its reload is held, and may yet get there', () => {
    const since = '2026-11-24T08:00:00.000Z';
    const waits = { type: 'ReloadPending', status: true, reason: 'ReloadFailed', since } as const;
    expect(judge(statusOf(AT, { state: 'InSync', conditions: [waits] }))).toMatchObject([
      { end: 'held', isFinal: false, reason: 'ReloadFailed' },
    ]);
  });

  test.each([
    { name: 'no status', status: undefined },
    { name: 'a status of the settings before', status: statusOf(BEFORE, { state: 'InSync' }) },
    { name: 'one that failed before', status: statusOf(BEFORE, { state: 'Failed' }) },
  ])('$name tells nothing of the commit', ({ status }) => {
    expect(judge(status)).toMatchObject([{ end: 'waiting', isFinal: false }]);
  });

  test('a later commit that changes the flow again speaks for it, and that is told', () => {
    const head = orgWith({ [FILE]: 100, [OTHER]: 1 });
    expect(judge(statusOf(head, { state: 'InSync' }), { head })).toMatchObject([
      { end: 'applied', overtaken: true },
    ]);
  });

  test('a file that the commit breaks is invalid at once, until a later one mends it', () => {
    const at = orgWith({ [FILE]: 'settings: { routing: 7 }', [OTHER]: 1 });
    const [verdict] = judge(undefined, { at });
    expect(verdict).toMatchObject({ end: 'invalid', isFinal: true });
    expect(verdict?.reason).toMatch(/^desired-state\/acme\/flows\/a\.yaml:2:\d+: /);
    expect(judge(statusOf(AT), { at, head: AT })).toMatchObject([{ overtaken: true }]);
  });

  test('a flow that the commit takes out of git is applied once its status is gone', () => {
    const at = orgWith({ [OTHER]: 1 });
    expect(judge(statusOf(BEFORE), { at })).toMatchObject([{ end: 'waiting' }]);
    expect(judge(undefined, { at })).toMatchObject([{ end: 'applied' }]);
  });
});

describe('changedFlows', () => {
  test.each([
    { name: 'the same', at: BEFORE, files: [] },
    { name: 'other settings', at: AT, files: [FILE] },
    {
      name: 'one more',
      at: orgWith({ [FILE]: 300, [OTHER]: 1, [THIRD]: 2 }),
      files: [THIRD],
    },
    { name: 'one less', at: orgWith({ [FILE]: 300 }), files: [OTHER] },
    { name: 'one broken', at: orgWith({ [FILE]: 'x: 1', [OTHER]: 1 }), files: [FILE] },
  ])('$name', ({ at, files }) => {
    expect(changedFlows({ at, before: BEFORE }).map(({ file }) => file)).toEqual(files);
  });

  test('a file that was broken in the same way before is not the commit’s', () => {
    const broken = orgWith({ [FILE]: 'x: 1', [OTHER]: 1 });
    expect(changedFlows({ at: broken, before: broken })).toEqual([]);
  });
});

test.each([
  { ends: [], worst: 'applied' },
  { ends: ['applied', 'held'], worst: 'held' },
  { ends: ['held', 'waiting'], worst: 'waiting' },
  { ends: ['waiting', 'failed'], worst: 'failed' },
  { ends: ['invalid', 'denied'], worst: 'denied' },
] as const)('the worst of $ends is $worst', ({ ends, worst }) => {
  expect(worstEnd(ends)).toBe(worst);
});
