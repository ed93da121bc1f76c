import { afterEach, describe, expect, test } from '@jest/globals';
import { exitCodeOf } from '../../src/engine/run-report.ts';
import { IntegrationRig } from '../support/integration-rig.ts';
import type { RigOptions } from '../support/integration-rig.ts';

/** So much faster than the machine's passes the controller's time. */
const SPEED = 20;
describe('a service that says "not now"', () => {
  let rig: IntegrationRig;

  afterEach(() => rig.close());

  async function start(options: RigOptions = {}): Promise<void> {
    rig = await IntegrationRig.start({ speed: SPEED, ...options });
    for (const { id } of rig.flows())
      rig.org().edit(id, { routing: { maxWaitTime: 9 } }, { by: 'Sam Supervisor' });
  }

  test.each<{
    readonly name: string;
    /** What the answer says, told at `now`. */
    readonly retryAfter: (now: number) => number | string | undefined;
    /** From the answer on; undefined: until the date that it names. */
    readonly waitMs?: number;
  }>([
    { name: 'in seconds', retryAfter: () => 10, waitMs: 10_000 },
    { name: 'as an HTTP date', retryAfter: (now) => new Date(now + 20_000).toUTCString() },
    { name: 'without a time', retryAfter: () => undefined, waitMs: 5_000 },
    { name: 'in words', retryAfter: () => 'in a while', waitMs: 5_000 },
    { name: 'with a date that is over', retryAfter: (now) => new Date(now - 9_000).toUTCString() },
  ])('$name is left in peace until then, by all who use the client', async (row) => {
    await start();
    let isLaid = false;
    let date = 0;
    // as late as possible, since a date is told now and time flies
    const flowEnded = (): void => undefined;
    const progress = ({ phase }: { readonly phase: string }): void => {
      if (isLaid || phase !== 'live') return;
      isLaid = true;
      const retryAfter = row.retryAfter(rig.clock.now());
      date = Date.parse(String(retryAfter));
      const asked = retryAfter === undefined ? {} : { retryAfter };
      rig.simulator.faults.add({ kind: 'status', status: 429, method: 'PATCH', nth: 1, ...asked });
    };
    await rig.app({ observer: { flowEnded, progress } });
    expect(exitCodeOf(await rig.reconcile())).toBe(0);

    const requests = rig.simulator.requests.list();
    const { endedAt = 0 } = requests.find(({ status }) => status === 429)!;
    const until = row.waitMs === undefined ? date : endedAt + row.waitMs;
    const early = requests.filter(({ startedAt }) => startedAt > endedAt && startedAt < until);
    // each of the other flows may have had one on its way, which could not know of the answer: at this speed
    // what takes some milliseconds is slow, and lets the next one begin
    expect(early.length).toBeLessThan(rig.flows().length);
    expect(rig.patches().filter(({ status }) => status === 200)).toHaveLength(rig.flows().length);
    expect(rig.org().pendingReload()).toEqual([]);
  });

  test('a real limit is kept to: everything is done, with few refusals', async () => {
    await start({ speed: 60, simulator: { rateLimit: { requestsPerMinute: 12 } } });
    expect(exitCodeOf(await rig.reconcile())).toBe(0);
    expect(rig.patches().filter(({ status }) => status === 200)).toHaveLength(rig.flows().length);
    const refused = rig.simulator.requests.list().filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    // those that were on their way at once, each time the window was used up
    expect(refused.length).toBeLessThan(20);
    expect(rig.org().pendingReload()).toEqual([]);
  });
});
