import type { OutcomeStatus } from '../domain/outcome.ts';
import { FlowkeeperError } from '../domain/errors.ts';

/**
 * What happens to one flow in one run. Rows are steps, columns are what a step may report, cells are
 * where to go next. Nothing else decides the order.
 *
 * - `recover` is where an attempt goes on that a dead process left behind; `not-yet` is a write that was
 *   begun, is not there, and may still land: the attempt stays open for the flow's next way through.
 * - `patch: unknown` is a timeout, reset or 5xx after sending: `read-back` finds out; nothing is resent blindly.
 * - `snapshot: unpushed` is a snapshot that policy wants on the status branch first, and that could not be pushed.
 * - `in-doubt`: the step itself failed, and an earlier write of this attempt may still land.
 * - `reload: pending` is a reload that kept failing under `onReloadFailure: keep`.
 * - `reload-restored` makes a snapshot that was put back effective again.
 */
export const FLOW_MACHINE = {
  gate: { allow: 'intent', defer: 'end:deferred', deny: 'end:blocked' },
  intent: { recorded: 'snapshot' },
  snapshot: {
    saved: 'patch',
    settled: 'end:in-sync',
    landed: 'reload',
    moved: 'replan',
    throttled: 'end:deferred',
    failed: 'end:failed',
    unpushed: 'end:blocked',
    'in-doubt': 'end:unresolved',
  },
  replan: { again: 'snapshot', exhausted: 'end:conflict', 'in-doubt': 'end:unresolved' },
  patch: {
    accepted: 'reload',
    stale: 'replan',
    throttled: 'end:deferred',
    refused: 'end:failed',
    unknown: 'read-back',
    'in-doubt': 'end:unresolved',
  },
  'read-back': {
    landed: 'reload',
    absent: 'replan',
    foreign: 'replan',
    unreadable: 'end:unresolved',
  },
  reload: { done: 'verify', pending: 'verify', refused: 'rollback' },
  verify: {
    match: 'end:applied',
    mismatch: 'rollback',
    foreign: 'end:conflict',
    unreadable: 'end:unresolved',
  },
  rollback: {
    restored: 'reload-restored',
    foreign: 'end:stuck',
    failed: 'end:stuck',
    unreadable: 'end:unresolved',
  },
  'reload-restored': { done: 'end:rolled-back', pending: 'end:rolled-back' },
  recover: {
    landed: 'reload',
    absent: 'end:abandoned',
    'not-yet': 'end:pending',
    foreign: 'end:conflict',
    restoring: 'rollback',
    unreadable: 'end:unresolved',
  },
} as const;

type Machine = typeof FLOW_MACHINE;
export type StepName = keyof Machine;
export type EventOf<S extends StepName> = keyof Machine[S] & string;
type Target = { [S in StepName]: Machine[S][keyof Machine[S]] }[StepName];
export type EndState = Extract<Target, `end:${string}`>;
/**
 * `abandoned`: a dead process had not written anything. `pending`: its write is not there, and may still
 * land. Either way the flow is planned again, and nothing is told.
 */
export type EndName = OutcomeStatus | 'abandoned' | 'pending';

export interface Transition {
  readonly from: StepName;
  readonly event: string;
  readonly to: StepName | EndState;
}

/** One function a step; a step that reports an event not in its row does not compile. */
export type Steps<Ctx> = { readonly [S in StepName]: (ctx: Ctx) => Promise<EventOf<S>> };

/** Runs one flow from `start` to its end. `record` is awaited before the next step starts: a write-ahead journal. */
export async function runFlow<Ctx>(
  steps: Steps<Ctx>,
  ctx: Ctx,
  start: 'gate' | 'recover',
  record: (transition: Transition) => Promise<void>,
): Promise<EndName> {
  let from: StepName = start;
  for (;;) {
    const event: string = await steps[from](ctx);
    const to = follow(from, event);
    await record({ from, event, to });
    if (isEnd(to)) return endNameOf(to);
    from = to;
  }
}

export function isEnd(to: string): to is EndState {
  return to.startsWith('end:');
}

export function endNameOf(end: EndState): EndName {
  return end.slice('end:'.length) as EndName;
}

function follow(from: StepName, event: string): StepName | EndState {
  const row: Readonly<Record<string, StepName | EndState>> = FLOW_MACHINE[from];
  const to = Object.hasOwn(row, event) ? row[event] : undefined;
  if (to !== undefined) return to;
  throw new FlowkeeperError('bug.bad-transition', `step ${from} reported ${event}`, {
    from,
    event,
  });
}
