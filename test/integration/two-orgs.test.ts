import { afterEach, describe, expect, test } from '@jest/globals';
import { createApp } from '../../src/app/create-app.ts';
import type { App } from '../../src/app/create-app.ts';
import { silentObserver } from '../../src/app/silent.ts';
import { exitCodeOf } from '../../src/engine/run-report.ts';
import type { Fault } from '../../src/simulator/fault.ts';
import { flowFile, flowPath } from '../support/desired-files.ts';
import { IntegrationRig, LIST_ROUTE, STATUS_BRANCH } from '../support/integration-rig.ts';
import type { RigOptions } from '../support/integration-rig.ts';

const ONE = 'acme';
const TWO = 'acme-2';

describe('two orgs in one config and one repository', () => {
  let rig: IntegrationRig;
  const apps: App[] = [];

  afterEach(async () => {
    await Promise.all(apps.splice(0).map((app) => app.close()));
    await rig.close();
  });

  async function start(options: RigOptions = {}): Promise<void> {
    rig = await IntegrationRig.start({ orgs: [{}, {}], ...options });
    const reports = await rig.reconcileAll();
    expect(reports.map(exitCodeOf)).toEqual([0, 0]);
  }

  /** Somebody moves the first flow of both orgs. */
  function drift(): void {
    for (const org of [ONE, TWO]) {
      const id = rig.flows(org)[0]!.id;
      rig.org(org).edit(id, { routing: { maxWaitTime: 9 } }, { by: 'Sam Supervisor' });
    }
  }

  const firstOf = (org: string): object => rig.org(org).flow(rig.flows(org)[0]!.id).inEffect;
  const seedOf = (org: string): object => rig.flows(org)[0]!.settings;

  test('each has its own run, records and audit chain', async () => {
    await start();
    drift();
    const reports = await rig.reconcileAll();
    expect(reports.map(({ org, outcomes }) => [org, outcomes.length])).toEqual([
      [ONE, 1],
      [TWO, 1],
    ]);
    for (const org of [ONE, TWO]) {
      expect(firstOf(org)).toEqual(seedOf(org));
      expect([...(await rig.statuses(org)).keys()].toSorted()).toEqual(
        rig
          .flows(org)
          .map(({ id }) => id)
          .toSorted(),
      );
      expect(await rig.audit(org)).toHaveLength(1);
    }
    expect(await rig.statusCommits()).toBe(4);
  });

  test('one of them alone leaves the other as it is', async () => {
    await start();
    drift();
    const reports = await rig.reconcileAll({ orgs: [TWO] });
    expect(reports.map(({ org }) => org)).toEqual([TWO]);
    expect(firstOf(TWO)).toEqual(seedOf(TWO));
    expect(firstOf(ONE)).not.toEqual(seedOf(ONE));
  });

  test.each<{ readonly name: string; readonly fault: Fault; readonly code: string }>([
    { name: 'fails with 500', fault: { kind: 'status', status: 500 }, code: 'api.server-error' },
    { name: 'refuses with 403', fault: { kind: 'status', status: 403 }, code: 'api.forbidden' },
    { name: 'shows a proxy’s HTML', fault: { kind: 'garbage' }, code: 'api.bad-answer' },
    { name: 'resets every connection', fault: { kind: 'reset' }, code: 'api.reset' },
    { name: 'never answers', fault: { kind: 'hang' }, code: 'api.timeout' },
  ])('an org that $name holds nobody else, and keeps its statuses', async ({ fault, code }) => {
    await start({
      speed: 100,
      orgs: [{ config: { timeouts: { answer: '250ms' } } }, {}],
    });
    const before = await rig.statuses(ONE);
    drift();
    const orgId = rig.org(ONE).orgId;
    rig.simulator.faults.add({ ...fault, orgId, path: `${LIST_ROUTE}*` });

    const [one, two] = await rig.reconcileAll();
    expect(one).toMatchObject({ org: ONE, error: { code }, outcomes: [] });
    expect(two?.outcomes).toMatchObject([{ status: 'applied' }]);
    expect(firstOf(TWO)).toEqual(seedOf(TWO));
    expect(rig.patches(ONE)).toEqual([]);
    expect(await rig.statuses(ONE)).toEqual(before);
    expect(await rig.orgStatus(ONE)).toMatchObject({ state: 'Unreadable', code });
    expect(await rig.orgStatus(TWO)).toMatchObject({ state: 'Ready' });

    // as long as it lasts, there is nothing new to record
    const tip = await rig.repository.head(STATUS_BRANCH);
    await rig.reconcileAll();
    expect(await rig.repository.head(STATUS_BRANCH)).toBe(tip);

    rig.simulator.faults.clear();
    expect((await rig.reconcileAll()).map(exitCodeOf)).toEqual([0, 0]);
    expect(firstOf(ONE)).toEqual(seedOf(ONE));
    const ready = await rig.orgStatus(ONE);
    expect(ready).toMatchObject({ state: 'Ready' });
    expect(ready).not.toHaveProperty('code');
  });

  test('nobody listens where one of them should be', async () => {
    rig = await IntegrationRig.start({
      speed: 100,
      // a port that nobody can have opened
      orgs: [{ config: { environment: 'http://127.0.0.1:1' } }, {}],
    });
    const [one, two] = await rig.reconcileAll();
    expect(one).toMatchObject({ error: { code: 'api.unreachable' } });
    expect(two && exitCodeOf(two)).toBe(0);
    expect((await rig.statuses(ONE)).size).toBe(0);
    expect((await rig.statuses(TWO)).size).toBe(rig.flows(TWO).length);
    expect(await rig.orgStatus(ONE)).toMatchObject({ state: 'Unreadable' });
  });

  test('a bad policy stops its own org only', async () => {
    await start();
    drift();
    await rig.repository.commit({ [`desired-state/${ONE}/policy.yaml`]: 'mode: enfroce\n' });
    rig.simulator.requests.clear();
    const reports = await rig.reconcileAll();
    expect(reports.map(exitCodeOf)).toEqual([3, 0]);
    expect(rig.simulator.requests.list({ orgId: rig.org(ONE).orgId })).toEqual([]);
    expect(firstOf(TWO)).toEqual(seedOf(TWO));
  });

  test('two controllers that push to one status branch lose nothing', async () => {
    rig = await IntegrationRig.start({ orgs: [{}, {}], speed: 20 });
    const [one, two] = await Promise.all(
      [ONE, TWO].map(async (name) => {
        const app = await createApp(
          {
            ...rig.config,
            orgs: rig.config.orgs.filter((org) => org.name === name),
            state: { directory: `${rig.stateFolder}-${name}` },
          },
          { observer: silentObserver, log: rig.log, clock: rig.clock },
        );
        apps.push(app);
        return app;
      }),
    );
    const signal = new AbortController().signal;
    const rounds = 4;
    for (let round = 0; round < rounds; round += 1) {
      drift();
      const reports = await Promise.all([one!.reconcile({}, signal), two!.reconcile({}, signal)]);
      expect(reports.flat().map(exitCodeOf)).toEqual([0, 0]);
    }
    for (const org of [ONE, TWO]) {
      expect((await rig.statuses(org)).size).toBe(rig.flows(org).length);
      expect(await rig.audit(org)).toHaveLength(rounds);
    }
    expect(await rig.statusCommits()).toBe(2 * rounds);
  });

  test('a change of a shared base reaches the flows of both that extend it, and no other', async () => {
    await start();
    const nth = (org: string, index: number): string => rig.flows(org)[index]!.id;
    const extending = [ONE, TWO].map((org) => {
      const flow = rig.flows(org)[1]!;
      const file = flowFile(flow, { rest: { extends: '../../../_shared/ivr.yaml' } });
      return [flowPath(org, flow.id), file] as const;
    });
    const base = (volume: number): string => `settings: { audio: { volume: ${String(volume)} } }\n`;
    await rig.repository.commit({
      ...Object.fromEntries(extending),
      'desired-state/_shared/ivr.yaml': base(3),
    });
    await rig.reconcileAll();
    await rig.repository.commit({ 'desired-state/_shared/ivr.yaml': base(4) });
    rig.simulator.requests.clear();
    await rig.reconcileAll();
    for (const org of [ONE, TWO]) {
      expect(rig.patches(org).map(({ flowId }) => flowId)).toEqual([nth(org, 1)]);
      expect(rig.org(org).flow(nth(org, 1)).inEffect).toMatchObject({ audio: { volume: 4 } });
    }
  });
});
