import { describe, expect, test } from '@jest/globals';
import type { LoopView } from '../../../src/engine/loop/run-loop.ts';
import { checkReadiness } from '../../../src/server/readiness.ts';
import { aRunEntry } from '../../support/run-entries.ts';

const NOW = 10_000_000;
const ALL = ['git', 'org', 'state', 'clock', 'notifications'];
const FAILED = aRunEntry({ error: { code: 'api.unreachable', message: 'nobody' }, exitCode: 1 });
const GIT_ERROR = { code: 'git.unreachable', message: 'away', advice: '', exit: 1 } as const;

function aView(
  head: Partial<LoopView['head']> = {},
  lasts: readonly (ReturnType<typeof aRunEntry> | undefined)[] = [aRunEntry()],
): LoopView {
  return {
    head: { pinned: { revision: 'c0ffee', treeId: 't' }, failures: 0, looks: 1, ...head },
    orgs: lasts.map((last, i) => ({
      org: `org-${String(i)}`,
      nextRunAt: 0,
      nextReason: 'interval' as const,
      failures: 0,
      waiting: false,
      ...(last && { last }),
    })),
  };
}

describe('checkReadiness', () => {
  test.each<{ name: string; view: LoopView; facts?: object; fails: string[] }>([
    { name: 'all is well', view: aView(), fails: [] },
    {
      name: 'git was not looked at yet',
      view: { ...aView(), head: { failures: 0, looks: 0 } },
      fails: ['git'],
    },
    { name: 'the last look at git failed', view: aView({ error: GIT_ERROR }), fails: ['git'] },
    {
      name: 'notifications were given up, which is only told',
      view: aView(),
      facts: { notices: [{ destination: 'ops', waiting: 0, dead: 3 }] },
      fails: [],
    },
    { name: 'no run has ended yet', view: aView({}, [undefined]), fails: ['org'] },
    { name: 'no org can be read', view: aView({}, [FAILED, FAILED]), fails: ['org'] },
    { name: 'one org of two can be read', view: aView({}, [FAILED, aRunEntry()]), fails: [] },
    { name: 'the state fails', view: aView(), facts: { state: 'disk full' }, fails: ['state'] },
    {
      name: 'the clock went back a minute',
      view: aView(),
      facts: { newest: aRunEntry({ startedAt: NOW + 60_000 }) },
      fails: [],
    },
    {
      name: 'the clock went back more',
      view: aView(),
      facts: { newest: aRunEntry({ startedAt: NOW + 60_001 }) },
      fails: ['clock'],
    },
  ])('$name: $fails', ({ view, facts, fails }) => {
    const checks = checkReadiness(view, { now: NOW, ...facts });
    expect(checks.map(({ name }) => name)).toEqual(ALL);
    expect(checks.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(fails);
  });

  test('what waits for destinations is told with its numbers', () => {
    const notices = [
      { destination: 'idle', waiting: 0, dead: 0 },
      { destination: 'ops', waiting: 2, dead: 1 },
    ];
    const detailOf = (facts: object): string | undefined =>
      checkReadiness(aView(), { now: NOW, ...facts }).at(-1)?.detail;
    expect(detailOf({ notices })).toBe('ops: 2 wait, 1 were given up');
    expect(detailOf({})).toBe('nothing waits');
  });
});
