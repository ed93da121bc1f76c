import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isError } from '../../../src/domain/errors.ts';
import { FLOW_MACHINE, isEnd, runFlow } from '../../../src/engine/flow-machine.ts';
import type { Steps, Transition } from '../../../src/engine/flow-machine.ts';

type Row = Readonly<Record<string, string>>;
const MACHINE: Readonly<Record<string, Row>> = FLOW_MACHINE;
const STEPS = Object.keys(MACHINE);
const CELLS = Object.entries(MACHINE).flatMap(([from, row]) =>
  Object.entries(row).map(([event, to]) => ({ from, event, to })),
);

/** Every path from a step to an end that passes no cell twice, as the steps it goes through. */
function pathsFrom(start: string): readonly (readonly Transition[])[] {
  const paths: Transition[][] = [];
  const walk = (from: string, path: readonly Transition[]): void => {
    for (const cell of CELLS.filter((one) => one.from === from)) {
      if (path.some((done) => done.from === cell.from && done.event === cell.event)) continue;
      const longer = [...path, cell as Transition];
      if (isEnd(cell.to)) paths.push(longer);
      else walk(cell.to, longer);
    }
  };
  walk(start, []);
  return paths;
}

const FROM_GATE = pathsFrom('gate');
const FROM_RECOVER = pathsFrom('recover');
const stepsOf = (path: readonly Transition[]): string[] => path.map(({ from }) => from);
/** Every cell that one comes through from the start on, whatever cells one came through before. */
function cellsAfter(starts: readonly string[], stop: (step: string) => boolean): Transition[] {
  const seen = new Set<string>();
  const cells: Transition[] = [];
  const walk = (step: string): void => {
    if (seen.has(step) || stop(step)) return;
    seen.add(step);
    for (const cell of CELLS.filter(({ from }) => from === step)) {
      cells.push(cell as Transition);
      if (!isEnd(cell.to)) walk(cell.to);
    }
  };
  starts.forEach(walk);
  return cells;
}

const wordsOf = ({ from, event, to }: Readonly<Record<'from' | 'event' | 'to', string>>): string =>
  `${from}: ${event} -> ${to}`;
/** The ends that one can come to, each with the step and the report that lead there. */
const endsAmong = (cells: readonly Transition[]): string[] =>
  cells
    .filter(({ to }) => isEnd(to))
    .map(wordsOf)
    .sort();

/** Steps that may only come after a write of ours. */
const AFTER_WRITE = ['read-back', 'reload', 'verify', 'rollback', 'reload-restored'];

describe('the machine of one flow', () => {
  test.each(CELLS)('$from: $event leads to a step or an end ($to)', ({ to }) => {
    expect(isEnd(to) || STEPS.includes(to)).toBe(true);
  });

  test('each step can be reached, from the gate or in a recovery', () => {
    const reached = new Set([...FROM_GATE, ...FROM_RECOVER].flatMap(stepsOf));
    expect([...reached].sort()).toEqual([...STEPS].sort());
  });

  test('from each step there is a way to an end', () => {
    for (const step of STEPS) expect(pathsFrom(step).length).toBeGreaterThan(0);
  });

  test('each cell can be come through, and so each end come to', () => {
    const reached = cellsAfter(['gate', 'recover'], () => false).map(wordsOf);
    expect(reached.sort()).toEqual(CELLS.map(wordsOf).sort());
  });

  test('nothing leads back to the gate, to the intent, or to a recovery', () => {
    const back = CELLS.filter(({ to }) => ['gate', 'intent', 'recover'].includes(to));
    expect(back).toEqual([{ from: 'gate', event: 'allow', to: 'intent' }]);
  });

  test('every way round goes through replan, which counts', () => {
    for (const step of STEPS.filter((one) => one !== 'replan')) {
      const next = Object.values(MACHINE[step] ?? {}).filter((to) => !isEnd(to));
      const further = cellsAfter(next, (one) => one === 'replan').map(({ to }) => to);
      expect({ step, isLeft: [...next, ...further].includes(step) }).toEqual({
        step,
        isLeft: false,
      });
    }
  });

  test('what is not known is told as unresolved, and nothing else is', () => {
    const unsure = CELLS.filter(({ event }) => ['in-doubt', 'unreadable'].includes(event));
    expect(unsure.every(({ to }) => to === 'end:unresolved')).toBe(true);
    expect(CELLS.filter(({ to }) => to === 'end:unresolved')).toEqual(unsure);
  });

  test('no write without the intent and a snapshot right before it', () => {
    for (const path of FROM_GATE) {
      const steps = stepsOf(path);
      steps.forEach((step, i) => {
        if (step !== 'patch') return;
        expect(steps.slice(0, i)).toContain('intent');
        expect(path[i - 1]).toMatchObject({ from: 'snapshot', event: 'saved' });
      });
    }
  });

  test('every accepted or landed write is followed by a reload, and only then verified', () => {
    for (const path of [...FROM_GATE, ...FROM_RECOVER]) {
      path.forEach(({ event, to }) => {
        if (event === 'accepted' || event === 'landed') expect(to).toBe('reload');
      });
      const steps = stepsOf(path);
      if (steps.includes('verify')) expect(steps[steps.indexOf('verify') - 1]).toBe('reload');
    }
  });

  test('from a write to an end without a verification there are these ways and no others', () => {
    // nothing was written
    const refused = ['patch: refused -> end:failed', 'patch: throttled -> end:deferred'];
    // the next look at the flow, after the write was met by another's, or got no answer
    const looked = [
      'replan: exhausted -> end:conflict',
      'snapshot: failed -> end:failed',
      'snapshot: settled -> end:in-sync',
      'snapshot: throttled -> end:deferred',
      'snapshot: unpushed -> end:blocked',
    ];
    // the attempt stays open: a later run finds out
    const open = [
      'patch: in-doubt -> end:unresolved',
      'read-back: unreadable -> end:unresolved',
      'replan: in-doubt -> end:unresolved',
      'rollback: unreadable -> end:unresolved',
      'snapshot: in-doubt -> end:unresolved',
    ];
    // the reload was refused, and the policy asks for a rollback then
    const taken = [
      'reload-restored: done -> end:rolled-back',
      'reload-restored: pending -> end:rolled-back',
      'rollback: failed -> end:stuck',
      'rollback: foreign -> end:stuck',
    ];
    const ways = endsAmong(cellsAfter(['patch'], (step) => step === 'verify'));
    expect(ways).toEqual([...refused, ...looked, ...open, ...taken].sort());
  });

  test('a write that is known to be there ends verified, taken back, in other hands, or open', () => {
    const ends = cellsAfter(['reload'], () => false).flatMap(({ to }) => (isEnd(to) ? [to] : []));
    expect([...new Set(ends)].sort()).toEqual([
      'end:applied',
      'end:conflict',
      'end:rolled-back',
      'end:stuck',
      'end:unresolved',
    ]);
  });

  test('an answer that was lost is read back before anything else', () => {
    expect(CELLS.filter(({ event }) => event === 'unknown')).toEqual([
      { from: 'patch', event: 'unknown', to: 'read-back' },
    ]);
  });

  test('a rollback comes only after a write, and what it restored is reloaded', () => {
    for (const path of FROM_GATE) {
      const steps = stepsOf(path);
      const at = steps.findIndex((step) => AFTER_WRITE.includes(step));
      // `snapshot: landed` is a write of before, found late
      if (at >= 0) expect(steps.slice(0, at)).toContain('snapshot');
      const back = steps.indexOf('rollback');
      if (back < 0) continue;
      expect(steps.slice(0, back)).toContain('reload');
      if (path[back]?.event === 'restored') expect(steps[back + 1]).toBe('reload-restored');
    }
  });

  test('only a verified flow is applied', () => {
    const applied = CELLS.filter(({ to }) => to === 'end:applied');
    expect(applied).toEqual([{ from: 'verify', event: 'match', to: 'end:applied' }]);
  });

  test('a rollback ends as one: put back and in effect again, or left for a person', () => {
    expect(endsAmong(cellsAfter(['rollback'], () => false))).toEqual([
      'reload-restored: done -> end:rolled-back',
      'reload-restored: pending -> end:rolled-back',
      'rollback: failed -> end:stuck',
      'rollback: foreign -> end:stuck',
      'rollback: unreadable -> end:unresolved',
    ]);
  });

  test('a recovery never writes but to finish a rollback', () => {
    for (const path of FROM_RECOVER) expect(stepsOf(path)).not.toContain('patch');
  });
});

describe('runFlow', () => {
  const stepsThat = (report: (step: string) => string): Steps<undefined> =>
    Object.fromEntries(
      STEPS.map((step) => [step, () => Promise.resolve(report(step))]),
    ) as unknown as Steps<undefined>;

  test('awaits the record of each transition before the next step starts', async () => {
    const log: string[] = [];
    const first = stepsThat((step) => {
      log.push(step);
      return Object.keys(MACHINE[step] ?? {})[0] ?? '';
    });
    const end = await runFlow(first, undefined, 'gate', async ({ to }) => {
      await Promise.resolve();
      log.push(`> ${to}`);
    });
    expect(end).toBe('applied');
    expect(log).toEqual([
      'gate',
      '> intent',
      'intent',
      '> snapshot',
      'snapshot',
      '> patch',
      'patch',
      '> reload',
      'reload',
      '> verify',
      'verify',
      '> end:applied',
    ]);
  });

  test('a record that fails stops the flow where it is', async () => {
    let ran = 0;
    const steps = stepsThat(() => {
      ran += 1;
      return 'allow';
    });
    const record = () => Promise.reject(new Error('disk full'));
    await expect(runFlow(steps, undefined, 'gate', record)).rejects.toThrow('disk full');
    expect(ran).toBe(1);
  });

  test('an event that the row does not have is a bug, and is said to be one', async () => {
    const steps = stepsThat(() => 'constructor');
    const done = runFlow(steps, undefined, 'gate', () => Promise.resolve());
    const error: unknown = await done.catch((reason: unknown) => reason);
    expect(isError(error, 'bug.bad-transition') && error.details).toEqual({
      from: 'gate',
      event: 'constructor',
    });
  });

  test('whatever the steps report, only transitions of the table are recorded', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { minLength: 60, maxLength: 60 }), async (picks) => {
        const left = [...picks];
        const steps = stepsThat((step) => {
          const events = Object.keys(MACHINE[step] ?? {});
          return events[(left.pop() ?? 0) % events.length] ?? '';
        });
        const seen: Transition[] = [];
        const end = await runFlow(steps, undefined, 'gate', (transition) => {
          seen.push(transition);
          return Promise.resolve();
        });
        expect(seen.at(-1)?.to).toBe(`end:${end}`);
        for (const { from, event, to } of seen) expect(MACHINE[from]?.[event]).toBe(to);
      }),
      { numRuns: 100 },
    );
  });
});
