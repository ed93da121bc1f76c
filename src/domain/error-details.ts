import type { Diagnostic } from './diagnostic.ts';
import type { SignatureFault } from './unverified-head.ts';

/** What every failed call of the org's API can tell. */
export interface ApiFacts {
  readonly method: string;
  /** Without the query's values. */
  readonly url: string;
  readonly status?: number;
  /** The service's own id of the call (ININ-Correlation-Id, contextId). */
  readonly correlationId?: string;
}

/** Which org's time ran out, and how long it was. */
interface OrgTime {
  readonly org: string;
  readonly afterMs: number;
}

/** What each error code carries beside its message. */
interface ErrorDetails {
  'api.unreachable': ApiFacts & { readonly reason: string };
  'api.timeout': ApiFacts & {
    /** No connection in time is api.unreachable: nothing was sent. */
    readonly phase: 'answer' | 'call';
    readonly afterMs: number;
  };
  'api.reset': ApiFacts & { readonly reason: string };
  'api.server-error': ApiFacts & { readonly retryAfterMs?: number; readonly body: string };
  'api.conflict': ApiFacts & { readonly flowId: string };
  /** `retryAfterMs` undefined: the service named no delay. */
  'api.rate-limited': ApiFacts & { readonly retryAfterMs?: number };
  'api.unauthorized': ApiFacts;
  'api.forbidden': ApiFacts & { readonly permission?: string };
  'api.not-found': ApiFacts;
  'api.refused': ApiFacts & { readonly code?: string; readonly body: string };
  'api.bad-answer': ApiFacts & { readonly reason: string };
  /** `status`: of the answer whose body was too long. */
  'api.too-large': ApiFacts & { readonly maxBytes: number; readonly status?: number };
  'api.page-fault': ApiFacts & { readonly reason: string };
  'api.token-refused': ApiFacts & { readonly reason: string };
  'git.unreachable': { readonly remote: string; readonly reason: string };
  'git.auth-failed': { readonly remote: string };
  'git.no-branch': { readonly remote: string; readonly branch: string };
  'git.no-revision': { readonly remote: string; readonly revision: string };
  /** `commit` of the head is the one at fault. */
  'git.unverified': {
    readonly revision: string;
    readonly commit: string;
    readonly fault: SignatureFault;
  };
  'git.failed': { readonly command: string; readonly exitCode: number; readonly reason: string };
  'git.timeout': { readonly command: string; readonly afterMs: number };
  'git.push-rejected': {
    readonly remote: string;
    readonly branch: string;
    readonly attempts: number;
  };
  'config.missing': { readonly file: string };
  'config.invalid': { readonly diagnostics: readonly Diagnostic[] };
  /** `keys` of the config that changed and are read at the start only. */
  'config.needs-restart': { readonly keys: readonly string[] };
  'desired.invalid': { readonly org: string; readonly diagnostics: readonly Diagnostic[] };
  'desired.no-org': { readonly org: string; readonly directory: string };
  'state.busy': { readonly org: string; readonly holder: string };
  'state.lease-lost': { readonly org: string };
  'state.in-use': { readonly directory: string };
  /** There is nothing to rebuild. */
  'state.whole': { readonly file: string };
  'state.corrupt': { readonly file: string; readonly reason: string };
  'state.unwritable': { readonly file: string; readonly reason: string };
  /** `openAttemptId` is the attempt in the way. */
  'state.attempt-open': {
    readonly org: string;
    readonly flowId: string;
    readonly openAttemptId: string;
  };
  'state.attempt-closed': { readonly attemptId: string };
  'state.newer': { readonly file: string; readonly found: number; readonly known: number };
  'snapshot.not-durable': { readonly flowId: string; readonly reason: string };
  /** `versions`: of those that are recorded. */
  'snapshot.unknown': { readonly flowId: string; readonly versions: readonly number[] };
  'snapshot.damaged': {
    readonly flowId: string;
    readonly version: number;
    readonly reason: string;
  };
  /** Never thrown: the alert of such a flow is known by it. */
  'gate.fighting': { readonly flowId: string };
  /** `gate` is what holds it. */
  'rollback.denied': { readonly flowId: string; readonly gate: string };
  /** `during`: the phases that were under way, in words. */
  'run.deadline': {
    readonly org: string;
    readonly afterMs: number;
    readonly during: readonly string[];
  };
  'run.cancelled': { readonly org: string };
  'deadline.source': { readonly afterMs: number };
  'deadline.load': OrgTime;
  'deadline.live': OrgTime;
  'deadline.plan': OrgTime;
  'deadline.look-up': OrgTime;
  'deadline.reload': OrgTime;
  'deadline.flow': OrgTime;
  'deadline.record': OrgTime;
  'deadline.command': { readonly afterMs: number };
  /** `hint` is the next step, where it is known better than the catalogue's. */
  'cli.usage': { readonly reason: string; readonly hint?: string };
  'cli.unknown-flow': { readonly flow: string };
  /** `candidates`: `id in org` */
  'cli.ambiguous-flow': { readonly flow: string; readonly candidates: readonly string[] };
  'http.cannot-listen': { readonly address: string; readonly reason: string };
  'simulator.failed': { readonly reason: string };
  'bug.bad-transition': { readonly from: string; readonly event: string };
  'bug.unexpected': { readonly reason: string };
}

export type ErrorCode = keyof ErrorDetails;
export type DetailsOf<C extends ErrorCode> = ErrorDetails[C];
