import { describe, expect, test } from '@jest/globals';
import { aFlowId } from '../../support/builders.ts';
import { anApiError, blocksWith, EngineRig, settingsWith } from '../../support/engine-rig.ts';
import { MortalPorts } from '../../support/mortal-ports.ts';

const FLOW = aFlowId(1);
const TIMEOUT = anApiError('api.timeout', { phase: 'answer', afterMs: 30_000 });
const HAND = { id: 'u-9', name: 'Hand Writer' };

/** Wants `maxWaitTime: 300`; the write lands and gets no answer, and somebody writes 77 over it before it is looked for. */
function aRigThatWasOvertaken(): EngineRig {
  const rig = new EngineRig();
  rig.wants(300);
  rig.backend.onNext(
    'write',
    () => {
      rig.backend.edit(FLOW, blocksWith(77), HAND);
      throw TIMEOUT;
    },
    'after',
  );
  return rig;
}

describe('a write that took away a field, and of which it is not known whether it landed', () => {
  function aRigThatTakesAway(): EngineRig {
    const rig = new EngineRig();
    rig.commit({ 1: { settings: { routing: { maxWaitTime: null } } } });
    return rig;
  }

  test('is not taken for landed in a flow that has the field: what others wrote is not put back', async () => {
    const rig = aRigThatTakesAway();
    const mortal = new MortalPorts({ at: 1, of: 'backend.write', time: 'before' });
    await rig.run({ ports: mortal.of(rig.ports) });
    rig.backend.edit(FLOW, blocksWith(77), HAND);

    const report = await rig.restarted().run();

    expect(report.outcomes.map(({ status }) => status)).toEqual(['conflict', 'applied']);
    expect(rig.audits()).toMatchObject([
      { status: 'conflict', details: { conflictWith: 'Hand Writer' } },
      { status: 'applied', details: { fields: [{ live: 77 }] } },
    ]);
  });

  test('is not taken for landed when it is read back', async () => {
    const rig = aRigThatTakesAway();
    rig.backend.onNext('write', () => {
      rig.backend.edit(FLOW, blocksWith(77), HAND);
      throw TIMEOUT;
    });

    const report = await rig.run();

    expect(report.outcomes).toMatchObject([{ status: 'applied', version: 9 }]);
    expect(rig.audits()).toMatchObject([{ details: { conflicts: 1, fields: [{ live: 77 }] } }]);
    expect(rig.live().settings['routing']).not.toHaveProperty('maxWaitTime');
  });
});

describe('a write that landed unseen and was overwritten', () => {
  test.each([
    { name: 'throttled', error: anApiError('api.rate-limited'), times: 4, status: 'deferred' },
    { name: 'refused', error: anApiError('api.refused'), times: 1, status: 'failed' },
  ])('is on record although the next one is $name', async ({ error, times, status }) => {
    const rig = aRigThatWasOvertaken();
    // the first is the one that was overtaken
    rig.backend.onNext('write', () => undefined);
    for (let i = 0; i < times; i += 1) rig.backend.failNext('write', error);

    const report = await rig.run();

    expect(report.outcomes).toMatchObject([{ status }]);
    expect(rig.audits()).toMatchObject([
      { event: 'flow.update-failed', status, details: { conflictWith: 'Hand Writer' } },
    ]);
    expect(await rig.openAttempts()).toEqual([]);
  });

  test('is on record although the process died before it wrote again', async () => {
    const rig = aRigThatWasOvertaken();
    const mortal = new MortalPorts({ at: 2, of: 'backend.write', time: 'before' });
    await rig.run({ ports: mortal.of(rig.ports) });
    expect(mortal.isDead).toBe(true);

    await rig
      .restarted()
      .later(20 * 60_000)
      .run();

    expect(rig.audits()).toMatchObject([{ status: 'conflict' }, { status: 'applied' }]);
    expect(rig.live().settings).toEqual(settingsWith(300));
  });

  test('is on record although what others made of it is what was there before', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    const mortal = new MortalPorts({ at: 1, of: 'backend.write', time: 'after' });
    await rig.run({ ports: mortal.of(rig.ports) });
    rig.backend.edit(FLOW, blocksWith(600), HAND);

    await rig.restarted().run();

    expect(rig.audits()).toMatchObject([{ status: 'conflict' }, { status: 'applied' }]);
  });
});
