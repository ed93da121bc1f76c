import { describe, expect, test } from '@jest/globals';
import { checkMemory, checkState } from '../../../../src/engine/doctor/check-state.ts';
import { anApiError, EngineRig, ORG } from '../../../support/engine-rig.ts';
import { FakeStateStore } from '../../../support/fakes/fake-state-store.ts';

const MIB = 1024 * 1024;

const check = (rig: EngineRig, freeBytes?: number) =>
  checkState({ state: rig.state, directory: '/var/fk', freeBytes, orgs: [ORG, 'other'] });

describe('checkState', () => {
  test('a state with nothing left of an earlier run is well', async () => {
    expect(await check(new EngineRig())).toEqual({
      check: 'state',
      result: 'ok',
      message:
        '/var/fk is whole and can be written; nothing of an earlier run is open or waits to be pushed',
    });
  });

  test('open attempts and unpublished records are something to look at', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.backend.failNext('write', anApiError('api.timeout'));
    rig.backend.onNext('read', () => undefined);
    rig.backend.failNext('read', anApiError('api.timeout'));
    rig.statusBranch.failNextTip(anApiError('api.timeout'));
    await rig.run();
    const found = await check(rig);
    expect(found).toMatchObject({ result: 'warn', next: expect.any(String) as unknown });
    // its status, its snapshot and the status of the org
    expect(found.message).toContain(
      'of earlier runs 1 attempt is open, and 3 records are not pushed yet',
    );
  });

  test.each([
    { freeBytes: 256 * MIB, result: 'ok' },
    { freeBytes: 256 * MIB - 1, result: 'warn' },
    { freeBytes: undefined, result: 'ok' },
  ])('with $freeBytes bytes free: $result', async ({ freeBytes, result }) => {
    expect((await check(new EngineRig(), freeBytes)).result).toBe(result);
  });
});

describe('checkMemory', () => {
  const signal = new AbortController().signal;
  const remember = async (rig: EngineRig, state = rig.state) =>
    checkMemory({ state, tip: await rig.statusBranch.tip(signal) }, [ORG, 'other']);

  test('a state that knows what the branch knows is nothing to tell of', async () => {
    const rig = new EngineRig({ flows: 2 });
    rig.wants(600, 1, 2);
    expect(await remember(rig)).toEqual([]);
    await rig.run();
    expect(await remember(rig)).toEqual([]);
  });

  test('a state that is new, where the branch knows flows, is to be rebuilt before the next run', async () => {
    const rig = new EngineRig({ flows: 2 });
    rig.wants(600, 1, 2);
    await rig.run();
    expect(await remember(rig, new FakeStateStore())).toMatchObject([
      {
        check: 'state',
        org: ORG,
        result: 'warn',
        message: expect.stringContaining('the status branch knows 2 flows') as unknown,
        next: expect.stringContaining('`flowkeeper doctor --rebuild-state`') as unknown,
      },
    ]);
  });
});
