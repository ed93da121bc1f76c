import { describe, expect, test } from '@jest/globals';
import { ERROR_CATALOG } from '../../../src/domain/error-catalog.ts';
import { FlowkeeperError } from '../../../src/domain/errors.ts';
import { withinTime } from '../../../src/engine/time-limits.ts';
import type { Phase } from '../../../src/engine/time-limits.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import { failure } from '../../support/roll-back.ts';
import { someDeadlines, someLimits } from '../../support/some-limits.ts';

const NEVER = new AbortController().signal;

/** Ends only when it is told to. */
const until = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });
/** Does not end when it is told to. */
const deaf = (): Promise<never> => new Promise(() => undefined);

describe('a phase that takes longer than it may', () => {
  const PHASES: readonly (readonly [Phase, keyof ReturnType<typeof someDeadlines>])[] = [
    ['load', 'loadMs'],
    ['live', 'liveMs'],
    ['plan', 'planMs'],
    ['look-up', 'lookUpMs'],
    ['reload', 'reloadMs'],
    ['flow', 'flowMs'],
    ['record', 'recordMs'],
  ];

  test.each(PHASES)(
    '%s ends with its own code, after its own time, and says both',
    async (phase, key) => {
      const clock = new FakeClock();
      const limits = someLimits(clock, { [key]: 90_000 });
      const ended = failure(limits.phase(phase, NEVER, until));
      await clock.advance(89_999);
      expect(clock.sleepers).toBe(1);
      await clock.advance(1);
      const error = await ended;
      expect(error).toMatchObject({
        code: `deadline.${phase}`,
        details: { org: 'acme-prod', afterMs: 90_000 },
      });
      expect((error as Error).message).toContain('took longer than 90s (acme-prod)');
      expect(clock.sleepers).toBe(0);
    },
  );

  test.each(['source', 'command'] as const)('%s, which belongs to no org', async (what) => {
    const clock = new FakeClock();
    const deadlines = someDeadlines({ [`${what}Ms`]: 1000 });
    const ended = failure(withinTime(clock, { what, deadlines }, NEVER, until));
    await clock.advance(1000);
    expect(await ended).toMatchObject({ code: `deadline.${what}`, details: { afterMs: 1000 } });
  });

  test('is left behind after some seconds when it does not let go', async () => {
    const clock = new FakeClock();
    const ended = failure(someLimits(clock, { liveMs: 1000 }).phase('live', NEVER, deaf));
    await clock.advance(5_999);
    expect(clock.sleepers).toBe(1);
    await clock.advance(1);
    expect(await ended).toMatchObject({ code: 'deadline.live' });
    expect(clock.sleepers).toBe(0);
  });

  test('computed without a pause, tells so at its end', async () => {
    const clock = new FakeClock({ autoAdvance: true });
    const busy = async (): Promise<string> => {
      // as a computation does, this leaves no alarm a chance to ring
      clock.alarm = () => () => undefined;
      await clock.sleep(1001, NEVER);
      return 'late';
    };
    const limits = someLimits(clock, { planMs: 1000, recordMs: 1000 });
    expect(await failure(limits.phase('plan', NEVER, busy))).toMatchObject({
      code: 'deadline.plan',
    });
    // what was recorded was recorded, however late
    expect(await limits.phase('record', NEVER, busy)).toBe('late');
  });
});

describe('a phase that is cancelled', () => {
  const reason = new FlowkeeperError('run.cancelled', 'cancelled', { org: '' });

  test('ends for that reason, at once', async () => {
    const clock = new FakeClock();
    const cancel = new AbortController();
    const ended = failure(someLimits(clock).phase('live', cancel.signal, until));
    cancel.abort(reason);
    expect(await ended).toBe(reason);
    expect(clock.sleepers).toBe(0);
  });

  test('and does not let go is left behind as well', async () => {
    const clock = new FakeClock();
    const cancel = new AbortController();
    const ended = failure(someLimits(clock).phase('record', cancel.signal, deaf));
    cancel.abort(reason);
    await clock.advance(5_000);
    expect(await ended).toBe(reason);
    expect(clock.sleepers).toBe(0);
  });
});

describe('a run that takes longer than it may', () => {
  test('names what was under way', async () => {
    const clock = new FakeClock();
    const limits = someLimits(clock, { runMs: 60_000 });
    const ended = failure(
      limits.run(NEVER, async (alive) => {
        await limits.phase('load', alive, () => Promise.resolve());
        await Promise.all([
          limits.phase('flow', alive, until),
          limits.phase('flow', alive, () => limits.phase('reload', alive, until)),
        ]);
      }),
    );
    await clock.advance(60_000);
    expect(await ended).toMatchObject({
      code: 'run.deadline',
      message: 'the run of acme-prod took longer than 1m; under way: updating a flow, a reload',
      details: { afterMs: 60_000, during: ['updating a flow', 'a reload'] },
    });
  });

  test('is not prolonged by its phases', async () => {
    const clock = new FakeClock();
    const limits = someLimits(clock, { runMs: 1000, liveMs: 900 });
    const twice = async (alive: AbortSignal): Promise<void> => {
      await limits.phase('live', alive, (inPhase) => clock.sleep(800, inPhase));
      await limits.phase('live', alive, (inPhase) => clock.sleep(800, inPhase));
    };
    const ended = failure(limits.run(NEVER, twice));
    await clock.advance(1000);
    expect(await ended).toMatchObject({ code: 'run.deadline' });
  });
});

test('work that ends in time is what it is, and leaves no alarm behind', async () => {
  const clock = new FakeClock();
  const limits = someLimits(clock);
  expect(await limits.run(NEVER, (alive) => limits.phase('live', alive, async () => 7))).toBe(7);
  expect(
    await failure(limits.phase('live', NEVER, () => Promise.reject(new Error('own')))),
  ).toEqual(new Error('own'));
  expect(clock.sleepers).toBe(0);
});

test('every time limit names in its next step what can be raised', () => {
  const codes = Object.entries(ERROR_CATALOG).filter(([code]) =>
    /^deadline\.|^run\.deadline$/.test(code),
  );
  expect(codes).toHaveLength(10);
  for (const [, { advice }] of codes) expect(advice).toMatch(/raise `deadlines\.\w+`/);
});
