import { describe, expect, test } from '@jest/globals';
import { FlowkeeperError } from '../../../src/domain/errors.ts';
import { exitCodeOf } from '../../../src/engine/run-report.ts';
import { aFlowId } from '../../support/builders.ts';
import { blocksWith, EngineRig, settingsWith, waiting } from '../../support/engine-rig.ts';

const AWAY = new FlowkeeperError('git.unreachable', 'no route', {
  remote: 'r',
  reason: 'no route',
});
const AUDIT_FILE = 'audit/acme-prod/2026-11.jsonl';
const DAY_MS = 86_400_000;

describe('the record of a run', () => {
  test('is one commit with all files, trailers, and a subject that starts no pipeline', async () => {
    const rig = new EngineRig({ flows: 2 });
    const revision = rig.wants(300, 1, 2);
    const report = await rig.run();
    const [commit, ...more] = rig.statusBranch.commits;
    expect(more).toEqual([]);
    expect(commit?.subject).toBe('flowkeeper(acme-prod): 2 applied; 2 live flows [skip ci]');
    expect(commit?.trailers).toEqual(
      expect.arrayContaining([
        { key: 'Flowkeeper-Run', value: report.runId },
        { key: 'Flowkeeper-Source', value: revision },
      ]),
    );
    expect([...(commit?.files.keys() ?? [])].sort()).toEqual([
      AUDIT_FILE,
      'orgs/acme-prod.yaml',
      `snapshots/acme-prod/${aFlowId(1)}/7.json`,
      `snapshots/acme-prod/${aFlowId(2)}/7.json`,
      `status/acme-prod/a1/${aFlowId(1)}.yaml`,
      `status/acme-prod/a1/${aFlowId(2)}.yaml`,
    ]);
    expect(report.publishing).toMatchObject({ kind: 'pushed', files: 6 });
  });

  test('is no commit when nothing changed in meaning', async () => {
    const rig = new EngineRig();
    rig.wants(600);
    await rig.run();
    const again = await rig.restarted().run();
    expect(again.publishing).toEqual({ kind: 'nothing' });
    expect(rig.statusBranch.builds).toBe(1);
  });

  test('reaches the branch also when it is again what it was before a push of which nobody heard', async () => {
    const rig = new EngineRig();
    rig.wants(600);
    await rig.run();
    const before = rig.published();
    rig.commit({ 1: waiting(600, { suspend: { reason: 'INC-1' } }) });
    rig.statusBranch.failNextPush(AWAY, 'after');
    expect((await rig.later().run()).publishing).toMatchObject({ kind: 'kept' });
    expect(rig.published()).not.toEqual(before);

    rig.wants(600);
    expect((await rig.later().run()).publishing).toMatchObject({ kind: 'pushed' });
    expect(rig.published()).toEqual(before);
  });

  test('is rebuilt on the new tip when somebody pushed first: both are there, the chain holds', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.statusBranch.raceNext({ 'notes.md': 'by a rival' });
    const report = await rig.run();
    expect(report.publishing).toMatchObject({ kind: 'pushed' });
    expect(rig.statusBranch.builds).toBe(2);
    expect(rig.statusBranch.files.get('notes.md')).toBe('by a rival');
    expect(rig.audits()).toHaveLength(1);
  });

  test('is kept while the remote is away, and goes whole with the next run', async () => {
    const rig = new EngineRig({ flows: 2 });
    rig.wants(300, 1);
    rig.statusBranch.failNextTip(AWAY);

    const report = await rig.run();

    expect(report.publishing).toMatchObject({ kind: 'kept', error: { code: 'git.unreachable' } });
    expect(exitCodeOf(report)).toBe(1);
    expect(rig.statusBranch.commits).toEqual([]);
    expect(rig.live(1).settings).toEqual(settingsWith(300));

    rig.wants(300, 2);
    await rig.restarted().run();
    expect(rig.statusBranch.commits).toHaveLength(1);
    expect(rig.audits().map(({ flowId }) => flowId)).toEqual([aFlowId(1), aFlowId(2)]);
    expect(rig.published(1)).toMatchObject({ state: 'InSync' });
  });

  test('goes even when a later run finds nothing to do', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.statusBranch.failNextPush(AWAY);
    await rig.run();
    expect((await rig.restarted().run()).publishing).toMatchObject({ kind: 'pushed' });
    expect(rig.audits()).toHaveLength(1);
  });

  test('goes even when a later run cannot read the org, or git has lost it', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.statusBranch.failNextPush(AWAY);
    await rig.run();
    rig.backend.failNext('pages', AWAY);
    const report = await rig.restarted().run();
    expect(report.error).toMatchObject({ code: 'git.unreachable' });
    expect(report.publishing).toMatchObject({ kind: 'pushed' });
    expect(rig.audits()).toHaveLength(1);
  });

  test('that was pushed and not noted as such is not doubled', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.statusBranch.failNextPush(AWAY, 'after');
    await rig.run();
    expect(rig.audits()).toHaveLength(1);

    const again = await rig.restarted().run();

    expect(again.publishing).toEqual({ kind: 'nothing' });
    expect(rig.audits()).toHaveLength(1);
    expect(rig.statusBranch.commits).toHaveLength(1);
  });
});

describe('the audit chain', () => {
  /** Brings the flow to another waiting time, a while later. */
  async function change(rig: EngineRig, maxWaitTime: number, afterMs: number): Promise<void> {
    rig.wants(maxWaitTime);
    await rig.later(afterMs).run();
  }

  test('goes on from the last record of the tip, across runs and months', async () => {
    const rig = new EngineRig();
    await change(rig, 300, 0);
    await change(rig, 310, DAY_MS);
    await change(rig, 320, 7 * DAY_MS);
    await change(rig, 330, 40 * DAY_MS);
    expect(rig.audits().map(({ seq, timestamp }) => [seq, timestamp.slice(0, 7)])).toEqual([
      [1, '2026-11'],
      [2, '2026-11'],
      [3, '2026-12'],
      [4, '2027-01'],
    ]);
  });

  test('stays in order when the clock goes back over the end of a month', async () => {
    const rig = new EngineRig();
    await change(rig, 300, 0);
    await change(rig, 310, 7 * DAY_MS);
    // a revert, which does not wait for the interval since an update that now lies in the future
    await change(rig, 300, -7 * DAY_MS);
    expect(rig.audits().map(({ seq, timestamp }) => [seq, timestamp.slice(0, 7)])).toEqual([
      [1, '2026-11'],
      [2, '2026-12'],
      [3, '2026-11'],
    ]);
  });

  test('goes on from an older month when the newest file is empty', async () => {
    const rig = new EngineRig();
    await change(rig, 300, 0);
    rig.statusBranch.commitByHand({ 'audit/acme-prod/2026-12.jsonl': '' });
    await change(rig, 310, 8 * DAY_MS);
    expect(rig.audits().map(({ seq }) => seq)).toEqual([1, 2]);
  });

  test('is not held up by a line that a hand made unreadable: it stays for a verification to find', async () => {
    const rig = new EngineRig();
    await change(rig, 300, 0);
    const text = rig.statusBranch.files.get(AUDIT_FILE) ?? '';
    rig.statusBranch.commitByHand({ [AUDIT_FILE]: `${text}<<<<<<< HEAD\nnull\n{}` });
    await change(rig, 310, DAY_MS);
    const lines = rig.statusBranch.files.get(AUDIT_FILE)?.trimEnd().split('\n') ?? [];
    expect(lines.slice(1, 4)).toEqual(['<<<<<<< HEAD', 'null', '{}']);
    expect(JSON.parse(lines[4] ?? '')).toMatchObject({ seq: 2 });
  });
});

describe('two orgs on one status branch', () => {
  test('leave each other’s files alone, and have a chain each', async () => {
    const a = new EngineRig({ org: 'acme-prod' });
    const b = new EngineRig({ org: 'acme-test', shared: a });
    a.wants(300);
    b.wants(400);
    await Promise.all([a.run(), b.run()]);
    expect(a.audits()).toMatchObject([{ seq: 1 }]);
    expect(b.audits()).toMatchObject([{ seq: 1 }]);
    const ofB = (): unknown[] =>
      [...a.statusBranch.files].filter(([path]) => path.includes('acme-test'));
    const before = ofB();
    a.wants(310);
    await a.later().run();
    expect(ofB()).toEqual(before);
    for (const { subject, files } of a.statusBranch.commits) {
      const org = subject.includes('acme-test') ? 'acme-test' : 'acme-prod';
      for (const path of files.keys()) expect(path).toContain(org);
    }
  });
});

describe('a long run', () => {
  /** Each write takes so long: slow, and not so slow that it is taken for one that hangs. */
  function aSlowRig(flows: number, writeMs: number): EngineRig {
    const numbers = Array.from({ length: flows }, (_, i) => i + 1);
    const rig = new EngineRig({ flows });
    rig.policy({ apply: { concurrency: 1 }, massChange: { maxShare: 1 } });
    rig.wants(300, ...numbers);
    rig.stub('write', async (base, blocks, signal) => {
      await rig.clock.sleep(writeMs, signal);
      return rig.backend.write(base, blocks, signal);
    });
    return rig;
  }

  test('publishes every half minute what it has, and the rest at its end', async () => {
    const rig = aSlowRig(25, 4000);
    const at: number[] = [rig.clock.monotonicMs()];
    const { statusBranch } = rig;
    const report = await rig.run({
      ports: {
        statusBranch: {
          probe: (signal) => statusBranch.probe(signal),
          tip: (signal) => statusBranch.tip(signal),
          commit: (...args) => {
            at.push(rig.clock.monotonicMs());
            return statusBranch.commit(...args);
          },
        },
      },
    });
    const between = at.slice(1, -1).map((ms, i) => ms - (at[i] ?? 0));
    expect(between.length).toBeGreaterThanOrEqual(2);
    for (const ms of between) expect([ms, ms >= 30_000 && ms < 50_000]).toEqual([ms, true]);
    expect(statusBranch.commits.at(-1)?.subject).toMatch(/: 25 applied/);
    expect(rig.audits()).toHaveLength(25);
    expect(report.publishing).toMatchObject({
      kind: 'pushed',
      revision: rig.statusBranch.commits.at(-1)?.revision,
    });
  });

  test('is not slowed by a git server that hangs, and publishes once at a time', async () => {
    const rig = aSlowRig(8, 20_000);
    let underWay = 0;
    let most = 0;
    let release = (): void => undefined;
    const hanging = new Promise<void>((resolve) => {
      release = resolve;
    });
    const statusBranch = {
      probe: (signal: AbortSignal) => rig.statusBranch.probe(signal),
      tip: (signal: AbortSignal) => rig.statusBranch.tip(signal),
      commit: async (...args: Parameters<typeof rig.statusBranch.commit>) => {
        underWay += 1;
        most = Math.max(most, underWay);
        await hanging;
        underWay -= 1;
        return rig.statusBranch.commit(...args);
      },
    };
    const run = rig.run({ ports: { statusBranch } });
    while (rig.ended.length < 8) await new Promise((resolve) => setImmediate(resolve));
    expect(underWay).toBe(1);
    release();
    const report = await run;
    expect(most).toBe(1);
    expect(report.publishing).toMatchObject({ kind: 'pushed' });
    expect(rig.audits()).toHaveLength(8);
  });

  test('whose last publication has nothing left to say tells what the run pushed before', async () => {
    const rig = aSlowRig(1, 31_000);
    rig.commit({ 1: waiting(600) });
    await rig.run();
    rig.commit({ 1: waiting(300) });
    const report = await rig.later().run();
    expect(rig.statusBranch.commits).toHaveLength(2);
    expect(report.publishing).toMatchObject({
      kind: 'pushed',
      revision: rig.statusBranch.commits[1]?.revision,
      files: 3,
    });
  });

  test('that could not push in the middle pushes all at its end', async () => {
    const rig = aSlowRig(20, 4000);
    rig.statusBranch.failNextTip(AWAY);
    rig.statusBranch.failNextTip(AWAY);
    const report = await rig.run();
    expect(report.publishing.kind).toBe('pushed');
    expect(rig.audits()).toHaveLength(20);
    expect(rig.log.messages('error')).toHaveLength(2);
  });
});

test('a hand edit is told with its author in plan and audit', async () => {
  const rig = new EngineRig();
  rig.wants(600);
  await rig.run();
  rig.backend.edit(aFlowId(1), blocksWith(77), { id: 'u-5', name: 'Eve' });
  const report = await rig.later().run();
  expect(report.plan?.changes).toMatchObject([{ kind: 'drift', modifiedBy: { name: 'Eve' } }]);
  expect(rig.audits()).toMatchObject([{ details: { liveChangedBy: 'Eve' } }]);
});
