import { describe, expect, test } from '@jest/globals';
import { statusPathOf } from '../../../../src/domain/flow-status.ts';
import { makeDesiredLoader } from '../../../../src/engine/load-desired.ts';
import { rebuildOrg } from '../../../../src/engine/rebuild/rebuild-org.ts';
import type { RebuiltOrg } from '../../../../src/engine/rebuild/rebuild-org.ts';
import type { FlowRecord } from '../../../../src/ports/state-store.ts';
import { aFlowId, ORG_ID } from '../../../support/builders.ts';
import { blocksWith, EngineRig, ORG, settingsWith } from '../../../support/engine-rig.ts';
import { FakeLease } from '../../../support/fakes/fake-lease.ts';
import { FakeStateStore } from '../../../support/fakes/fake-state-store.ts';
import { aRolledBackFlow, REMEMBERED_STORIES } from '../../../support/remembered-stories.ts';
import { someLimits } from '../../../support/some-limits.ts';

const signal = new AbortController().signal;
const DIRECTORY = 'desired-state';
const FLOW = aFlowId(1);
const MINUTE = 60_000;

interface Rebuilt {
  readonly state: FakeStateStore;
  readonly report: RebuiltOrg;
  readonly records: ReadonlyMap<string, FlowRecord>;
}

/** What the store of a later process holds that had nothing but the branch, git and the org. */
async function rebuild(rig: EngineRig): Promise<Rebuilt> {
  const state = new FakeStateStore();
  const ports = { ...rig.ports, state };
  const pinned = await rig.source.pinHead(signal);
  const limits = someLimits(rig.clock);
  const run = { org: ORG, orgId: ORG_ID, directory: DIRECTORY, pinned, limits };
  const report = await rebuildOrg(ports, makeDesiredLoader(ports, DIRECTORY), run, signal);
  return { state, report, records: await recordsOf(state) };
}

async function recordsOf(state: FakeStateStore): Promise<ReadonlyMap<string, FlowRecord>> {
  return state.flows.load(ORG, [...(await state.flows.index(ORG)).keys()]);
}

/** The end of an attempt is told, its write was some moments before. */
const LATEST_MS = 10_000;

describe.each(REMEMBERED_STORIES)('after $name', ({ play }) => {
  test('a store that is made of the branch knows what the lost one knew', async () => {
    const rig = await play();
    const before = await recordsOf(rig.state);
    const { records, state, report } = await rebuild(rig);

    expect([...records.keys()].sort()).toEqual([...before.keys()].sort());
    for (const [flowId, { lastUpdateAt, applied, fight, ...known }] of before) {
      const again = records.get(flowId)!;
      expect(again).toMatchObject(known);
      expect(again.heldBack).toEqual(known.heldBack);
      expect(again.fight).toEqual(fight);
      expect({ ...again.applied, at: 0 }).toEqual({ ...applied, at: 0 });
      const lateMs = (again.lastUpdateAt ?? 0) - (lastUpdateAt ?? 0);
      expect(lateMs).toBeGreaterThanOrEqual(0);
      expect(lateMs).toBeLessThan(LATEST_MS);
    }
    expect(await state.flows.loadOrg(ORG)).toEqual(await rig.state.flows.loadOrg(ORG));
    expect(report).toMatchObject({ flows: before.size, withoutApplied: [], unreadable: [] });
    expect((await state.outbox.pending(ORG)).statuses).toEqual([]);
  });

  test('the next run does what it would have done', async () => {
    const [as, lost] = [await play(), await play()];
    const { state } = await rebuild(lost);
    const expected = await as.later(5 * MINUTE).run();
    // leases are kept in the state store
    const lease = new FakeLease((org, token) => {
      state.noteToken(org, token);
    });
    const report = await lost.later(5 * MINUTE).run({ ports: { state, lease } });

    expect(report.plan?.changes).toEqual(expected.plan?.changes);
    expect(report.outcomes.map(({ flowId, status }) => [flowId, status])).toEqual(
      expected.outcomes.map(({ flowId, status }) => [flowId, status]),
    );
    expect(lost.writes()).toHaveLength(as.writes().length);
    expect(lost.audits().map(({ event }) => event)).toEqual(as.audits().map(({ event }) => event));
    expect(lost.statusBranch.commits.length).toBe(as.statusBranch.commits.length);
    expect(lost.published(1)).toEqual(as.published(1));
  });
});

describe('what happened after the last publication', () => {
  test('is looked for in the org: a flow with another version counts as just written, and gets a reload', async () => {
    const rig = new EngineRig({ flows: 2 });
    rig.wants(600, 1, 2);
    await rig.run();
    // the process that wrote this died before its reload, and its memory is lost
    rig.wants(300);
    await rig.backend.write(rig.live(), blocksWith(300), signal);
    const { state, report, records } = await rebuild(rig);

    expect(report).toMatchObject({ reloadPending: [FLOW], changes: 0 });
    expect(records.get(FLOW)).toMatchObject({
      lastUpdateAt: rig.clock.now(),
      status: {
        state: 'InSync',
        conditions: [{ type: 'Ready' }, { type: 'ReloadPending', reason: 'StateRebuilt' }],
      },
    });
    expect(rig.backend.callsOf('reload')).toEqual([]);

    await rig.run({ ports: { state } });
    expect(rig.backend.callsOf('reload')).toHaveLength(1);
    expect(rig.backend.effective(FLOW)).toEqual(settingsWith(300));
    expect(rig.published()?.conditions).toHaveLength(1);
    expect(rig.writes()).toHaveLength(1);
  });

  test('is nothing that an org in report mode would ever ask a reload for', async () => {
    const rig = new EngineRig();
    rig.policy({ mode: 'report' });
    rig.wants(600);
    await rig.run();
    rig.backend.edit(FLOW, blocksWith(9));
    expect((await rebuild(rig)).report).toMatchObject({ reloadPending: [], changes: 1 });
  });
});

describe('what others did to the branch and to git', () => {
  test('a status file that is no status any more is named, and the flow is a new one', async () => {
    const rig = new EngineRig({ flows: 3 });
    rig.wants(600, 1, 2, 3);
    await rig.run();
    const paths = [1, 2].map((n) => statusPathOf(ORG, aFlowId(n)));
    const other = rig.statusBranch.files.get(statusPathOf(ORG, aFlowId(3))) ?? '';
    rig.statusBranch.commitByHand({
      [paths[0]!]: '{ [',
      [paths[1]!]: other,
      [`status/${ORG}/README.md`]: 'hello',
      [`orgs/${ORG}.yaml`]: '- no map',
    });
    const { report, records } = await rebuild(rig);
    expect(report).toMatchObject({ flows: 1, unreadable: paths.sort() });
    expect([...records.keys()]).toEqual([aFlowId(3)]);
  });

  test('a line of the audit that is none is passed over', async () => {
    const rig = await aRolledBackFlow();
    const path = [...rig.statusBranch.files.keys()].find((name) => name.startsWith('audit/')) ?? '';
    const text = rig.statusBranch.files.get(path) ?? '';
    rig.statusBranch.commitByHand({ [path]: `<<<<\n${text}null\n{}\n` });
    expect((await rebuild(rig)).records.get(FLOW)?.heldBack?.reason).toContain('does not show');
  });

  test('settings that git does not have any more are not known, and not guessed', async () => {
    const rig = new EngineRig({ flows: 2 });
    rig.wants(600, 1, 2);
    await rig.run();
    const status = await rig.status(1);
    const text = rig.statusBranch.files.get(statusPathOf(ORG, FLOW)) ?? '';
    rig.wants(300, 1);
    rig.statusBranch.commitByHand({
      [statusPathOf(ORG, FLOW)]: text.replaceAll(status.desiredRevision, 'f'.repeat(40)),
    });
    const { report, records } = await rebuild(rig);
    expect(report.withoutApplied).toEqual([FLOW]);
    expect(records.get(FLOW)).not.toHaveProperty('applied');
    expect(records.get(FLOW)?.pastHashes).toEqual([status.lastAppliedHash]);
    expect(records.get(aFlowId(2))?.applied?.settings).toEqual({ routing: { maxWaitTime: 600 } });
  });

  test('a branch that is not there yet leaves an empty store', async () => {
    const rig = new EngineRig();
    rig.wants(600);
    expect((await rebuild(rig)).report).toMatchObject({ flows: 0, changes: 0 });
  });
});
