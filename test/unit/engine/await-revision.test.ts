import { beforeEach, describe, expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import { FlowkeeperError } from '../../../src/domain/errors.ts';
import { statusPathOf } from '../../../src/domain/flow-status.ts';
import { awaitRevision } from '../../../src/engine/await-revision.ts';
import type { RevisionOutcome } from '../../../src/engine/await-revision.ts';
import { makeDesiredLoader } from '../../../src/engine/load-desired.ts';
import { aFlowId, aFlowStatus } from '../../support/builders.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import { FakeDesiredSource } from '../../support/fakes/fake-desired-source.ts';
import { FakeStatusBranch } from '../../support/fakes/fake-status-branch.ts';

const { signal } = new AbortController();
const FILE = 'desired-state/acme/flows/a.yaml';
const AWAY = new FlowkeeperError('git.unreachable', 'away', { remote: 'r', reason: 'away' });

let source: FakeDesiredSource;
let statusBranch: FakeStatusBranch;
let clock: FakeClock;

beforeEach(() => {
  source = new FakeDesiredSource();
  statusBranch = new FakeStatusBranch();
  clock = new FakeClock({ autoAdvance: true });
  source.commit({ [FILE]: fileOf(300) });
});

function fileOf(wait: number): string {
  return stringify({ flowId: aFlowId(), settings: { routing: { maxWaitTime: wait } } });
}

const state = { parseCache: { get: () => Promise.resolve(new Map()), put: async () => undefined } };

async function wait(
  revision: string,
  timeoutMs: number,
  tell: (view: RevisionOutcome) => void = () => undefined,
): Promise<RevisionOutcome> {
  const pinned = await source.pin(revision, signal);
  const base = await source.firstParent(pinned, signal);
  const loader = makeDesiredLoader({ source, state }, 'desired-state');
  const asked = { pinned, base, orgs: ['acme'], timeoutMs };
  return awaitRevision(
    { clock, source, statusBranch, loader },
    {
      ...asked,
      tell: async (view) => {
        tell(view);
      },
    },
    signal,
  );
}

/** A run tells of the flow as the commit has it. */
async function recorded(revision: string): Promise<void> {
  const loader = makeDesiredLoader({ source, state }, 'desired-state');
  const tree = await loader.tree(await source.pin(revision, signal), signal);
  const [flow] = tree.org('acme').flows;
  const status = aFlowStatus({ flowId: aFlowId(), state: 'InSync', desiredHash: flow!.hash });
  statusBranch.commitByHand({ [statusPathOf('acme', aFlowId())]: stringify(status) });
}

describe('awaitRevision', () => {
  test('looks until time is over, and no longer', async () => {
    const revision = source.commit({ [FILE]: fileOf(200) });
    expect(await wait(revision, 60_000)).toMatchObject({ end: 'waiting', isMerged: true });
    expect(clock.monotonicMs()).toBe(60_000);
  });

  test('ends as soon as the status branch tells', async () => {
    const revision = source.commit({ [FILE]: fileOf(200) });
    await recorded(revision);
    expect(await wait(revision, 60_000)).toMatchObject({ end: 'applied' });
    expect(clock.monotonicMs()).toBe(0);
  });

  test('a remote that is away for a while is waited for', async () => {
    const revision = source.commit({ [FILE]: fileOf(200) });
    await recorded(revision);
    source.failNext('pinHead', AWAY).failNext('pinHead', AWAY);
    expect(await wait(revision, 60_000)).toMatchObject({ end: 'applied' });
    expect(clock.monotonicMs()).toBe(4_000);
  });

  test('one that is still away when time is over is an error, and so is any other failure at once', async () => {
    const revision = source.commit({ [FILE]: fileOf(200) });
    source.failNext('pinHead', AWAY).failNext('pinHead', AWAY);
    await expect(wait(revision, 1_000)).rejects.toBe(AWAY);
    const refused = new FlowkeeperError('git.auth-failed', 'no', { remote: 'r' });
    source.failNext('pinHead', refused);
    await expect(wait(revision, 60_000)).rejects.toBe(refused);
  });

  test('what a look finds is told once, until it is something else', async () => {
    const revision = source.commit({ [FILE]: fileOf(200) });
    const told: string[] = [];
    await wait(revision, 20_000, ({ end }) => told.push(end));
    expect(told).toEqual(['waiting']);
  });
});
