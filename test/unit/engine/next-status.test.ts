import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { OrgStatus } from '../../../src/domain/org-status.ts';
import { nextOrgStatus } from '../../../src/engine/next-org-status.ts';
import type { OrgStatusFacts } from '../../../src/engine/next-org-status.ts';
import { nextStatus } from '../../../src/engine/next-status.ts';
import type { StatusFacts } from '../../../src/engine/next-status.ts';
import { aFlowId, anInvalidFlow, NOW } from '../../support/builders.ts';

const at = (ms: number): string => new Date(ms).toISOString();
const LATER = NOW + 3_600_000;

function someFacts(overrides: Partial<StatusFacts> = {}): StatusFacts {
  return {
    flowId: aFlowId(),
    name: 'IVR',
    org: 'acme-prod',
    file: 'f.yaml',
    state: 'InSync',
    desiredHash: 'hash-a',
    revision: 'rev-1',
    liveVersion: 7,
    conditions: [{ type: 'Ready', status: true, reason: 'InSync' }],
    differences: [],
    settled: true,
    ...overrides,
  };
}

const BLOCKED: Partial<StatusFacts> = {
  state: 'Blocked',
  settled: false,
  conditions: [{ type: 'Ready', status: false, reason: 'dependencies', message: 'missing queue' }],
};

describe('the next status of a flow', () => {
  const first = nextStatus(undefined, someFacts(), NOW);

  test('of a new one holds since now', () => {
    expect(first).toMatchObject({
      since: at(NOW),
      conditions: [{ since: at(NOW) }],
      desiredRevision: 'rev-1',
      lastAppliedRevision: 'rev-1',
      lastAppliedHash: 'hash-a',
    });
  });

  test.each<{ name: string; facts: Partial<StatusFacts>; expected: object }>([
    {
      name: 'a commit that does not touch these settings changes nothing',
      facts: { revision: 'rev-2' },
      expected: first,
    },
    {
      name: 'other settings are desired since the commit that brought them',
      facts: { revision: 'rev-2', desiredHash: 'hash-b', ...BLOCKED },
      expected: {
        desiredRevision: 'rev-2',
        desiredHash: 'hash-b',
        lastAppliedRevision: 'rev-1',
        lastAppliedHash: 'hash-a',
        state: 'Blocked',
        since: at(LATER),
      },
    },
    {
      name: 'another state begins now, and so does its condition',
      facts: BLOCKED,
      expected: { since: at(LATER), conditions: [{ status: false, since: at(LATER) }] },
    },
    {
      name: 'an attempt moves the last attempted revision, and a settled one the applied',
      facts: {
        revision: 'rev-2',
        attempt: {
          lastOutcome: { status: 'applied', runId: 'r', at: at(LATER), latencyMs: 1, steps: {} },
          snapshot: 's.json',
        },
      },
      expected: {
        lastAttemptedRevision: 'rev-2',
        lastAppliedRevision: 'rev-2',
        lastOutcome: { status: 'applied' },
        snapshot: 's.json',
      },
    },
    {
      name: 'what was not looked at stays',
      facts: { name: undefined, liveVersion: undefined },
      expected: { name: 'IVR', liveVersion: 7 },
    },
  ])('$name', ({ facts, expected }) => {
    expect(nextStatus(first, someFacts(facts), LATER)).toMatchObject(expected);
  });

  test('a condition of the same reason holds since it first did, in its newest words', () => {
    const blocked = nextStatus(first, someFacts(BLOCKED), NOW);
    const words = [{ ...BLOCKED.conditions![0]!, message: 'missing two queues' }];
    const next = nextStatus(blocked, someFacts({ ...BLOCKED, conditions: words }), LATER);
    expect(next.conditions).toEqual([{ ...words[0], since: at(NOW) }]);
    expect(next.since).toBe(at(NOW));
  });

  test('a condition that is no longer told is gone', () => {
    const pending = { type: 'ReloadPending', status: true, reason: 'ReloadFailed' } as const;
    const both = [...someFacts().conditions, pending];
    const before = nextStatus(first, someFacts({ conditions: both }), NOW);
    expect(nextStatus(before, someFacts(), LATER).conditions).toHaveLength(1);
  });

  test('the same facts again give the very same document, at whatever time', () => {
    const facts = fc.record({
      state: fc.constantFrom('InSync', 'Blocked', 'Failed', 'Drifted'),
      desiredHash: fc.constantFrom('hash-a', 'hash-b', undefined),
      revision: fc.constantFrom('rev-1', 'rev-2'),
      liveVersion: fc.constantFrom(7, 8, undefined),
      settled: fc.boolean(),
      conditions: fc.uniqueArray(
        fc.record({
          type: fc.constantFrom('Ready', 'Stalled', 'Suspended'),
          status: fc.boolean(),
          reason: fc.constantFrom('a', 'b'),
        }),
        { selector: ({ type }) => type },
      ),
    });
    fc.assert(
      fc.property(fc.array(facts, { minLength: 1, maxLength: 4 }), fc.nat(), (history, ms) => {
        let status = nextStatus(undefined, someFacts(history[0]), NOW);
        for (const one of history) status = nextStatus(status, someFacts(one), NOW);
        const last = someFacts(history.at(-1));
        expect(nextStatus(status, last, NOW + ms)).toEqual(status);
      }),
    );
  });
});

describe('the next status of an org', () => {
  const facts: OrgStatusFacts = {
    state: 'Ready',
    unmanaged: [{ flowId: aFlowId(9), name: 'Other' }],
    faults: anInvalidFlow().diagnostics,
  };
  const first = nextOrgStatus(undefined, 'acme-prod', facts, NOW);

  test.each<{ name: string; facts: OrgStatusFacts; expected: Partial<OrgStatus> }>([
    {
      name: 'what was not looked at stays',
      facts: { state: 'Unreadable', reason: 'r', code: 'api.timeout' },
      expected: { unmanaged: first.unmanaged, faults: first.faults, since: at(LATER) },
    },
    {
      name: 'what was looked at and is not there any more goes',
      facts: { state: 'Ready', unmanaged: [], faults: [] },
      expected: { unmanaged: [], faults: [], since: at(NOW) },
    },
  ])('$name', ({ facts: found, expected }) => {
    expect(nextOrgStatus(first, 'acme-prod', found, LATER)).toMatchObject(expected);
  });

  test('is the very same object when nothing changed', () => {
    expect(nextOrgStatus(first, 'acme-prod', facts, LATER)).toBe(first);
    const stored = JSON.parse(JSON.stringify(first)) as OrgStatus;
    expect(nextOrgStatus(stored, 'acme-prod', facts, LATER)).toBe(stored);
  });

  test('keeps the words of an error as long as it is the same, and a gate’s only while they are', () => {
    const down = nextOrgStatus(first, 'o', { state: 'Unreadable', reason: 'a', code: 'c' }, NOW);
    const again = { state: 'Unreadable', reason: 'b', code: 'c' } as const;
    expect(nextOrgStatus(down, 'o', again, LATER).reason).toBe('a');
    expect(nextOrgStatus(down, 'o', { ...again, code: 'd' }, LATER).reason).toBe('b');
    const held = nextOrgStatus(first, 'o', { state: 'Held', reason: '60 flows' }, NOW);
    expect(nextOrgStatus(held, 'o', { state: 'Held', reason: '61 flows' }, LATER).reason).toBe(
      '61 flows',
    );
  });
});
