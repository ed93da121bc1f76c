import { afterEach, describe, expect, test } from '@jest/globals';
import { exitCodeOf } from '../../src/engine/run-report.ts';
import type { OrgRunReport } from '../../src/engine/run-report.ts';
import { PERMISSIONS } from '../../src/simulator/options.ts';
import { flowFile, flowPath } from '../support/desired-files.ts';
import { runRigCli } from '../support/run-cli.ts';
import {
  ACME,
  IntegrationRig,
  policyPath,
  STATUS_BRANCH,
  SWIFT_POLICY,
} from '../support/integration-rig.ts';
import type { RigOptions } from '../support/integration-rig.ts';

const DAY_MS = 24 * 3_600_000;
const CLIENT = `flowkeeper-${ACME}`;

describe('gates', () => {
  let rig: IntegrationRig;

  afterEach(() => rig.close());

  async function start(options?: RigOptions): Promise<void> {
    rig = await IntegrationRig.start(options);
  }

  const idOf = (nth: number): string => rig.flows()[nth]!.id;
  const drift = (nth: number): void => {
    rig.org().edit(idOf(nth), { routing: { maxWaitTime: 9 } }, { by: 'Sam Supervisor' });
  };
  const goOnOf = ({ verdict }: OrgRunReport): string =>
    verdict?.kind === 'deny' ? verdict.goOn : '';
  const statesOf = async (): Promise<Record<string, number>> => {
    const counts: Record<string, number> = {};
    for (const { state } of (await rig.statuses()).values())
      counts[state] = (counts[state] ?? 0) + 1;
    return counts;
  };

  describe('mass change', () => {
    /** So many flows that differ that the policy holds them. */
    async function startHeld(
      flows: number,
      drifted: number,
      massChange = {},
    ): Promise<OrgRunReport> {
      await start({ orgs: [{ flows, policy: { ...SWIFT_POLICY, massChange } }] });
      for (let nth = 0; nth < drifted; nth += 1) drift(nth);
      return rig.reconcile();
    }
    const startHeldByFive = (): Promise<OrgRunReport> => startHeld(20, 6, { maxFlows: 5 });

    test('a plan above the limit is denied as a whole, and everything is recorded as blocked', async () => {
      const report = await startHeld(200, 60);
      expect(exitCodeOf(report)).toBe(4);
      expect(report.verdict).toMatchObject({ kind: 'deny', gate: 'mass-change' });
      expect(report.outcomes).toEqual([]);
      expect(rig.patches()).toEqual([]);
      expect(await statesOf()).toEqual({ Blocked: 60, InSync: 140 });
      expect((await rig.statuses()).get(idOf(0))).toMatchObject({
        conditions: [{ type: 'Ready', status: false, reason: 'mass-change' }],
        differences: [{ path: '/routing/maxWaitTime', live: 9 }],
      });
      expect(await rig.orgStatus()).toMatchObject({ state: 'Held' });

      const tip = await rig.repository.head(STATUS_BRANCH);
      expect(exitCodeOf(await rig.reconcile())).toBe(4);
      expect(await rig.repository.head(STATUS_BRANCH)).toBe(tip);
    });

    test('the command that it prints goes on, and who gave it is audited and in the history of each flow', async () => {
      const [, ...command] = goOnOf(await startHeldByFive())
        .split(', or set ')[0]!
        .split(' ');
      const report = await runRigCli(rig, ...command, '--by', 'Ada');
      expect(report.stdout).toContain('approved, which is audited: 6 flows would be written');
      expect(report.exitCode).toBe(0);
      expect(rig.patches()).toHaveLength(6);
      expect(rig.org().pendingReload()).toEqual([]);
      expect(await statesOf()).toEqual({ InSync: 20 });
      const [approval, ...writes] = await rig.audit();
      expect(writes).toHaveLength(6);
      expect(approval).toMatchObject({ event: 'plan.approved', flowId: null, seq: 1 });
      expect(approval?.details['by']).toBe('Ada');
      const planDigest = command.at(-1);
      for (const record of [approval, ...writes]) expect(record?.planDigest).toBe(planDigest);
      const history = await runRigCli(rig, 'history', idOf(0));
      expect(history.stdout).toContain('the plan was approved by Ada');
      expect(await rig.orgStatus()).toMatchObject({ state: 'Ready' });
    });

    test.each<{ readonly name: string; readonly change: () => unknown }>([
      {
        name: 'one more flow that differs',
        change: () => {
          drift(6);
        },
      },
      {
        name: 'another version of one of the flows',
        change: () => rig.org().edit(idOf(0), { prompts: { language: 'it' } }, { by: 'Sam' }),
      },
      {
        name: 'a commit',
        change: () => {
          const file = flowFile(rig.flows()[1]!, { routing: { maxWaitTime: 8 } });
          return rig.repository.commit({ [flowPath(ACME, idOf(1))]: file });
        },
      },
    ])('an approval is void after $name', async ({ change }) => {
      const held = await startHeldByFive();
      const approvedDigest = /[0-9a-f]{64}/.exec(goOnOf(held))?.[0] ?? '';
      await Promise.resolve(change());
      const report = await rig.reconcile({ approvedDigest });
      expect(exitCodeOf(report)).toBe(4);
      expect(report.verdict).toMatchObject({ kind: 'deny' });
      expect(goOnOf(report)).not.toContain(approvedDigest);
      expect(rig.patches()).toEqual([]);
    });
  });

  describe('dependencies', () => {
    /** Flow 0 leans on everything there is, flow 1 on queues only. */
    async function startLeaning(requires: object = {}): Promise<void> {
      await start();
      const lean = (nth: number, applyTo: string[], rest = {}): string =>
        flowFile(rig.flows()[nth]!, {
          routing: { maxWaitTime: 77 },
          blocks: { scopeDirectives: { applyTo } },
          rest,
        });
      await rig.repository.commit({
        [flowPath(ACME, idOf(0))]: lean(0, ['queue', 'user', 'team'], { requires }),
        [flowPath(ACME, idOf(1))]: lean(1, ['queue']),
      });
    }

    test('a queue that the org does not have blocks the flow that names it, and no other', async () => {
      await startLeaning({ queues: ['Support', 'Night Desk'], teams: ['Front Line'] });
      const report = await rig.reconcile();
      expect(exitCodeOf(report)).toBe(2);
      expect(rig.patches().map(({ flowId }) => flowId)).toEqual([idOf(1)]);
      const blocked = report.outcomes.find(({ flowId }) => flowId === idOf(0));
      expect(blocked?.status).toBe('blocked');
      expect(blocked?.reason).toContain('missing queue "Night Desk"');
      expect((await rig.statuses()).get(idOf(0))?.state).toBe('Blocked');

      rig.org().addToDirectory('queues', 'Night Desk');
      expect(exitCodeOf(await rig.reconcile())).toBe(0);
    });

    test('a 403 on a kind that applyTo names blocks with the permission that is missing', async () => {
      await startLeaning();
      rig.org().setPermissions(
        CLIENT,
        PERMISSIONS.filter((permission) => permission !== 'groups:team:view'),
      );
      const report = await rig.reconcile();
      expect(exitCodeOf(report)).toBe(2);
      expect(rig.patches().map(({ flowId }) => flowId)).toEqual([idOf(1)]);
      const status = (await rig.statuses()).get(idOf(0));
      expect(status).toMatchObject({
        state: 'Blocked',
        conditions: [{ type: 'Ready', status: false, reason: 'dependencies' }],
      });
      expect(status?.conditions[0]?.message).toContain('groups:team:view');

      rig.org().setPermissions(CLIENT, PERMISSIONS);
      expect(exitCodeOf(await rig.reconcile())).toBe(0);
    });

    test('a look-up that fails is not an answer: the flow waits', async () => {
      await startLeaning({ users: ['Ada Okafor'] });
      await rig.stop();
      rig.simulator.faults.add({ kind: 'garbage', path: '/api/v2/users*' });
      const report = await rig.reconcile();
      expect(exitCodeOf(report)).toBe(2);
      expect(report.outcomes.find(({ flowId }) => flowId === idOf(0))?.status).toBe('deferred');
      expect(rig.patches().map(({ flowId }) => flowId)).toEqual([idOf(1)]);
    });

    test('without the permission to edit, every write fails by name and nothing is changed', async () => {
      await startLeaning();
      rig.org().setPermissions(
        CLIENT,
        PERMISSIONS.filter((permission) => permission !== 'architect:flow:edit'),
      );
      const report = await rig.reconcile();
      expect(exitCodeOf(report)).toBe(1);
      expect(report.outcomes.map(({ status, code }) => [status, code])).toEqual([
        ['failed', 'api.forbidden'],
        ['failed', 'api.forbidden'],
      ]);
      expect(report.outcomes[0]?.reason).toContain('architect:flow:edit');
      expect(rig.org().flow(idOf(0)).settings).toEqual(rig.flows()[0]?.settings);
      expect(rig.org().pendingReload()).toEqual([]);
    });
  });

  test('what depends on another flow is written after it, and not when that one fails', async () => {
    await start();
    const changed = { routing: { maxWaitTime: 77 } };
    await rig.repository.commit({
      [flowPath(ACME, idOf(0))]: flowFile(rig.flows()[0]!, {
        ...changed,
        rest: { dependsOn: [idOf(3)] },
      }),
      [flowPath(ACME, idOf(3))]: flowFile(rig.flows()[3]!, changed),
    });
    rig.simulator.faults.add({ kind: 'status', status: 403, method: 'PATCH', flowId: idOf(3) });
    const report = await rig.reconcile();
    expect(exitCodeOf(report)).toBe(1);
    expect(rig.patches().map(({ flowId }) => flowId)).toEqual([idOf(3)]);
    expect(report.outcomes.find(({ flowId }) => flowId === idOf(0))?.status).toBe('deferred');

    rig.simulator.faults.clear();
    rig.simulator.requests.clear();
    expect(exitCodeOf(await rig.reconcile())).toBe(0);
    expect(rig.patches().map(({ flowId }) => flowId)).toEqual([idOf(3), idOf(0)]);
  });

  test('what is suspended or only reported is compared and never written', async () => {
    await start();
    const changed = { routing: { maxWaitTime: 77 } };
    await rig.repository.commit({
      [flowPath(ACME, idOf(0))]: flowFile(rig.flows()[0]!, {
        ...changed,
        rest: { suspend: { reason: 'INC-4711', until: '2026-11-25' } },
      }),
      [flowPath(ACME, idOf(1))]: flowFile(rig.flows()[1]!, {
        ...changed,
        rest: { mode: 'report' },
      }),
    });
    const report = await rig.reconcile();
    expect(exitCodeOf(report)).toBe(2);
    expect(rig.patches()).toEqual([]);
    const statuses = await rig.statuses();
    expect(statuses.get(idOf(0))?.state).toBe('Suspended');
    expect(statuses.get(idOf(1))?.state).toBe('Drifted');

    // the suspension runs out by itself
    rig.clock.advance(2 * DAY_MS);
    await rig.reconcile();
    expect(rig.patches().map(({ flowId }) => flowId)).toEqual([idOf(0)]);
  });

  test('an org that only reports is told everything and changes nothing', async () => {
    await start();
    drift(0);
    await rig.repository.commit({ [policyPath()]: 'mode: report\n' });
    const report = await rig.reconcile();
    expect(exitCodeOf(report)).toBe(2);
    expect(rig.patches()).toEqual([]);
    expect(rig.simulator.stats().byRoute).not.toHaveProperty('POST /api/v2/architect/flows/reload');
    expect(await statesOf()).toEqual({ Drifted: 1, InSync: 5 });
    expect(await rig.orgStatus()).toMatchObject({ state: 'Reporting' });
  });

  test('a freeze holds everything but a revert', async () => {
    const freeze = [{ name: 'black friday', from: '2026-11-27', until: '2026-11-29' }];
    await start({ orgs: [{ policy: { ...SWIFT_POLICY, freeze } }] });
    await rig.reconcile();
    const changed = flowFile(rig.flows()[0]!, { routing: { maxWaitTime: 77 } });
    const merged = await rig.repository.commit({ [flowPath(ACME, idOf(0))]: changed });
    expect(exitCodeOf(await rig.reconcile())).toBe(0);
    rig.simulator.requests.clear();

    rig.clock.advance(3 * DAY_MS);
    drift(1);
    await rig.repository.revert(merged);
    const frozen = await rig.reconcile();
    expect(exitCodeOf(frozen)).toBe(2);
    expect(rig.patches().map(({ flowId }) => flowId)).toEqual([idOf(0)]);
    expect((await rig.statuses()).get(idOf(1))?.state).toBe('Deferred');

    rig.clock.advance(3 * DAY_MS);
    expect(exitCodeOf(await rig.reconcile())).toBe(0);
    expect(rig.patches().map(({ flowId }) => flowId)).toEqual([idOf(0), idOf(1)]);
  });
});
