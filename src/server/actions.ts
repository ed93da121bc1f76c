import type { Generation } from '../app/controller.ts';
import type { Visitor } from './access.ts';

/** Longest time that a flow is suspended for by hand: what is to last belongs into git. */
const MAX_SUSPENSION_MS = 31 * 24 * 3_600_000;
const MAX_REASON = 500;

/** A flow, and who wants something of it. */
export interface FlowAction {
  readonly org: string;
  readonly flow: string;
  readonly visitor: Visitor;
}

/** What came of it; `refused` says why nothing did, for a person. */
export type ActionResult =
  { readonly kind: 'done' } | { readonly kind: 'refused'; readonly reason: string };

const DONE: ActionResult = { kind: 'done' };

/** A run of the org that starts after it; audited. */
export async function askForRun(
  { app, loop, log }: Generation,
  org: string,
  { name }: Visitor,
): Promise<void> {
  const revision = loop.view().head.pinned?.revision ?? '';
  await app.noteRequest({ org, revision, by: name });
  await loop.accept('person', { orgs: [org], by: name });
  log.info('a run was asked for', { org, by: name });
}

/** Lets the next run, which starts at once, try again what is held back of a flow; audited. */
export async function retryFlow(
  { app, loop, log }: Generation,
  { org, flow, visitor: { name } }: FlowAction,
  signal: AbortSignal,
): Promise<void> {
  await app.release({ flow, orgs: [org], by: name }, signal);
  await loop.accept('person', { orgs: [org], by: name });
  log.info('a flow was released', { org, flowId: flow, by: name });
}

/**
 * Has a flow left alone until an instant; audited.
 *
 * @param asked as it came: `until` ISO 8601, in UTC where it names no zone
 */
export async function suspendFlow(
  { app, loop, log }: Generation,
  { org, flow, visitor: { name } }: FlowAction,
  asked: { readonly until: unknown; readonly reason: unknown; readonly now: number },
  signal: AbortSignal,
): Promise<ActionResult> {
  const reason = typeof asked.reason === 'string' ? asked.reason.trim() : '';
  if (reason === '' || reason.length > MAX_REASON || /\p{Cc}/u.test(reason))
    return refused(`say why, in one line of at most ${String(MAX_REASON)} characters`);
  const untilAt = instantOf(asked.until);
  if (untilAt === undefined || untilAt <= asked.now || untilAt > asked.now + MAX_SUSPENSION_MS)
    return refused('say until when: an instant in the future, at most 31 days from now');
  await app.suspend({ flow, orgs: [org], by: name, suspend: { reason, untilAt } }, signal);
  await loop.accept('person', { orgs: [org], by: name });
  log.info('a flow was suspended', { org, flowId: flow, by: name });
  return DONE;
}

/** Lets a flow go on that was suspended by hand; audited. */
export async function resumeFlow(
  { app, loop, log }: Generation,
  { org, flow, visitor: { name } }: FlowAction,
  signal: AbortSignal,
): Promise<void> {
  await app.suspend({ flow, orgs: [org], by: name }, signal);
  await loop.accept('person', { orgs: [org], by: name });
  log.info('a flow was resumed', { org, flowId: flow, by: name });
}

/**
 * Lets the next run write the plan that the gate on mass changes holds, if it is still that very plan. The run audits
 * who approved it before its first write.
 *
 * @param digest as it came
 */
export async function approvePlan(
  { loop, log }: Generation,
  { org, digest, visitor: { name: by } }: { org: string; digest: unknown; visitor: Visitor },
): Promise<ActionResult> {
  const held = loop.view().orgs.find((each) => each.org === org)?.last?.heldPlan;
  if (held === undefined) return refused('no plan of this org is held for approval');
  if (digest !== held) return refused('the plan changed since: look at it again');
  await loop.accept('person', { orgs: [org], by, approval: { digest: held, by } });
  log.info('a plan was approved', { org, planDigest: held, by });
  return DONE;
}

function refused(reason: string): ActionResult {
  return { kind: 'refused', reason };
}

/** Epoch ms. */
function instantOf(text: unknown): number | undefined {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(Z|[+-]\d\d:\d\d)?$/.exec(
    typeof text === 'string' ? text : '',
  );
  if (!match) return undefined;
  const at = Date.parse(`${match[1] ?? ''}${match[2] ?? 'Z'}`);
  return Number.isNaN(at) ? undefined : at;
}
