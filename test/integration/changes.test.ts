import { afterEach, describe, expect, test } from '@jest/globals';
import { exitCodeOf } from '../../src/engine/run-report.ts';
import { flowFile, flowPath } from '../support/desired-files.ts';
import type { FlowFileChange } from '../support/desired-files.ts';
import { ACME, IntegrationRig, SWIFT_POLICY } from '../support/integration-rig.ts';
import type { RigOptions } from '../support/integration-rig.ts';
import { revertByGit } from '../support/revert-by-git.ts';

const PAT = { name: 'Pat Platform', email: 'pat@example.com' };

describe('changes in git and by hand', () => {
  let rig: IntegrationRig;

  afterEach(() => rig.close());

  async function start(options?: RigOptions): Promise<void> {
    rig = await IntegrationRig.start(options);
    expect(exitCodeOf(await rig.reconcile())).toBe(0);
  }

  /** Commits the files of the flows with these numbers. */
  function merge(
    change: (nth: number) => FlowFileChange,
    flows: readonly number[],
  ): Promise<string> {
    const files = flows.map((nth) => {
      const flow = rig.flows()[nth]!;
      return [flowPath(ACME, flow.id), flowFile(flow, change(nth))] as const;
    });
    return rig.repository.commit(Object.fromEntries(files), {
      author: PAT,
      message: 'Longer waits for the holidays',
    });
  }

  const idOf = (nth: number): string => rig.flows()[nth]!.id;
  const settingsOf = (nth: number): object => rig.org().flow(idOf(nth)).settings;
  const effectOf = (nth: number): object => rig.org().flow(idOf(nth)).inEffect;

  test('a merged change is written to its flow and to no other', async () => {
    await start();
    const revision = await merge(() => ({ routing: { maxWaitTime: 1234 } }), [2]);
    const report = await rig.reconcile();
    expect(exitCodeOf(report)).toBe(0);
    expect(report.outcomes).toMatchObject([
      { flowId: idOf(2), status: 'applied', cause: 'desired-changed' },
    ]);
    expect(rig.patches()).toHaveLength(1);
    expect(effectOf(2)).toMatchObject({ routing: { maxWaitTime: 1234 } });
    expect(await rig.audit()).toMatchObject([
      {
        flowId: idOf(2),
        revision,
        author: 'Pat Platform <pat@example.com>',
        details: { kind: 'desired' },
      },
    ]);
  });

  test('a hand edit is corrected, and the audit names who made it', async () => {
    await start();
    rig.org().edit(idOf(1), { routing: { maxWaitTime: 9 } }, { by: 'Sam Supervisor' });
    const report = await rig.reconcile();
    expect(report.outcomes).toMatchObject([{ status: 'applied', cause: 'live-changed' }]);
    expect(settingsOf(1)).toEqual(rig.flows()[1]?.settings);
    expect(effectOf(1)).toEqual(rig.flows()[1]?.settings);
    expect(await rig.audit()).toMatchObject([
      { details: { kind: 'drift', cause: 'live-changed', liveChangedBy: 'Sam Supervisor' } },
    ]);
  });

  test('a hand edit of what git does not declare is nobody’s business', async () => {
    await start();
    const edited = rig.org().edit(idOf(1), { prompts: { language: 'it-it' } }, { by: 'Sam' });
    const report = await rig.reconcile();
    expect(report.outcomes).toEqual([]);
    expect(settingsOf(1)).toEqual(edited.settings);
  });

  test('git revert restores for each flow what was in effect before', async () => {
    await start();
    const before = rig.org().flows();
    const merged = await merge(
      (nth) => ({ routing: { type: 'roundRobin', maxWaitTime: 1000 + nth } }),
      [0, 1, 2, 3],
    );
    expect((await rig.reconcile()).outcomes).toHaveLength(4);
    // another commit in between, on another flow, stays
    await merge(() => ({ routing: { maxWaitTime: 77 } }), [5]);
    await rig.reconcile();

    await revertByGit(rig.repository, merged);
    const report = await rig.reconcile();
    expect(exitCodeOf(report)).toBe(0);
    expect(report.outcomes.map(({ status }) => status)).toEqual(Array(4).fill('applied'));
    for (const nth of [0, 1, 2, 3, 4]) {
      expect(settingsOf(nth)).toEqual(before[nth]?.settings);
      expect(effectOf(nth)).toEqual(before[nth]?.settings);
    }
    expect(settingsOf(5)).toMatchObject({ routing: { maxWaitTime: 77 } });
    const kinds = (await rig.audit()).map(({ details }) => details['kind']);
    expect(kinds).toEqual([
      ...Array<string>(5).fill('desired'),
      ...Array<string>(4).fill('revert'),
    ]);
  });

  test('a revert also takes back what the reverted commit was the first to declare', async () => {
    await start();
    const before = rig.org().flow(idOf(0)).settings;
    const merged = await merge(
      () => ({
        blocks: { recording: { enabled: false, watermark: true }, newBlock: { a: [1, 2] } },
      }),
      [0],
    );
    await rig.reconcile();
    expect(settingsOf(0)).toMatchObject({
      recording: { enabled: false, watermark: true },
      newBlock: { a: [1, 2] },
    });

    await revertByGit(rig.repository, merged);
    expect(exitCodeOf(await rig.reconcile())).toBe(0);
    // the contract knows no other way to take a whole block away
    const restored = { ...before, newBlock: null };
    expect(settingsOf(0)).toEqual(restored);
    expect(effectOf(0)).toEqual(restored);
    expect((await rig.reconcile()).outcomes).toEqual([]);
  });

  test('a revert of a revert brings the change again', async () => {
    await start();
    const merged = await merge(() => ({ routing: { maxWaitTime: 555 } }), [0]);
    await rig.reconcile();
    const reverted = await revertByGit(rig.repository, merged);
    await rig.reconcile();
    await revertByGit(rig.repository, reverted);
    expect((await rig.reconcile()).outcomes).toMatchObject([{ status: 'applied' }]);
    expect(effectOf(0)).toMatchObject({ routing: { maxWaitTime: 555 } });
  });

  test('a second change within the interval of a flow waits, and a revert does not', async () => {
    await start({ orgs: [{ policy: { ...SWIFT_POLICY, rate: { perFlow: '60s' } } }] });
    const first = await merge(() => ({ routing: { maxWaitTime: 100 } }), [0, 1]);
    await rig.reconcile();

    await merge(() => ({ routing: { maxWaitTime: 200 } }), [1]);
    const held = await rig.reconcile();
    expect(exitCodeOf(held)).toBe(2);
    expect(held.outcomes).toMatchObject([{ flowId: idOf(1), status: 'deferred' }]);
    expect(effectOf(1)).toMatchObject({ routing: { maxWaitTime: 100 } });
    expect((await rig.statuses()).get(idOf(1))).toMatchObject({
      state: 'Deferred',
      differences: [{ path: '/routing/maxWaitTime', live: 100, desired: 200 }],
    });

    rig.clock.advance(55_000);
    expect(exitCodeOf(await rig.reconcile())).toBe(2);
    rig.clock.advance(5_000);
    expect(exitCodeOf(await rig.reconcile())).toBe(0);
    expect(effectOf(1)).toMatchObject({ routing: { maxWaitTime: 200 } });

    // flow 1 moved on, and git cannot revert the first commit for it: somebody writes it by hand
    const original = rig.flows().slice(0, 2);
    await rig.repository.commit(
      Object.fromEntries(original.map((flow) => [flowPath(ACME, flow.id), flowFile(flow)])),
      { message: `Revert "Longer waits"\n\nThis reverts commit ${first}.` },
    );
    const reverted = await rig.reconcile();
    expect(exitCodeOf(reverted)).toBe(0);
    expect(reverted.outcomes.map(({ status }) => status)).toEqual(['applied', 'applied']);
    expect([effectOf(0), effectOf(1)]).toEqual(original.map(({ settings }) => settings));
  });

  test('a revert waits too where the policy says so', async () => {
    const policy = {
      ...SWIFT_POLICY,
      rate: { perFlow: '60s' },
      apply: { verifyTimeout: '0s', revertsSkipPerFlowRate: false },
    };
    await start({ orgs: [{ policy }] });
    const merged = await merge(() => ({ routing: { maxWaitTime: 100 } }), [0]);
    await rig.reconcile();
    await revertByGit(rig.repository, merged);
    expect(exitCodeOf(await rig.reconcile())).toBe(2);
    rig.clock.advance(60_000);
    expect(exitCodeOf(await rig.reconcile())).toBe(0);
  });

  test('reverts are written first, then what git says anew, then what was changed by hand', async () => {
    const policy = { ...SWIFT_POLICY, apply: { ...SWIFT_POLICY.apply, concurrency: 1 } };
    await start({ orgs: [{ policy }] });
    const merged = await merge(() => ({ routing: { maxWaitTime: 100 } }), [5]);
    await rig.reconcile();
    rig.simulator.requests.clear();

    rig.org().edit(idOf(0), { routing: { maxWaitTime: 9 } }, { by: 'Sam Supervisor' });
    await merge(() => ({ routing: { maxWaitTime: 200 } }), [1]);
    await revertByGit(rig.repository, merged);
    await rig.reconcile();
    expect(rig.patches().map(({ flowId }) => flowId)).toEqual([idOf(5), idOf(1), idOf(0)]);
  });

  test('a file that goes leaves its flow alone, and takes its status with it', async () => {
    await start();
    rig.simulator.requests.clear();
    await rig.repository.commit({ [flowPath(ACME, idOf(3))]: null });
    const report = await rig.reconcile();
    expect(exitCodeOf(report)).toBe(0);
    expect(rig.patches()).toEqual([]);
    expect(settingsOf(3)).toEqual(rig.flows()[3]?.settings);
    const statuses = await rig.statuses();
    expect(statuses.has(idOf(3))).toBe(false);
    expect(statuses.size).toBe(rig.flows().length - 1);
    expect((await rig.orgStatus())?.unmanaged).toEqual([
      { flowId: idOf(3), name: rig.flows()[3]?.name },
    ]);
    expect((await rig.reconcile()).publishing).toEqual({ kind: 'nothing' });
  });
});
