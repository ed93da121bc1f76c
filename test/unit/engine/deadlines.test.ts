import { describe, expect, test } from '@jest/globals';
import type { Deadlines } from '../../../src/domain/deadlines.ts';
import { exitCodeOf } from '../../../src/engine/run-report.ts';
import type { OrgRunReport } from '../../../src/engine/run-report.ts';
import { EngineRig, settingsWith, waiting } from '../../support/engine-rig.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import { someDeadlines } from '../../support/some-limits.ts';

const LIMIT_MS = 7_000;
const FAR = Object.fromEntries(
  Object.keys(someDeadlines()).map((key) => [key, 1e9]),
) as unknown as Deadlines;

interface World {
  readonly rig: EngineRig;
  readonly clock: FakeClock;
}

/** A rig whose time passes only when told, of which git wants a change to each of two flows. */
function aWorld(): World {
  const { source, statusBranch } = new EngineRig();
  const clock = new FakeClock();
  const shared = { source, statusBranch, clock };
  const rig = new EngineRig({ flows: 2, names: { queue: ['Support'] }, shared });
  const requires = { queues: ['Support'] };
  rig.commit({ 1: waiting(300, { requires }), 2: waiting(300) });
  return { rig, clock };
}

/** The next call of this method gets no answer until its signal, its last argument, aborts. */
function hangNext<K extends string>(
  port: Record<K, (...args: never[]) => unknown>,
  method: K,
): void {
  const real = port[method];
  port[method] = (...args: unknown[]) => {
    port[method] = real;
    const signal = args.at(-1) as AbortSignal;
    return new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        reject(signal.reason as Error);
      });
    });
  };
}

/** Runs while time passes: until the limit is over, and not a millisecond longer. */
async function runUntilOver({ rig, clock }: World, limit: keyof Deadlines): Promise<OrgRunReport> {
  const running = rig.run({ deadlines: { ...FAR, [limit]: LIMIT_MS } });
  let isOver = false;
  void running.finally(() => (isOver = true));
  await clock.advance(LIMIT_MS - 1);
  expect(isOver).toBe(false);
  await clock.advance(1);
  await clock.advance(0);
  expect(isOver).toBe(true);
  expect(clock.sleepers).toBe(0);
  return running;
}

/** Whatever ran out: the next runs bring all into order, and nothing was written twice. */
async function expectConverged({ rig, clock }: World): Promise<void> {
  for (let run = 0; run < 2; run += 1) {
    clock.jump(20 * 60_000);
    const running = rig.restarted().run({ deadlines: FAR });
    for (let turn = 0; turn < 3; turn += 1) await clock.advance(10_000);
    expect((await running).error).toBeUndefined();
  }
  for (const n of [1, 2])
    expect(rig.live(n)).toMatchObject({ version: 8, settings: settingsWith(300) });
  expect(rig.audits().map(({ status }) => status)).toEqual(['applied', 'applied']);
  expect(await rig.openAttempts()).toEqual([]);
}

describe('what hangs for ever ends with the time of its phase', () => {
  test('reading the files: the run fails, and the org is not asked for anything', async () => {
    const world = aWorld();
    hangNext(world.rig.source, 'files');
    const report = await runUntilOver(world, 'loadMs');
    expect(report.error).toMatchObject({ code: 'deadline.load', exit: 1 });
    expect(exitCodeOf(report)).toBe(1);
    expect(world.rig.backend.calls).toEqual([]);
    await expectConverged(world);
  });

  test('reading the live flows: nothing is planned, and the org is told as unreadable', async () => {
    const world = aWorld();
    const { rig } = world;
    rig.backend.hangNext('pages', 'after');
    const report = await runUntilOver(world, 'liveMs');
    expect(report).toMatchObject({ error: { code: 'deadline.live' }, outcomes: [] });
    expect(report.plan).toBeUndefined();
    expect(exitCodeOf(report)).toBe(1);
    expect(await rig.state.flows.loadOrg(rig.org)).toMatchObject({
      state: 'Unreadable',
      code: 'deadline.live',
    });
    expect(rig.writes()).toEqual([]);
    await expectConverged(world);
  });

  test.each(['accessTo', 'missingOf'] as const)(
    'looking up dependencies (%s): the flows that need them wait, the others are done',
    async (method) => {
      const world = aWorld();
      world.rig.backend.hangNext(method);
      const report = await runUntilOver(world, 'lookUpMs');
      expect(report.error).toBeUndefined();
      expect(report.outcomes).toMatchObject([
        { status: 'applied' },
        { status: 'deferred', reason: expect.stringContaining('deadline.look-up') as unknown },
      ]);
      expect(exitCodeOf(report)).toBe(2);
      await expectConverged(world);
    },
  );

  test('a read of one flow: that one fails as it was, the others are done', async () => {
    const world = aWorld();
    world.rig.backend.hangNext('read');
    const report = await runUntilOver(world, 'flowMs');
    expect(report.error).toBeUndefined();
    expect(report.outcomes.map(({ status }) => status)).toEqual(['applied', 'failed']);
    expect(report.outcomes[1]).toMatchObject({ code: 'deadline.flow' });
    expect(exitCodeOf(report)).toBe(1);
    expect(await world.rig.status(2)).toMatchObject({
      state: 'Failed',
      conditions: [{ reason: 'deadline.flow' }],
    });
    expect(report.publishing).toMatchObject({ kind: 'pushed' });
    await expectConverged(world);
  });

  test.each(['before', 'after'] as const)(
    'a write (its answer is lost %s it lands): unresolved, told, and found out by the next run',
    async (at) => {
      const world = aWorld();
      world.rig.backend.hangNext('write', at);
      const report = await runUntilOver(world, 'flowMs');
      expect(report.outcomes.map(({ status }) => status)).toEqual(['applied', 'unresolved']);
      expect(report.outcomes[1]).toMatchObject({ code: 'deadline.flow' });
      expect(exitCodeOf(report)).toBe(1);
      expect(await world.rig.status(2)).toMatchObject({ state: 'Unresolved' });
      expect(await world.rig.openAttempts()).toHaveLength(1);
      await expectConverged(world);
    },
  );

  test('a reload: the flows go on to be verified, and the next run asks again', async () => {
    const world = aWorld();
    const { rig, clock } = world;
    for (let i = 0; i < 6; i += 1) rig.backend.hangNext('reload');
    const running = rig.run({ deadlines: { ...FAR, reloadMs: LIMIT_MS } });
    await clock.advance(10 * LIMIT_MS);
    const report = await running;
    expect(report.outcomes).toMatchObject([
      { status: 'applied', reloadPending: true, code: 'deadline.reload' },
      { status: 'applied', reloadPending: true, code: 'deadline.reload' },
    ]);
    await expectConverged(world);
  });

  test('a shared reload does not keep a flow beyond its own time', async () => {
    const world = aWorld();
    // the second of them asks for another when the first one takes too long
    for (let i = 0; i < 2; i += 1) world.rig.backend.hangNext('reload');
    const report = await runUntilOver(world, 'flowMs');
    expect(report.outcomes.map(({ status }) => status)).toEqual(['unresolved', 'unresolved']);
    await expectConverged(world);
  });

  test('recording: the records are kept, and go with the next run', async () => {
    const world = aWorld();
    hangNext(world.rig.statusBranch, 'commit');
    const report = await runUntilOver(world, 'recordMs');
    expect(report.outcomes.map(({ status }) => status)).toEqual(['applied', 'applied']);
    expect(report.publishing).toMatchObject({ kind: 'kept', error: { code: 'deadline.record' } });
    expect(exitCodeOf(report)).toBe(1);
    await expectConverged(world);
  });

  test('asking git for an author: the record is made without', async () => {
    const world = aWorld();
    hangNext(world.rig.source, 'lastChange');
    const report = await runUntilOver(world, 'lookUpMs');
    expect(report.outcomes.map(({ status }) => status)).toEqual(['applied', 'applied']);
    expect(world.rig.audits().map(({ author }) => author)).toContain(null);
    await expectConverged(world);
  });
});

test('a flow that takes longer than it may in a recovery stays open for the next run', async () => {
  const world = aWorld();
  world.rig.backend.hangNext('write', 'after');
  await runUntilOver(world, 'flowMs');
  world.rig.restarted();
  world.rig.backend.hangNext('read');
  const report = await runUntilOver(world, 'flowMs');
  expect(report.outcomes).toMatchObject([{ status: 'unresolved', code: 'deadline.flow' }]);
  await expectConverged(world);
});
