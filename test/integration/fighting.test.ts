import { afterEach, expect, test } from '@jest/globals';
import { isAuditHashTrue } from '../../src/domain/audit.ts';
import type { FlowStatus } from '../../src/domain/flow-status.ts';
import { exitCodeOf } from '../../src/engine/run-report.ts';
import { makePlanReport } from '../../src/plan/plan-report.ts';
import type { PlanReport } from '../../src/plan/plan-report.ts';
import { renderPlanJson } from '../../src/plan/render-plan-json.ts';
import { renderPlanText } from '../../src/plan/render-plan-text.ts';
import { expectDocument } from '../support/document-schemas.ts';
import { ACME, IntegrationRig, STATUS_BRANCH, SWIFT_POLICY } from '../support/integration-rig.ts';
import { runRigCli } from '../support/run-cli.ts';

const MINUTE_MS = 60_000;

let rig: IntegrationRig;
let id: string;
let name: string;

afterEach(() => rig.close());

/** Somebody sets the longest wait by hand. */
function edit(by: string, maxWaitTime = 9): void {
  const { settings } = rig.org().flow(id);
  const routing = { ...(settings['routing'] as object), maxWaitTime };
  rig.org().edit(id, { routing }, { by });
}

async function statusOf(): Promise<FlowStatus> {
  const status = (await rig.statuses()).get(id);
  if (!status) throw new Error('no status');
  return status;
}

/** What `plan` shows at the time of the rig. */
async function planNow(): Promise<PlanReport> {
  const app = await rig.app();
  const [report] = await app.plan({}, new AbortController().signal);
  const { plan, policy, flowVerdicts } = report ?? {};
  if (!plan || !policy || !flowVerdicts) throw new Error('no plan');
  return makePlanReport(plan, policy, { flows: flowVerdicts });
}

/** Two people, each in their own system, change a flow again after each correction. */
async function startFight(): Promise<void> {
  rig = await IntegrationRig.start({ orgs: [{ policy: { ...SWIFT_POLICY, fight: {} } }] });
  ({ id, name } = rig.flows()[0]!);
  await rig.reconcile();
  for (let i = 0; i < 5; i += 1) {
    edit(i % 2 === 0 ? 'Sam Supervisor' : 'Workforce Tool');
    rig.clock.advance(MINUTE_MS);
    expect((await rig.reconcile()).outcomes).toMatchObject([{ status: 'applied' }]);
    // each time another process
    await rig.stop();
  }
  edit('Workforce Tool');
}

test('a flow that others keep changing is left alone, told once, and nothing grows while it lasts', async () => {
  await startFight();
  const patches = rig.patches().length;
  expect(patches).toBe(5);

  // plan says so before a run does
  const planned = await planNow();
  expect(renderPlanText(planned)).toContain('(fighting): corrected 5 times since ');
  expect(renderPlanText(planned)).toContain('each time by Sam Supervisor, Workforce Tool');
  expectDocument('plan', JSON.parse(renderPlanJson(planned)));

  const report = await rig.reconcile();
  expect(exitCodeOf(report)).toBe(2);
  expect(report.outcomes).toMatchObject([{ flowId: id, status: 'deferred' }]);
  const status = await statusOf();
  expect(status).toMatchObject({
    state: 'Deferred',
    conditions: [
      { type: 'Ready', status: false, reason: 'fighting' },
      { type: 'Fighting', status: true, reason: 'Open' },
    ],
  });
  const told = status.conditions[1]?.message ?? '';
  expect(told.match(/changed by Sam Supervisor/g)).toHaveLength(3);
  expect(told.match(/changed by Workforce Tool/g)).toHaveLength(2);
  expect(told).toContain('then changed again by Workforce Tool');
  const alerts = rig.log.lines.filter(({ fields }) => fields['code'] === 'gate.fighting');
  expect(alerts).toMatchObject([{ level: 'error', fields: { flowId: id } }]);
  const audits = await rig.audit();
  expect(audits.map(({ event }) => event)).toEqual([
    ...Array.from({ length: 5 }, () => 'flow.updated'),
    'flow.fighting',
  ]);
  expect(audits.every(isAuditHashTrue)).toBe(true);

  // the breaker stays open: the same is written in the org again, and the status branch does not move
  const tip = await rig.repository.head(STATUS_BRANCH);
  for (let i = 0; i < 3; i += 1) {
    edit('Workforce Tool');
    rig.clock.advance(MINUTE_MS);
    await rig.stop();
    expect((await rig.reconcile()).outcomes).toMatchObject([{ status: 'deferred' }]);
  }
  expect(await rig.repository.head(STATUS_BRANCH)).toBe(tip);
  expect(rig.patches()).toHaveLength(patches);
  expect(rig.log.lines.filter(({ fields }) => fields['code'] === 'gate.fighting')).toHaveLength(1);

  const shown = await runRigCli(rig, 'status');
  expect(shown).toMatchObject({ exitCode: 2 });
  expect(shown.stdout).toContain(`Deferred    ${name}  ${id}`);
  expect(shown.stdout).toContain('Fighting since ');
  expect((await runRigCli(rig, 'audit', 'verify')).exitCode).toBe(0);
  const history = await runRigCli(rig, 'history', id, '--output', 'json');
  expectDocument('flow-history', JSON.parse(history.stdout));
  const { stdout } = await runRigCli(rig, 'history', id);
  expect(stdout).toMatch(/Z {2}deferred \(flow\.fighting\), run-\S+\n {2}revision /);
});

test('after the pause it is corrected once, and over when the flow stays in sync', async () => {
  await startFight();
  await rig.reconcile();
  rig.clock.advance(30 * MINUTE_MS);
  expect((await rig.reconcile()).outcomes).toMatchObject([{ status: 'applied' }]);
  expect(await statusOf()).toMatchObject({
    state: 'InSync',
    conditions: [{ type: 'Ready' }, { type: 'Fighting', reason: 'HalfOpen' }],
  });
  const watched = await runRigCli(rig, 'status');
  expect(watched).toMatchObject({ exitCode: 0 });
  expect(watched.stdout).toContain('in sync since ');
  rig.clock.advance(61 * MINUTE_MS);
  await rig.reconcile();
  expect((await statusOf()).conditions).toMatchObject([{ type: 'Ready', status: true }]);
});

test('retry corrects it at once, from another process', async () => {
  await startFight();
  await rig.reconcile();
  await rig.stop();
  const retried = await runRigCli(rig, 'retry', name);
  expect(retried).toMatchObject({ exitCode: 0, stderr: '' });
  expect(retried.stdout).toContain(
    `${name} (${id}) in ${ACME}: released; the next run tries again. It was left alone: corrected 5 times since `,
  );
  expect((await rig.reconcile()).outcomes).toMatchObject([{ status: 'applied' }]);
  expect(await statusOf()).toMatchObject({ state: 'InSync', conditions: [{ type: 'Ready' }] });
});
