import type { ErrorCode } from './error-details.ts';
import type { ExitCode } from './error-catalog.ts';
import type { FlowId, OrgName, Revision } from './flow.ts';
import type { OutcomeStatus } from './outcome.ts';

/**
 * Why to look again: the controller started; its time came (`interval`); something is to be tried again (`retry`);
 * polling found that git moved (`git`); somebody says that it may have (`push`); a person asks (`person`).
 */
export type TriggerReason = 'start' | 'interval' | 'retry' | 'git' | 'push' | 'person';

export interface NewTrigger {
  readonly org: OrgName;
  readonly reason: TriggerReason;
  /** Epoch ms. */
  readonly at: number;
  /** Whoever or whatever said so, for people. */
  readonly by?: string;
}

/** "Look again", accepted for good: a run that starts after it answers it. */
export interface Trigger extends NewTrigger {
  /** Counts up over all orgs, and is never given twice. */
  readonly number: number;
}

/** A flow that a run left for later, or for a person. */
export interface WaitingFlow {
  readonly flowId: FlowId;
  readonly name: string;
  readonly status: OutcomeStatus;
  readonly reason?: string;
  /** Epoch ms. */
  readonly retryAt?: number;
}

/** What is remembered of a run that is over. */
export interface RunEntry {
  readonly org: OrgName;
  readonly runId: string;
  readonly revision: Revision;
  /** Epoch ms. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly exitCode: ExitCode;
  /** In a line. */
  readonly summary: string;
  /** Outcomes by status. */
  readonly outcomes: Readonly<Partial<Record<OutcomeStatus, number>>>;
  /** Of the plan; missing when the run ended before there was one. */
  readonly counts?: {
    readonly live: number;
    readonly inSync: number;
    readonly changes: number;
    readonly missing: number;
    readonly unmanaged: number;
    readonly invalid: number;
  };
  /** What a gate on the plan said, if it held it. */
  readonly held?: string;
  /** Digest of the plan that the gate `mass-change` holds: a person who approves it approves exactly this plan. */
  readonly heldPlan?: string;
  /** At most 20. */
  readonly waiting: readonly WaitingFlow[];
  /** What ended it early. */
  readonly error?: { readonly code: ErrorCode; readonly message: string };
}
