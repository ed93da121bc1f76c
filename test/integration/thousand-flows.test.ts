import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { makeSimpleGitSource } from '../../src/adapters/git/simple-git-source.ts';
import { exitCodeOf } from '../../src/engine/run-report.ts';
import type { OrgRunReport } from '../../src/engine/run-report.ts';
import type { DesiredSource } from '../../src/ports/desired-source.ts';
import type { FlowState } from '../../src/simulator/flow.ts';
import type { LoggedRequest } from '../../src/simulator/request-log.ts';
import { flowFile, flowPath } from '../support/desired-files.ts';
import {
  ACME,
  FLOW_ROUTE,
  IntegrationRig,
  LIST_ROUTE,
  RELOAD_ROUTE,
  STATUS_BRANCH,
} from '../support/integration-rig.ts';
import { overlapsOf } from '../support/overlaps.ts';

const FLOWS = 1000;
const DRIFTED = 10;
const TOKEN = 'POST /api/v2/oauth/token';

/** What was asked of the service since the last look, by method and route. */
function countsOf(rig: IntegrationRig): Record<string, number> {
  const { byRoute } = rig.simulator.stats();
  rig.simulator.requests.clear();
  return { ...byRoute };
}

describe('1,000 flows of which 10 were changed by hand', () => {
  let rig: IntegrationRig;
  let before: ReadonlyMap<string, FlowState>;
  let drifted: readonly string[];
  let report: OrgRunReport;
  let requests: readonly LoggedRequest[];
  let counts: Readonly<Record<string, number>>;

  beforeAll(async () => {
    // so that some writes land while a reload is under way
    const simulator = { latencyMs: { minMs: 0, maxMs: 25 }, reloadLatencyMs: 40 };
    rig = await IntegrationRig.start({ orgs: [{ flows: FLOWS }], simulator });
    drifted = rig.flows().flatMap(({ id }, i) => (i % (FLOWS / DRIFTED) === 7 ? [id] : []));
    for (const id of drifted)
      rig.org().edit(
        id,
        {
          routing: { maxWaitTime: 7, priority: 3 },
          configurationMatrix: { parameter_03: { value: 'voicemail' } },
          prompts: { language: 'fr-fr' },
          extra: { kept: true },
        },
        { by: 'Sam Supervisor' },
      );
    before = new Map(
      rig
        .org()
        .flows()
        .map((flow) => [flow.id, flow]),
    );
    report = await rig.reconcile();
    requests = rig.simulator.requests.list();
    counts = countsOf(rig);
  });

  afterAll(() => rig.close());

  test('each is written once, and nothing else is', () => {
    expect(exitCodeOf(report)).toBe(0);
    const patches = requests.filter(({ method }) => method === 'PATCH');
    expect(patches.map(({ flowId }) => flowId).toSorted()).toEqual(drifted.toSorted());
    expect(patches.every(({ status }) => status === 200)).toBe(true);
    expect(report.outcomes.map(({ status }) => status)).toEqual(Array(DRIFTED).fill('applied'));
  });

  test('each write names the version after the one that was live', () => {
    for (const { body, flowId } of requests.filter(({ method }) => method === 'PATCH')) {
      const known = before.get(flowId ?? '')?.version ?? NaN;
      expect(body).toMatchObject({ flowId, version: known + 1 });
      expect(rig.org().flow(flowId ?? '').version).toBe(known + 1);
    }
  });

  test('each write is followed by a reload that started after it was stored', () => {
    const reloads = requests.filter(({ route }) => route === RELOAD_ROUTE);
    for (const { appliedSequence } of requests.filter(({ method }) => method === 'PATCH')) {
      const after = reloads.filter(({ sequence }) => sequence > (appliedSequence ?? Infinity));
      expect(after.some(({ status }) => status === 200)).toBe(true);
    }
    expect(rig.org().pendingReload()).toEqual([]);
    expect(overlapsOf(rig.simulator.violations(), requests)).toEqual([]);
  });

  test('what git declares is restored and in effect, and what it does not declare is as it was', () => {
    for (const seed of rig.flows()) {
      const flow = rig.org().flow(seed.id);
      const live = before.get(seed.id)?.settings;
      const wanted = drifted.includes(seed.id)
        ? {
            ...live,
            routing: { ...(seed.settings['routing'] as object), priority: 3 },
            configurationMatrix: seed.settings['configurationMatrix'],
          }
        : seed.settings;
      expect(flow.settings).toEqual(wanted);
      expect(flow.inEffect).toEqual(wanted);
    }
  });

  test('it costs a page per hundred flows, and a read, a write and a read for each changed one', () => {
    const { [`POST ${RELOAD_ROUTE}`]: reloads = 0, ...rest } = counts;
    expect(rest).toEqual({
      [TOKEN]: 1,
      [`GET ${LIST_ROUTE}`]: FLOWS / 100,
      [`GET ${FLOW_ROUTE}`]: 2 * DRIFTED,
      [`PATCH ${FLOW_ROUTE}`]: DRIFTED,
      // one look for each kind that some flow's applyTo names
      'GET /api/v2/routing/queues': 1,
      'GET /api/v2/users': 1,
      'GET /api/v2/teams': 1,
    });
    // shared by those who were written at about the same time
    expect(reloads).toBeGreaterThanOrEqual(1);
    expect(reloads).toBeLessThanOrEqual(DRIFTED);
  });

  test('one commit records it: a status file for each flow, a snapshot and an audit record for each write', async () => {
    const commits = await rig.repository.log(STATUS_BRANCH);
    expect(commits).toHaveLength(1);
    const [commit] = commits;
    expect(commit?.subject).toBe('flowkeeper(acme): 10 applied; 1000 live flows [skip ci]');
    expect(commit?.author).toBe('flowkeeper <flowkeeper@localhost>');
    expect(commit?.message.split('\n')).toEqual(
      expect.arrayContaining([
        `Flowkeeper-Run: ${report.runId}`,
        `Flowkeeper-Source: ${(await rig.repository.head()) ?? ''}`,
      ]),
    );

    const paths = [...(await rig.statusFiles()).keys()];
    const statusPaths = rig.flows().map(({ id }) => `status/acme/${id.slice(0, 2)}/${id}.yaml`);
    const snapshotPaths = drifted.map(
      (id) => `snapshots/acme/${id}/${String(before.get(id)?.version)}.json`,
    );
    const rest = ['audit/acme/2026-11.jsonl', 'orgs/acme.yaml'];
    expect(paths).toEqual([...statusPaths, ...snapshotPaths, ...rest].toSorted());
  });

  test('the snapshots hold the settings from before the writes', async () => {
    const files = await rig.statusFiles();
    for (const id of drifted) {
      const flow = before.get(id);
      const path = `snapshots/acme/${id}/${String(flow?.version)}.json`;
      const snapshot = JSON.parse(files.get(path) ?? '{}') as Record<string, unknown>;
      expect(snapshot['settings']).toEqual(flow?.settings);
    }
  });

  test('the audit tells each write once, in a chain that an auditor can verify', async () => {
    const records = await rig.audit();
    expect(records.map(({ flowId }) => flowId).toSorted()).toEqual(drifted.toSorted());
    for (const record of records) {
      expect(record).toMatchObject({
        event: 'flow.updated',
        status: 'applied',
        runId: report.runId,
        author: 'Ada Lovelace <ada@example.com>',
        details: { liveChangedBy: 'Sam Supervisor' },
      });
      expect(record.beforeHash).not.toBe(record.afterHash);
    }
  });

  test('every status file says that its flow is in sync, and since which revision', async () => {
    const head = await rig.repository.head();
    const statuses = await rig.statuses();
    expect(statuses.size).toBe(FLOWS);
    for (const [id, status] of statuses) {
      expect(status).toMatchObject({
        state: 'InSync',
        differences: [],
        lastAppliedRevision: head,
        liveVersion: rig.org().flow(id).version,
      });
      expect(status.lastOutcome?.status).toBe(drifted.includes(id) ? 'applied' : undefined);
    }
  });

  test('the same again reads the list and no more, and records nothing', async () => {
    rig.simulator.requests.clear();
    const tip = await rig.repository.head(STATUS_BRANCH);
    const again = await rig.reconcile();
    expect(exitCodeOf(again)).toBe(0);
    expect(countsOf(rig)).toEqual({ [`GET ${LIST_ROUTE}`]: FLOWS / 100 });
    expect(again.publishing).toEqual({ kind: 'nothing' });
    expect(await rig.repository.head(STATUS_BRANCH)).toBe(tip);
  });

  test('so does a fresh process on the same state, which reads no file of git again', async () => {
    rig.simulator.requests.clear();
    const tip = await rig.repository.head(STATUS_BRANCH);
    const { source, blobsRead } = countingSource(rig);
    await rig.app({ source });
    const again = await rig.reconcile();
    expect(exitCodeOf(again)).toBe(0);
    expect(countsOf(rig)).toEqual({ [TOKEN]: 1, [`GET ${LIST_ROUTE}`]: FLOWS / 100 });
    expect(blobsRead()).toEqual([]);
    expect(await rig.repository.head(STATUS_BRANCH)).toBe(tip);
  });

  test('after a commit only the changed file is read', async () => {
    const { source, blobsRead } = countingSource(rig);
    await rig.app({ source });
    await rig.reconcile();
    const path = `desired-state/${ACME}/policy.yaml`;
    const policy = (await rig.repository.files()).get(path) ?? '';
    await rig.repository.commit({ [path]: `${policy}# a remark\n` });
    const report = await rig.reconcile();
    expect(exitCodeOf(report)).toBe(0);
    expect(blobsRead()).toEqual([(await rig.repository.run('rev-parse', `main:${path}`)).trim()]);
  });

  test('a revert of one flow costs one read, one write and one look beside the pages, and restores it', async () => {
    const flow = rig.flows()[500]!;
    const path = flowPath(ACME, flow.id);
    await rig.repository.commit({ [path]: flowFile(flow, { routing: { maxWaitTime: 9 } }) });
    await rig.reconcile();
    expect(rig.org().flow(flow.id).inEffect).toMatchObject({ routing: { maxWaitTime: 9 } });
    await rig.repository.commit({ [path]: flowFile(flow) });
    countsOf(rig);

    const { outcomes } = await rig.reconcile();

    expect(outcomes).toMatchObject([{ flowId: flow.id, status: 'applied' }]);
    expect(countsOf(rig)).toMatchObject({
      [`GET ${LIST_ROUTE}`]: FLOWS / 100,
      [`GET ${FLOW_ROUTE}`]: 2,
      [`PATCH ${FLOW_ROUTE}`]: 1,
      [`POST ${RELOAD_ROUTE}`]: 1,
    });
    expect(rig.org().flow(flow.id).inEffect).toMatchObject({ routing: flow.settings['routing'] });
    const record = (await rig.audit()).at(-1);
    expect(record).toMatchObject({ flowId: flow.id, details: { kind: 'revert' } });
  });
});

function countingSource(rig: IntegrationRig): {
  readonly source: DesiredSource;
  readonly blobsRead: () => readonly string[];
} {
  const { config, log } = rig;
  const mirrorDirectory = `${rig.stateFolder}/source.git`;
  const real = makeSimpleGitSource({ ...config.source, mirrorDirectory }, { log });
  const read: string[] = [];
  return {
    blobsRead: () => read,
    source: {
      pinHead: (signal) => real.pinHead(signal),
      pin: (ref, signal) => real.pin(ref, signal),
      mergeBase: (a, b, signal) => real.mergeBase(a, b, signal),
      files: (pinned, signal) => real.files(pinned, signal),
      firstParent: (pinned, signal) => real.firstParent(pinned, signal),
      mergeOf: (pinned, revision, signal) => real.mergeOf(pinned, revision, signal),
      lastChange: (pinned, path, signal) => real.lastChange(pinned, path, signal),
      blobs: (ids, signal) => {
        read.push(...ids);
        return real.blobs(ids, signal);
      },
    },
  };
}
