import { describe, expect, test } from '@jest/globals';
import { hashOf } from '../../../src/domain/hash.ts';
import { aFlowId } from '../../support/builders.ts';
import {
  anApiError,
  blocksWith,
  EngineRig,
  settingsWith,
  waiting,
} from '../../support/engine-rig.ts';

const FLOW = aFlowId(1);

/** The lost write of `maxWaitTime: 300` reaches the flow now. */
function landLate(rig: EngineRig): void {
  rig.backend.edit(FLOW, blocksWith(300), { id: 'client-1', name: 'flowkeeper' });
}

const TIMEOUT = anApiError('api.timeout', { phase: 'answer', afterMs: 30_000 });

describe('a write that lands after it was looked for', () => {
  test('while the same run goes on: one audit record, a reload, no second write', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.backend.failNext('write', TIMEOUT);
    rig.backend.onNext('read', () => undefined, 'after');
    rig.backend.onNext(
      'read',
      () => {
        landLate(rig);
      },
      'after',
    );

    const report = await rig.run();

    expect(report.outcomes).toMatchObject([{ status: 'applied', version: 8 }]);
    expect(rig.writes()).toHaveLength(1);
    expect(rig.audits()).toHaveLength(1);
    expect(rig.backend.effective(FLOW)).toEqual(settingsWith(300));
  });

  test('right before it is made again: the second meets a conflict, and the read after it finds the first', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.backend.failNext('write', TIMEOUT);
    rig.backend.onNext('write', () => {
      landLate(rig);
    });

    const report = await rig.run();

    expect(report.outcomes).toMatchObject([{ status: 'applied', version: 8 }]);
    expect(rig.writes()).toHaveLength(2);
    expect(rig.live().version).toBe(8);
    expect(rig.audits()).toHaveLength(1);
    expect(rig.backend.effective(FLOW)).toEqual(settingsWith(300));
  });

  test('after the run gave up: the attempt stays open, and the next run finds it', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    for (let i = 0; i < 4; i += 1) rig.backend.failNext('write', TIMEOUT);

    const report = await rig.run();

    expect(report.outcomes).toMatchObject([{ status: 'unresolved', code: 'api.timeout' }]);
    expect(rig.writes()).toHaveLength(4);
    expect(await rig.openAttempts()).toHaveLength(1);

    landLate(rig);
    const next = await rig.restarted().run();

    expect(next.outcomes).toMatchObject([{ status: 'applied' }]);
    expect(rig.writes()).toHaveLength(4);
    expect(rig.audits()).toHaveLength(1);
    expect(rig.backend.effective(FLOW)).toEqual(settingsWith(300));
  });

  test('between the look and the list of the next run: still one audit record and a reload', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    for (let i = 0; i < 4; i += 1) rig.backend.failNext('write', TIMEOUT);
    await rig.run();

    rig.backend.onNext('pages', () => {
      landLate(rig);
    });
    const next = await rig.restarted().run();

    expect(next.outcomes).toMatchObject([{ status: 'applied' }]);
    expect(rig.writes()).toHaveLength(4);
    expect(rig.audits()).toHaveLength(1);
    expect(rig.backend.effective(FLOW)).toEqual(settingsWith(300));
    expect(await rig.openAttempts()).toEqual([]);
  });

  test('of one of two flows: the other is written as the same attempt', async () => {
    const rig = new EngineRig({ flows: 2 });
    rig.wants(300, 1, 2);
    for (let i = 0; i < 8; i += 1) rig.backend.failNext('write', TIMEOUT);
    await rig.run();
    expect(await rig.openAttempts()).toHaveLength(2);

    rig.backend.onNext('pages', () => {
      landLate(rig);
    });
    await rig.restarted().run();

    expect(rig.state.attempts.size).toBe(2);
    expect(rig.audits().map(({ status }) => status)).toEqual(['applied', 'applied']);
    expect(rig.live(2)).toMatchObject({ version: 8, settings: settingsWith(300) });
  });

  test('after the next run wrote the same: the second cannot land too', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    for (let i = 0; i < 4; i += 1) rig.backend.failNext('write', TIMEOUT);
    await rig.run();

    const next = await rig.restarted().run();

    expect(next.outcomes).toMatchObject([{ status: 'applied', version: 8 }]);
    expect(await rig.openAttempts()).toEqual([]);
    expect(rig.state.attempts.size).toBe(1);
    expect(rig.audits()).toHaveLength(1);
  });

  test('between the look at the open attempt and the next write is on record with what it displaced', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    await rig.run();
    rig.commit({
      1: waiting(300, { settings: { routing: { maxWaitTime: 300 }, prompts: { a: 1 } } }),
    });
    for (let i = 0; i < 4; i += 1) rig.backend.failNext('write', TIMEOUT);
    await rig.later().run();

    // the recovery reads first
    rig.backend.onNext('read', () => undefined);
    rig.backend.onNext('read', () => {
      rig.backend.edit(FLOW, { prompts: { a: 1 } }, { id: 'client-1', name: 'flowkeeper' });
    });
    const report = await rig.restarted().run();

    expect(report.outcomes).toMatchObject([{ status: 'applied', version: 9 }]);
    expect(rig.audits().at(-1)).toMatchObject({
      beforeHash: hashOf(settingsWith(300)),
      details: {
        versionBefore: 8,
        versionAfter: 9,
        snapshot: `snapshots/acme-prod/${FLOW}/8.json`,
        fields: [{ path: '/prompts/a', desired: 1 }],
      },
    });
    // so that a revert knows what to give back
    expect((await rig.record())?.applied).toMatchObject({ displaced: { '/prompts': null } });
  });

  test('of settings that git no longer wants is recorded as what it was, and then corrected', async () => {
    const rig = new EngineRig();
    const first = rig.wants(300);
    for (let i = 0; i < 4; i += 1) rig.backend.failNext('write', TIMEOUT);
    await rig.run();

    landLate(rig);
    const second = rig.wants(450);
    await rig.restarted().run();
    await rig.restarted().run();

    expect(rig.audits()).toMatchObject([
      { status: 'applied', revision: first },
      { status: 'applied', revision: second },
    ]);
    expect(rig.live().settings).toEqual(settingsWith(450));
  });

  test('and git takes the change back meanwhile: nothing is written, and the attempt ends when it can no longer land', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    for (let i = 0; i < 4; i += 1) rig.backend.failNext('write', TIMEOUT);
    await rig.run();
    rig.commit({ 1: waiting(600) });

    await rig.restarted().run();
    expect(await rig.status()).toMatchObject({ state: 'InSync' });
    expect(await rig.openAttempts()).toHaveLength(1);

    await rig.later(20 * 60_000).run();
    expect(await rig.openAttempts()).toEqual([]);
    expect(rig.writes()).toHaveLength(4);
    expect(rig.audits()).toEqual([]);
  });
});

test('an attempt that a later run goes on with is still in doubt when that run is refused', async () => {
  const rig = new EngineRig();
  rig.wants(300);
  for (let i = 0; i < 4; i += 1) rig.backend.failNext('write', TIMEOUT);
  await rig.run();
  rig.backend.failNext('write', anApiError('api.refused'));
  const report = await rig.restarted().run();
  expect(report.outcomes).toMatchObject([{ status: 'unresolved', code: 'api.refused' }]);
  landLate(rig);
  await rig.restarted().run();
  expect(rig.audits()).toMatchObject([{ status: 'applied' }]);
});

test('an attempt that a later run goes on with is about what that run wanted', async () => {
  const rig = new EngineRig();
  rig.wants(300);
  for (let i = 0; i < 4; i += 1) rig.backend.failNext('write', TIMEOUT);
  await rig.run();
  const second = rig.wants(310);
  rig.backend.failNext('write', TIMEOUT, 'after');
  rig.backend.onNext('read', () => undefined);
  rig.backend.onNext('read', () => undefined);
  rig.backend.failNext('read', anApiError('api.unreachable'));
  await rig.restarted().run();
  await rig.restarted().run();
  expect(rig.audits()).toMatchObject([
    {
      status: 'applied',
      revision: second,
      runId: 'run-0002',
      details: { fields: [{ desired: 310 }] },
    },
  ]);
  expect(await rig.status()).toMatchObject({ state: 'InSync', lastAppliedRevision: second });
});
