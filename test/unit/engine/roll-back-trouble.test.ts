import { describe, expect, test } from '@jest/globals';
import { isError } from '../../../src/domain/errors.ts';
import { aFlowId } from '../../support/builders.ts';
import { anApiError, settingsWith } from '../../support/engine-rig.ts';
import { MortalPorts } from '../../support/mortal-ports.ts';
import { aRigWithAnAppliedChange, failure, rollBack } from '../../support/roll-back.ts';

const FLOW = aFlowId(1);

describe('a rollback by hand that meets trouble', () => {
  test('takes in a hand edit that comes between, as it stands before a write', async () => {
    const rig = await aRigWithAnAppliedChange();
    rig.backend.onNext('read', () => undefined);
    rig.backend.onNext('read', () => void rig.backend.edit(FLOW, { routing: { maxWaitTime: 5 } }));
    expect((await rollBack(rig)).outcome.status).toBe('applied');
    expect(rig.live().settings['routing']).toMatchObject({ maxWaitTime: 600 });
    expect(rig.audits().at(-1)).toMatchObject({ details: { conflicts: 1 } });
  });

  test('finds out what became of a write whose answer is lost, and audits it once', async () => {
    const rig = await aRigWithAnAppliedChange();
    rig.backend.failNext('write', anApiError('api.timeout'), 'after');
    expect((await rollBack(rig)).outcome.status).toBe('applied');
    expect(rig.writes()).toHaveLength(2);
    expect(rig.audits().map(({ event }) => event)).toEqual([
      'flow.updated',
      'flow.rolled-back-by-hand',
    ]);
  });

  test('leaves the flow and what is known of it as they were when the service refuses', async () => {
    const rig = await aRigWithAnAppliedChange();
    const before = await rig.status();
    rig.backend.failNext('write', anApiError('api.refused'));
    const report = await rollBack(rig);
    expect(report).toMatchObject({
      isHeldBack: false,
      outcome: { status: 'failed', code: 'api.refused' },
    });
    expect(rig.live().settings).toEqual(settingsWith(300));
    expect(await rig.status()).toMatchObject({
      state: before.state,
      conditions: before.conditions,
    });
    expect(rig.audits().at(-1)).toMatchObject({
      event: 'flow.update-failed',
      details: { by: 'Olga On-Call' },
    });
    expect((await rig.later().run()).outcomes).toEqual([]);
  });

  test('puts back what was there when the service stores something else', async () => {
    const rig = await aRigWithAnAppliedChange();
    rig.backend.storeInstead(FLOW, () => settingsWith(599));
    rig.backend.onNext('read', () => undefined);
    rig.backend.onNext('read', () => undefined);
    rig.backend.onNext('read', () => void rig.backend.storeAsAsked(FLOW));
    const report = await rollBack(rig);
    expect(report).toMatchObject({ isHeldBack: false, outcome: { status: 'rolled-back' } });
    expect(rig.live().settings).toEqual(settingsWith(300));
    expect((await rig.later().run()).outcomes).toEqual([]);
    expect(await rig.status()).toMatchObject({ state: 'InSync' });
  });

  test('holds back what git says of a flow that it leaves stuck', async () => {
    const rig = await aRigWithAnAppliedChange();
    rig.policy({ apply: { verifyTimeout: '1s' } });
    rig.backend.storeInstead(FLOW, () => settingsWith(599));
    rig.backend.onNext(
      'write',
      () => {
        for (let i = 0; i < 3; i += 1) rig.backend.failNext('write', anApiError('api.refused'));
      },
      'after',
    );
    const report = await rollBack(rig);
    expect(report).toMatchObject({ isHeldBack: true, outcome: { status: 'stuck' } });
    expect(await rig.status()).toMatchObject({
      state: 'Stuck',
      conditions: [{ type: 'Ready' }, { type: 'Stalled' }],
    });
  });

  test('is kept when the status branch cannot be written, and goes with the next run', async () => {
    const rig = await aRigWithAnAppliedChange();
    rig.statusBranch.failNextPush(new Error('away'));
    expect(await rollBack(rig)).toMatchObject({
      outcome: { status: 'applied' },
      publishing: { kind: 'kept' },
    });
    await rig.later().run();
    expect(rig.audits().at(-1)?.event).toBe('flow.rolled-back-by-hand');
    expect(rig.published()).toMatchObject({ state: 'RolledBack' });
  });

  test('does not begin while a write of an earlier attempt may still land', async () => {
    const rig = await aRigWithAnAppliedChange();
    rig.wants(200);
    const rehearsal = await aRigWithAnAppliedChange();
    rehearsal.wants(200);
    const counting = new MortalPorts({ at: 0, time: 'before' });
    await rehearsal.run({ ports: counting.of(rehearsal.ports) });
    const at = counting.calls.findIndex(({ name }) => name === 'backend.write') + 1;
    await rig.run({ ports: new MortalPorts({ at, time: 'before' }).of(rig.ports) });
    expect(await rig.openAttempts()).toHaveLength(1);

    expect(isError(await failure(rollBack(rig)), 'state.attempt-open')).toBe(true);
    expect(rig.writes()).toHaveLength(1);
  });

  test('of a flow whose file has faults holds nothing back: nobody would apply it', async () => {
    const rig = await aRigWithAnAppliedChange();
    rig.commit({ 1: 'settings: 1\n' });
    await rig.run();
    const { state } = await rig.status();
    expect(await rollBack(rig.later())).toMatchObject({
      isHeldBack: false,
      outcome: { status: 'applied' },
    });
    expect(rig.live().settings).toEqual(settingsWith(600));
    expect(await rig.status()).toMatchObject({ state });
    expect(rig.audits().at(-1)?.event).toBe('flow.rolled-back-by-hand');
  });
});

describe('a process killed in a rollback by hand', () => {
  test.each(['before', 'after'] as const)(
    '%s any of its calls leaves the flow as it was or rolled back, held, and told once',
    async (time) => {
      const rehearsal = await aRigWithAnAppliedChange();
      const counting = new MortalPorts({ at: 0, time });
      await rollBack(rehearsal, { ports: counting.of(rehearsal.ports) });
      const ends = new Set<number>();
      for (let at = 1; at <= counting.calls.length; at += 1) {
        const rig = await aRigWithAnAppliedChange();
        const mortal = new MortalPorts({ at, time });
        await failure(rollBack(rig, { ports: mortal.of(rig.ports) }));
        expect(mortal.isDead).toBe(true);
        for (let run = 0; run < 2; run += 1)
          await rig
            .later(20 * 60_000)
            .restarted()
            .run();

        const landed = rig.writes().length > 1;
        const maxWaitTime = landed ? 600 : 300;
        ends.add(maxWaitTime);
        const told = rig.audits().map(({ event }) => event);
        const byHand = landed ? ['flow.rolled-back-by-hand'] : [];
        const where = { at, last: mortal.calls.at(-1)?.name };
        expect({ where, told }).toEqual({ where, told: ['flow.updated', ...byHand] });
        expect({ where, live: rig.live().settings }).toEqual({
          where,
          live: settingsWith(maxWaitTime),
        });
        expect(rig.backend.effective(FLOW)).toEqual(settingsWith(maxWaitTime));
        expect(rig.published()).toMatchObject({ state: landed ? 'RolledBack' : 'InSync' });
        expect(await rig.openAttempts()).toEqual([]);
      }
      expect([...ends].toSorted()).toEqual([300, 600]);
    },
  );
});
