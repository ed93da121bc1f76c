import { describe, expect, test } from '@jest/globals';
import { LoopRig } from '../../../support/loop-rig.ts';

describe('a plan that mass change holds', () => {
  async function held(): Promise<{ readonly rig: LoopRig; readonly digest: string }> {
    const rig = await new LoopRig({ flows: 12, policy: { massChange: { maxFlows: 3 } } }).start();
    await rig.pass(1_000);
    rig.org().wants(300, ...Array.from({ length: 12 }, (_, i) => i + 1));
    await rig.loop.accept('push');
    await rig.pass(1_000);
    const { last } = rig.loop.view().orgs[0]!;
    expect([last?.exitCode, rig.org().writes().length]).toEqual([4, 0]);
    return { rig, digest: last?.heldPlan ?? '' };
  }

  const approve = async (rig: LoopRig, digest: string): Promise<void> => {
    await rig.loop.accept('person', { by: 'Ola', approval: { digest, by: 'Ola' } });
    await rig.pass(60_000);
  };

  test('is written by the next run once a person approved it, and that is audited', async () => {
    const { rig, digest } = await held();
    await approve(rig, digest);
    expect(rig.org().writes()).toHaveLength(12);
    expect(rig.org().audits()[0]).toMatchObject({
      event: 'plan.approved',
      planDigest: digest,
      details: { by: 'Ola' },
    });
    expect(rig.loop.view().orgs[0]?.last).not.toHaveProperty('heldPlan');
    await rig.stop();
  });

  test('stays held when another plan was approved', async () => {
    const { rig } = await held();
    await approve(rig, 'd'.repeat(64));
    expect(rig.org().writes()).toEqual([]);
    await rig.stop();
  });

  test('is approved once: the same approval does not let a later plan through', async () => {
    const { rig, digest } = await held();
    await approve(rig, 'd'.repeat(64));
    await rig.loop.accept('person');
    await rig.pass(60_000);
    expect(rig.org().writes()).toEqual([]);
    await approve(rig, digest);
    expect(rig.org().writes()).toHaveLength(12);
    await rig.stop();
  });

  test('keeps its approval while runs end before they come to judge', async () => {
    const { rig, digest } = await held();
    const { backend } = rig.org();
    rig.org().stub('pages', () => {
      throw new Error('away');
    });
    await approve(rig, digest);
    expect(rig.org().writes()).toEqual([]);
    rig.org().stub('pages', (signal) => backend.pages(signal));
    await rig.pass(300_000);
    expect(rig.org().writes()).toHaveLength(12);
    await rig.stop();
  });
});
