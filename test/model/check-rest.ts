import { exitCodeOf } from '../../src/engine/run-report.ts';
import type { OrgRunReport } from '../../src/engine/run-report.ts';
import type { FlowStatus } from '../../src/domain/flow-status.ts';
import type { FlowRecord } from '../../src/ports/state-store.ts';
import { mustHold } from './breach.ts';
import { checkAudit } from './check-audit.ts';
import { isInvalid } from './git-model.ts';
import { isMassChange, standingOf } from './standing.ts';
import type { RestingWorld, Standing } from './standing.ts';
import { ORG } from './world.ts';
import type { World } from './world.ts';

/** What must hold once a run had nothing to do any more. @throws Breach */
export async function checkRest(world: World, report: OrgRunReport): Promise<void> {
  const { policy } = world.git.head;
  mustHold(report.error === undefined, () => `at rest a run fails: ${report.error?.message ?? ''}`);
  mustHold(report.publishing.kind === 'nothing', () => 'at rest something is left to publish');
  const open = await world.state.journal.unfinished(ORG);
  const mayFinish = policy !== 'faulty' && policy.isReportOnly !== true;
  const [first] = open;
  mustHold(!mayFinish || !first, () => `at rest ${first?.attemptId ?? ''} is still open`);
  await checkAudit(world);
  checkUntouched(world);
  if (policy === 'faulty')
    mustHold(exitCodeOf(report) === 3, () => 'a policy with faults is not told by the exit code');
  else await checkFlows(world, report, new Set(open.map(({ flowId }) => flowId)));
}

/** The flow that git never described is as it was. */
function checkUntouched(world: World): void {
  const flowId = world.flowIds.at(-1) ?? '';
  mustHold(world.service.ledger.ours(flowId).length === 0, () => 'an unmanaged flow was written');
}

/** One flow, as it is and as it is told. */
interface Told {
  readonly n: number;
  readonly standing: Standing | undefined;
  readonly status: FlowStatus | undefined;
}

async function checkFlows(
  world: World,
  report: OrgRunReport,
  open: ReadonlySet<string>,
): Promise<void> {
  const records = await world.records();
  const resting = restingWorld(world, records);
  const flows = world.numbers.map((n): Told => {
    const flowId = world.flowIds[n - 1] ?? '';
    return { n, standing: standingOf(resting, n), status: records.get(flowId)?.status };
  });
  for (const flow of flows) {
    const { n, standing, status } = flow;
    if (standing) checkTold(flow, standing, open.has(world.flowIds[n - 1] ?? ''));
    else checkForgotten(world, n, status !== undefined);
  }
  checkExitCode(world, report, isMassChange(resting), flows);
}

function restingWorld(world: World, records: ReadonlyMap<string, FlowRecord>): RestingWorld {
  const recordOf = (n: number): FlowRecord | undefined => records.get(world.flowIds[n - 1] ?? '');
  return {
    git: world.git.head,
    now: world.clock.now(),
    live: (n) => world.service.live(world.flowIds[n - 1] ?? '')?.settings,
    givenBack: (n) => {
      const paths = recordOf(n)?.status.differences.map(({ path }) => path) ?? [];
      return paths.filter((path) => world.git.isGivenBack(world.git.head, n, path));
    },
    isHeldBack: (n) => {
      const record = recordOf(n);
      return record?.heldBack !== undefined && record.heldBack.hash === record.status.desiredHash;
    },
  };
}

/** @param isOpen what became of an attempt is not known, and may not be found out */
function checkTold({ n, status }: Told, standing: Standing, isOpen: boolean): void {
  const { states, differences } = standing;
  // a file that never told its flow has no status of its own
  if (!status && states[0] === 'Invalid') return;
  const is = `at rest flow ${String(n)} differs at [${differences.join(' ')}]`;
  mustHold(
    status !== undefined && (isOpen || states.includes(status.state)),
    () => `${is} and is told as ${status?.state ?? 'nothing'}; true: ${states.join(', ')}`,
  );
  const told = status.differences.map(({ path }) => path);
  const isTold = (path: string): boolean =>
    told.some((place) => path === place || path.startsWith(`${place}/`));
  const isAll = status.state === 'Invalid' || differences.every(isTold);
  mustHold(isAll, () => `${is}, and its status tells [${told.join(' ')}]`);
}

/** Of what git does not describe nothing is told, unless a file may mean it. */
function checkForgotten(world: World, n: number, isTold: boolean): void {
  const mayBeMeant = [...world.git.head.flows.values()].includes('unreadable');
  mustHold(!isTold || mayBeMeant, () => `flow ${String(n)} has no file any more, and has a status`);
}

/** 4 a gate denies the plan · 3 a file has faults · 2 something differs, or is not in effect · 0. */
function checkExitCode(
  world: World,
  report: OrgRunReport,
  isDenied: boolean,
  flows: readonly Told[],
): void {
  const differs = ({ standing }: Told): boolean =>
    standing !== undefined && standing.states[0] !== 'InSync';
  const waits = ({ status }: Told): boolean =>
    status?.conditions.some(({ type }) => type === 'ReloadPending') ?? false;
  const isFaulty = flows.some(({ n }) => isInvalid(world.git.head, n));
  const isOpen = flows.some((flow) => differs(flow) || waits(flow));
  const expected = isDenied ? 4 : isFaulty ? 3 : isOpen ? 2 : 0;
  const exit = exitCodeOf(report);
  mustHold(
    exit === expected,
    () => `at rest the exit code is ${String(exit)} and not ${String(expected)}`,
  );
}
