import { describe, expect, test } from '@jest/globals';
import { makeDesiredLoader } from '../../../src/engine/load-desired.ts';
import { planOnly } from '../../../src/engine/plan-only.ts';
import { reconcileAll } from '../../../src/engine/run-all.ts';
import type { OrgRunReport } from '../../../src/engine/run-report.ts';
import { aFlowId, ORG_ID } from '../../support/builders.ts';
import { anApiError, EngineRig, waiting } from '../../support/engine-rig.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import { someDeadlines, someLimits } from '../../support/some-limits.ts';

const NEVER = new AbortController().signal;
const DEADLINE_MS = 600_000;
const DEADLINES = someDeadlines({ runMs: DEADLINE_MS });

/** Two orgs of one repository, whose time passes only when told. */
function twoOrgs(): { readonly a: EngineRig; readonly b: EngineRig; readonly clock: FakeClock } {
  const shared = new EngineRig();
  const clock = new FakeClock();
  const { source, statusBranch } = shared;
  const a = new EngineRig({ org: 'acme-prod', shared: { source, statusBranch, clock } });
  const b = new EngineRig({ org: 'acme-test', shared: { source, statusBranch, clock } });
  a.wants(300);
  b.wants(400);
  return { a, b, clock };
}

async function runAll(...rigs: readonly EngineRig[]): Promise<readonly OrgRunReport[]> {
  const [first] = rigs as [EngineRig];
  const loader = makeDesiredLoader(first, 'desired-state');
  const pinned = await first.source.pinHead(NEVER);
  const setups = rigs.map(({ org, ports }) => ({ org, orgId: ORG_ID, ports }));
  const options = { directory: 'desired-state', pinned, deadlines: DEADLINES };
  return reconcileAll(setups, loader, options, NEVER);
}

describe('reconcileAll', () => {
  test('runs each org; one that fails fails alone', async () => {
    const { a, b } = twoOrgs();
    a.backend.failNext('pages', anApiError('api.unreachable'));
    const reports = await runAll(a, b);
    expect(reports).toMatchObject([
      { org: 'acme-prod', error: { code: 'api.unreachable' } },
      { org: 'acme-test', outcomes: [{ status: 'applied' }] },
    ]);
  });

  test('reads the repository once for all orgs', async () => {
    const { a, b } = twoOrgs();
    await runAll(a, b);
    expect(a.source.callsOf('files')).toBe(1);
  });

  test('ends an org that takes longer than it may, and no other', async () => {
    const { a, b, clock } = twoOrgs();
    a.backend.hangNext('pages');
    const running = runAll(a, b);
    await clock.advance(DEADLINE_MS - 1);
    expect(b.ended).toMatchObject([{ status: 'applied' }]);
    await clock.advance(1);
    const reports = await running;
    expect(reports).toMatchObject([
      { error: { code: 'run.deadline' } },
      { outcomes: [{ status: 'applied' }] },
    ]);
  });

  test('the deadline is a total: no wait in between prolongs it', async () => {
    const { a, clock } = twoOrgs();
    a.policy({ apply: { verifyTimeout: '30m' } });
    a.backend.storeInstead(aFlowId(1), () => ({}));
    const running = runAll(a);
    await clock.advance(DEADLINE_MS);
    const [report] = await running;
    expect(report).toMatchObject({
      error: { code: 'run.deadline' },
      outcomes: [{ status: 'unresolved' }],
    });
    expect(clock.sleepers).toBe(0);
  });

  test('leaves nobody waiting when all is done early', async () => {
    const { a, b, clock } = twoOrgs();
    await runAll(a, b);
    await clock.advance(0);
    expect(clock.sleepers).toBe(0);
  });
});

describe('the loader', () => {
  test('reads no file twice, nor in a later process', async () => {
    const rig = new EngineRig({ flows: 3 });
    rig.wants(600, 1, 2);
    await rig.run();
    const before = rig.source.blobsRead.length;
    rig.wants(600, 3);
    await rig.restarted().run();
    // the third file says the same but for its flow
    expect(rig.source.blobsRead).toHaveLength(before + 1);
  });

  test('asks git for nothing when the tree is the same', async () => {
    const rig = new EngineRig();
    rig.wants(600);
    await rig.run();
    rig.source.commit({ 'README.md': 'no desired state' });
    await rig.run();
    expect(rig.source.callsOf('files')).toBe(1);
  });

  test('does not remember a read that failed', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.source.failNext('files', anApiError('api.timeout'));
    expect((await rig.run()).error).toBeDefined();
    expect((await rig.run()).outcomes).toMatchObject([{ status: 'applied' }]);
  });

  test('takes what a cache gives back damaged for a miss', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    await rig.run();
    const { state } = rig;
    const damaged = {
      get: async (keys: readonly string[]) => new Map(keys.map((key) => [key, '{"kind":'])),
      put: () => Promise.resolve(),
    };
    const { journal, flows, outbox, snapshots } = state;
    const broken = {
      journal,
      flows,
      outbox,
      snapshots,
      parseCache: damaged,
      close: () => state.close(),
    };
    const loader = makeDesiredLoader({ source: rig.source, state: broken }, 'desired-state');
    const pinned = await rig.source.pinHead(NEVER);
    const tree = await loader.tree(pinned, NEVER);
    expect(tree.org('acme-prod').flows).toHaveLength(1);
  });

  test('that one org waits for is not ended by another org’s end', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    const loader = makeDesiredLoader(rig, 'desired-state');
    const pinned = await rig.source.pinHead(NEVER);
    const ending = new AbortController();
    const first = loader.tree(pinned, ending.signal).catch((error: unknown) => error);
    const second = loader.tree(pinned, NEVER);
    ending.abort();
    expect(await first).toMatchObject({ name: 'AbortError' });
    expect((await second).org('acme-prod').flows).toHaveLength(1);
  });
});

describe('planOnly', () => {
  const plan = async (rig: EngineRig) => {
    const pinned = await rig.source.pinHead(NEVER);
    const limits = someLimits(rig.clock);
    const run = { org: rig.org, orgId: ORG_ID, directory: 'desired-state', pinned, limits };
    return planOnly(rig.ports, makeDesiredLoader(rig, 'desired-state'), run, NEVER);
  };

  test('gives the plan that a run would apply, and writes nothing anywhere', async () => {
    const rig = new EngineRig({ flows: 2 });
    rig.wants(300, 1, 2);
    const dry = await plan(rig);
    const writing = rig.state.methods.filter((method) =>
      /^(journal|snapshots|outbox)|save|remove/.test(method),
    );
    expect(writing).toEqual([]);
    expect(rig.writes()).toEqual([]);
    expect((await rig.run()).plan).toEqual(dry.plan);
  });

  test('shows what each flow’s own gates would say; a dependency in the same plan holds nothing', async () => {
    const rig = new EngineRig({ flows: 3, names: { queue: [] } });
    rig.commit({
      1: waiting(300),
      2: waiting(300, { dependsOn: [aFlowId(1)] }),
      3: waiting(300, { requires: { queues: ['Support'] } }),
    });
    const { flowVerdicts } = await plan(rig);
    expect([...(flowVerdicts ?? [])].map(([id, { kind }]) => [id, kind])).toEqual([
      [aFlowId(1), 'allow'],
      [aFlowId(2), 'allow'],
      [aFlowId(3), 'deny'],
    ]);
  });

  test('tells why there is no plan', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.backend.failNext('pages', anApiError('api.page-fault'));
    expect(await plan(rig)).toMatchObject({ error: { code: 'api.page-fault' } });
    rig.policy({ mode: 'on' });
    expect(await plan(rig)).toMatchObject({ policyFaults: [{ code: 'schema.violation' }] });
  });
});
