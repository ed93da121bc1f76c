import { describe, expect, test } from '@jest/globals';
import { exitCodeOf } from '../../../src/engine/run-report.ts';
import { aFlowId } from '../../support/builders.ts';
import { anApiError, EngineRig, settingsWith } from '../../support/engine-rig.ts';
import { rollBack } from '../../support/roll-back.ts';

const FLOW = aFlowId(1);

/** This process is paused, and another takes its place, without its having noticed. */
function lose(rig: EngineRig): void {
  rig.lease.takenUnseenBy(rig.org, 'host there, process 2');
}

describe('a process that was paused, and whose org another took over meanwhile', () => {
  test('does not begin an attempt', async () => {
    const rig = new EngineRig({ flows: 2 });
    rig.wants(300, 1, 2);
    rig.backend.onNext('pages', () => {
      lose(rig);
    });
    const report = await rig.run();
    expect(report.error).toMatchObject({ code: 'state.lease-lost' });
    expect(exitCodeOf(report)).toBe(1);
    expect(rig.writes()).toEqual([]);
    expect(await rig.openAttempts()).toEqual([]);
  });

  test('does not write a flow of which it has a snapshot', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.backend.onNext('read', () => {
      lose(rig);
    });
    const report = await rig.run();
    expect(report.error).toMatchObject({ code: 'state.lease-lost' });
    expect(rig.writes()).toEqual([]);
    expect(await rig.openAttempts()).toHaveLength(1);
  });

  test('does not offer a write again that the service put off', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.backend.onNext('write', () => {
      lose(rig);
      return Promise.reject(anApiError('api.rate-limited'));
    });
    const report = await rig.run();
    expect(report.error).toMatchObject({ code: 'state.lease-lost' });
    expect(rig.writes()).toHaveLength(1);
    expect(rig.live().settings).toEqual(settingsWith(600));
  });

  test('does not put a snapshot back', async () => {
    const rig = new EngineRig();
    rig.policy({ apply: { verifyTimeout: '1s' } });
    rig.wants(300);
    rig.backend.storeInstead(FLOW, () => settingsWith(599));
    // the last read before the rollback's own
    rig.stub('read', async (id, signal) => {
      const live = await rig.backend.read(id, signal);
      const steps =
        rig.state.attempts
          .values()
          .next()
          .value?.entries.map(({ to }) => to) ?? [];
      if (steps.includes('rollback')) lose(rig);
      return live;
    });
    const report = await rig.run();
    expect(report.error).toMatchObject({ code: 'state.lease-lost' });
    expect(rig.writes()).toHaveLength(1);
  });

  test('does not end an attempt: whoever took over finds out what became of it', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.backend.onNext('reload', () => {
      lose(rig);
    });
    const report = await rig.run();
    expect(report.error).toMatchObject({ code: 'state.lease-lost' });
    expect(await rig.openAttempts()).toHaveLength(1);
    expect(rig.audits()).toEqual([]);

    rig.lease.freed(rig.org);
    const next = await rig.restarted().run();
    expect(next.outcomes).toMatchObject([{ status: 'applied' }]);
    expect(rig.writes()).toHaveLength(1);
    expect(rig.audits()).toMatchObject([{ status: 'applied', details: { recovered: true } }]);
  });

  test('keeps no record of what it found, and publishes nothing', async () => {
    const rig = new EngineRig();
    rig.wants(600);
    rig.backend.onNext('pages', () => {
      lose(rig);
    });
    const report = await rig.run();
    expect(report.error).toMatchObject({ code: 'state.lease-lost' });
    expect(await rig.record()).toBeUndefined();
    expect(await rig.state.flows.loadOrg(rig.org)).toBeUndefined();
    expect(rig.statusBranch.commits).toEqual([]);
  });

  test('publishes nothing on the tip that it has just read: its successor may have been there before', async () => {
    const rig = new EngineRig();
    rig.wants(600);
    const { statusBranch } = rig;
    const commit: typeof statusBranch.commit = (build, signal) =>
      statusBranch.commit((tip) => {
        lose(rig);
        return build(tip);
      }, signal);
    const ports = {
      statusBranch: {
        commit,
        tip: (signal: AbortSignal) => statusBranch.tip(signal),
        probe: (signal: AbortSignal) => statusBranch.probe(signal),
      },
    };
    const report = await rig.run({ ports });
    expect(report.publishing).toMatchObject({ kind: 'kept', error: { code: 'state.lease-lost' } });
    expect(exitCodeOf(report)).toBe(1);
    expect(statusBranch.commits).toEqual([]);
    expect((await rig.state.outbox.pending(rig.org)).statuses).toHaveLength(1);
  });

  test('does not roll back by hand', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    await rig.run();
    rig.later();
    rig.backend.onNext('read', () => undefined);
    rig.backend.onNext('read', () => {
      lose(rig);
    });
    await expect(rollBack(rig)).rejects.toMatchObject({ code: 'state.lease-lost' });
    expect(rig.writes()).toHaveLength(1);
  });
});
