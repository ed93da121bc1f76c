import { expect, test } from '@jest/globals';
import { FlowkeeperError } from '../../../../src/domain/errors.ts';
import { aFlowId } from '../../../support/builders.ts';
import { waiting } from '../../../support/engine-rig.ts';
import { IS_WHOLE_PROOF } from '../../../support/proof-size.ts';
import { LoopRig } from '../../../support/loop-rig.ts';

const MINUTE = 60_000;
const ORGS = ['acme', 'bravo', 'coast'] as const;
const FLOWS = IS_WHOLE_PROOF ? 334 : 20;

/** Numbers that look like chance and are the same each time. */
function makeDice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor(state / 65_536) % sides;
  };
}

/** What each flow was last said to be, by org and number. */
type Wanted = ReadonlyMap<string, Map<number, number>>;

test(`a day of three orgs with ${String(ORGS.length * FLOWS)} flows: nothing is lost, and every trigger is answered`, async () => {
  const dice = makeDice(7);
  const policy = {
    interval: '5m',
    rate: { perFlow: '0s' },
    massChange: { maxFlows: 400, maxShare: 1 },
  };
  const rig = new LoopRig({ orgs: ORGS, flows: FLOWS, policy, chance: () => dice(1_000) / 1_000 });
  const wanted: Wanted = new Map(ORGS.map((org) => [org, new Map<number, number>()]));
  let isOrgAway = false;
  const { backend } = rig.org('bravo');
  rig.org('bravo').stub('pages', (signal) => {
    if (!isOrgAway) return backend.pages(signal);
    const facts = { method: 'GET', url: 'u', reason: 'r' };
    throw new FlowkeeperError('api.unreachable', 'nobody answers', facts);
  });

  let merges = 0;
  const merge = async (isHooked: boolean): Promise<void> => {
    merges += 1;
    const org = ORGS[dice(ORGS.length)]!;
    const changes = Array.from(
      { length: 1 + dice(5) },
      () => [1 + dice(FLOWS), 100 + dice(900)] as const,
    );
    for (const [n, seconds] of changes) wanted.get(org)!.set(n, seconds);
    rig.org(org).commit(Object.fromEntries(changes.map(([n, seconds]) => [n, waiting(seconds)])));
    // whatever is away, a trigger that was accepted is accepted
    if (isHooked) await rig.loop.accept('push', { by: 'github' });
  };
  const drift = (): void => {
    const org = ORGS[dice(ORGS.length)]!;
    rig.org(org).backend.edit(aFlowId(1 + dice(FLOWS)), {
      routing: { type: 'longestAvailable', maxWaitTime: 9 },
    });
  };
  const outage = (minute: number): void => {
    // git is away from 6:00 to 7:00, an org from 12:00 to 13:30
    if (minute >= 360 && minute < 420)
      for (let i = 0; i < 3; i += 1)
        rig.source.failNext(
          'pinHead',
          new FlowkeeperError('git.unreachable', 'away', { remote: 'r', reason: 'r' }),
        );
    isOrgAway = minute >= 720 && minute < 810;
  };

  await rig.start();
  for (let minute = 0; minute < 24 * 60; minute += 1) {
    outage(minute);
    if (dice(12) === 0) await merge(dice(3) > 0);
    if (dice(15) === 0) drift();
    if (minute === 1_000) {
      // a new process in the middle of the day
      await rig.stop();
      await rig.start();
    }
    await rig.pass(MINUTE);
  }
  await rig.pass(11 * MINUTE);

  for (const org of ORGS) {
    expect([org, await rig.triggers.pending(org)]).toEqual([org, []]);
    for (let n = 1; n <= FLOWS; n += 1) {
      const { maxWaitTime } = rig.org(org).live(n).settings['routing'] as { maxWaitTime: number };
      expect([org, n, maxWaitTime]).toEqual([org, n, wanted.get(org)!.get(n) ?? 600]);
    }
  }
  // every trigger was answered by a run that started after it
  const runs = new Map(rig.triggers.ended.map((run) => [run.runId + run.org, run]));
  for (const { org, at, answeredBy } of rig.triggers.accepted)
    expect(runs.get(`${answeredBy!}${org}`)!.startedAt).toBeGreaterThanOrEqual(at);
  // and none ran without need: an interval's worth, one for each merge, and some while things were away
  for (const org of ORGS) expect(rig.runs(org)).toBeLessThan(288 + merges + 80);
  expect(rig.looks).toBeLessThan(24 * 60 + merges + 80);
  await rig.stop();
}, 300_000);
