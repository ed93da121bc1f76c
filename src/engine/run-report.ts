import type { Diagnostic, InvalidFlow } from '../domain/diagnostic.ts';
import type { ExitCode } from '../domain/error-catalog.ts';
import type { ErrorCode } from '../domain/error-details.ts';
import type { FlowId } from '../domain/flow.ts';
import type { FlowOutcome } from '../domain/outcome.ts';
import { isWritable } from '../domain/plan.ts';
import type { Plan } from '../domain/plan.ts';
import type { UnverifiedHead } from '../domain/unverified-head.ts';
import type { GateName, GateVerdict } from '../domain/verdict.ts';
import type { Published } from './publish.ts';

/** An error as a report tells it. */
export interface ReportedError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly advice: string;
  readonly exit: ExitCode;
}

/** What became of the records of a run. `kept`: not pushed, they go with the next run. */
export type Publishing =
  Published | { readonly kind: 'kept'; readonly error: ReportedError } | { readonly kind: 'off' };

/** How one run of one org ended. */
export interface OrgRunReport {
  readonly org: string;
  readonly runId: string;
  readonly revision: string;
  /** Epoch ms. */
  readonly startedAt: number;
  readonly durationMs: number;
  /** How much of it at least one request waited for the budget of the OAuth client. */
  readonly rateWaitMs: number;
  /** Undefined when the run ended before there was a plan. */
  readonly plan?: Plan;
  /** What the gates said of the plan; undefined when there was none. */
  readonly verdict?: GateVerdict;
  /** True when the org only reports (`mode: report`). */
  readonly reportOnly: boolean;
  readonly outcomes: readonly FlowOutcome[];
  /** Flows whose last write is stored, and not in effect until a reload succeeds. */
  readonly reloadPending: readonly FlowId[];
  readonly policyFaults: readonly Diagnostic[];
  readonly invalid: readonly InvalidFlow[];
  readonly publishing: Publishing;
  /** The branch's head, when it was not verified: the run was on the last one that is. */
  readonly unverified?: UnverifiedHead;
  /** What ended the run early. */
  readonly error?: ReportedError;
}

const FAILED = new Set(['failed', 'rolled-back', 'stuck', 'unresolved', 'conflict']);
const HOLDS_BACK = new Set(['rolled-back', 'stuck']);
const WAITING = new Set(['deferred', 'blocked', 'cancelled']);

/**
 * The exit code that a run deserves; of several, the one that most needs a person:
 * failed, denied by a gate, invalid, differences remain, done.
 */
export function exitCodeOf(report: OrgRunReport): ExitCode {
  if (report.error) return report.error.exit;
  const outcomes = lastOutcomesOf(report.outcomes);
  if (outcomes.some(({ status }) => FAILED.has(status))) return 1;
  const gate = denyingGate(report);
  // that the status branch cannot be pushed may be the very reason
  if (report.publishing.kind === 'kept' && gate !== 'snapshots') return 1;
  if (gate !== undefined || report.unverified) return 4;
  if (report.policyFaults.length > 0 || report.invalid.length > 0) return 3;
  return differsAfter(report) ? 2 : 0;
}

function denyingGate({ verdict }: OrgRunReport): GateName | undefined {
  return verdict?.kind === 'deny' ? verdict.gate : undefined;
}

/**
 * A flow that was recovered and then went through the machine ended as the later of the two; but that it is
 * held back is no news beside the rollback that led to it.
 */
export function lastOutcomesOf(outcomes: readonly FlowOutcome[]): readonly FlowOutcome[] {
  const last = new Map<string, FlowOutcome>();
  for (const outcome of outcomes) {
    const before = last.get(outcome.flowId);
    const isConsequence = outcome.status === 'blocked' && before && HOLDS_BACK.has(before.status);
    if (!isConsequence) last.set(outcome.flowId, outcome);
  }
  return [...last.values()];
}

/** The code of several runs: the first of 1, 4, 3, 2, 0 that one of them has. */
export function worstExitCode(codes: readonly ExitCode[]): ExitCode {
  return ([1, 4, 3, 2] as const).find((code) => codes.includes(code)) ?? 0;
}

function differsAfter(report: OrgRunReport): boolean {
  const { plan, verdict } = report;
  if (!plan) return false;
  const outcomes = lastOutcomesOf(report.outcomes);
  if (report.reloadPending.length > 0) return true;
  if (verdict?.kind === 'defer' || plan.missing.length > 0) return true;
  if (outcomes.some(({ status }) => WAITING.has(status))) return true;
  const settled = new Set(outcomes.map(({ flowId }) => flowId));
  // what nobody may write differs still, whatever a recovery ended before the plan was made
  return plan.changes.some((change) => !isWritable(change) || !settled.has(change.flowId));
}
