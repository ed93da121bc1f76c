import { describe, expect, test } from '@jest/globals';
import type { RequestPriority } from '../../../src/ports/rate-gate.ts';
import { aFlowId } from '../../support/builders.ts';
import { blocksWith, EngineRig, waiting } from '../../support/engine-rig.ts';
import { MortalPorts } from '../../support/mortal-ports.ts';

/** Whose turn the requests of a run were, by method and flow. */
function turnsOf(rig: EngineRig): Readonly<Record<string, readonly RequestPriority[]>> {
  const turns: Record<string, RequestPriority[]> = {};
  for (const [i, { method, flowId }] of rig.backend.calls.entries()) {
    const key = [method, flowId?.slice(-1)].filter((part) => part !== undefined).join(' ');
    (turns[key] ??= []).push(rig.backend.priorities[i] ?? 'routine');
  }
  return turns;
}

function forget(rig: EngineRig): void {
  rig.backend.calls.splice(0);
  rig.backend.priorities.splice(0);
}

describe('the budget of the OAuth client', () => {
  test('is asked first for what people caused: changes and reverts before drift and reading', async () => {
    const rig = new EngineRig({ flows: 3 });
    rig.wants(300, 1, 2, 3);
    await rig.run();
    rig.wants(310, 1);
    await rig.later().run();
    rig.wants(300, 1);
    rig.wants(320, 2);
    rig.backend.edit(aFlowId(3), blocksWith(77));
    forget(rig);
    const report = await rig.later().run();
    expect(report.plan?.changes.map(({ kind }) => kind)).toEqual(['revert', 'desired', 'drift']);

    const turns = turnsOf(rig);
    expect(new Set(turns['pages'])).toEqual(new Set(['routine']));
    for (const flow of ['1', '2'])
      for (const method of ['read', 'write'])
        expect(new Set(turns[`${method} ${flow}`])).toEqual(new Set(['people']));
    for (const method of ['read', 'write'])
      expect(new Set(turns[`${method} 3`])).toEqual(new Set(['routine']));
    // one reload is for many
    expect(new Set(turns['reload'])).toEqual(new Set(['people']));
  });

  test.each([
    ['people, where a person changed something', true, 'people'],
    ['routine, where all is drift', false, 'routine'],
  ] as const)('look-ups are for %s', async (_name, isChanged, turn) => {
    const rig = new EngineRig({ flows: 2, names: { queue: ['Support'] } });
    const requires = { requires: { queues: ['Support'] } };
    rig.commit({ 1: waiting(300, requires), 2: waiting(300, requires) });
    await rig.run();
    rig.backend.edit(aFlowId(1), blocksWith(77));
    if (isChanged) rig.commit({ 2: waiting(310, requires) });
    forget(rig);
    await rig.later().run();
    expect(turnsOf(rig)).toMatchObject({ accessTo: [turn], missingOf: [turn] });
  });

  test('is asked in the same turn by the process that finishes what a dead one began', async () => {
    const prepare = (): EngineRig => {
      const rig = new EngineRig();
      rig.wants(300);
      return rig;
    };
    const counting = new MortalPorts({ at: 0, time: 'before' });
    const rehearsal = prepare();
    await rehearsal.run({ ports: counting.of(rehearsal.ports) });
    const at = counting.calls.findIndex(({ name }) => name === 'backend.write') + 1;
    const rig = prepare();
    await rig.run({ ports: new MortalPorts({ at, time: 'after' }).of(rig.ports) });
    forget(rig);
    await rig.restarted().run();
    expect(new Set(turnsOf(rig)['read 1'])).toEqual(new Set(['people']));
  });
});

describe('waiting for the rate gate', () => {
  /** A run of 10 s, so long of which somebody waits for the gate. */
  async function runThatWaits(waitedMs: number): Promise<EngineRig & { readonly told: number }> {
    const rig = new EngineRig();
    rig.wants(300);
    rig.rateGate.waitedMs = 5_000;
    rig.backend.onNext('write', () => {
      rig.rateGate.waitedMs += waitedMs;
      return rig.clock.sleep(10_000, new AbortController().signal);
    });
    const report = await rig.run();
    return Object.assign(rig, { told: report.rateWaitMs });
  }

  test.each([
    { waitedMs: 5_000, isTold: true },
    { waitedMs: 4_999, isTold: false },
    { waitedMs: 0, isTold: false },
  ])('$waitedMs ms of ten seconds: reported; told as the bottleneck: $isTold', async (row) => {
    const rig = await runThatWaits(row.waitedMs);
    expect(rig.told).toBe(row.waitedMs);
    const told = rig.log.lines.filter(({ message }) => message.includes('bottleneck'));
    expect(told).toHaveLength(row.isTold ? 1 : 0);
    if (row.isTold)
      expect(told[0]).toMatchObject({
        level: 'warn',
        fields: { rateWaitMs: 5_000, durationMs: 10_000 },
      });
  });
});
