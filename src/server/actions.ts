import type { Generation } from '../app/controller.ts';
import type { Visitor } from './access.ts';

/** Longest time that a flow is suspended for by hand: what is to last belongs into git. */
const MAX_SUSPENSION_MS = 31 * 24 * 3_600_000;
const MAX_REASON = 500;

/** A wish as it came, and who has it. */
interface Wish {
  readonly visitor: Visitor;
  /** What a form or a program sent along. */
  readonly sent: Readonly<Record<string, unknown>>;
  /** Epoch ms. */
  readonly now: number;
  readonly signal: AbortSignal;
}

export type OrgWish = Wish & { readonly org: string };
export type FlowWish = OrgWish & { readonly flow: string };

/** What came of it; `refused` says why nothing did, for a person. */
export type ActionResult =
  { readonly kind: 'done' } | { readonly kind: 'refused'; readonly reason: string };

const DONE: ActionResult = { kind: 'done' };

/** By the last part of their path, for pages and programs alike. What a wish does is audited with the visitor's name. */
export const ORG_ACTIONS = {
  /** A run of the org that starts after it. */
  run: async ({ app, loop, log }: Generation, { org, visitor: { name } }: OrgWish) => {
    const revision = loop.view().head.pinned?.revision ?? '';
    await app.noteRequest({ org, revision, by: name });
    await loop.accept('person', { orgs: [org], by: name });
    log.info('a run was asked for', { org, by: name });
    return DONE;
  },
  approve: approvePlan,
} satisfies Readonly<Record<string, (at: Generation, wish: OrgWish) => Promise<ActionResult>>>;

export const FLOW_ACTIONS = {
  /** Lets the next run, which starts at once, try again what is held back of a flow. */
  retry: async (at: Generation, wish: FlowWish) => {
    const { org, flow, visitor } = wish;
    await at.app.release({ flow, orgs: [org], by: visitor.name }, wish.signal);
    return done(at, wish, 'a flow was released');
  },
  suspend: suspendFlow,
  /** Lets a flow go on that was suspended by hand. */
  resume: async (at: Generation, wish: FlowWish) => {
    const { org, flow, visitor } = wish;
    await at.app.suspend({ flow, orgs: [org], by: visitor.name }, wish.signal);
    return done(at, wish, 'a flow was resumed');
  },
} satisfies Readonly<Record<string, (at: Generation, wish: FlowWish) => Promise<ActionResult>>>;

/** Has a flow left alone until an instant. Sent: `until`, ISO 8601, in UTC where it names no zone; `reason`. */
async function suspendFlow(at: Generation, wish: FlowWish): Promise<ActionResult> {
  const { org, flow, visitor, sent, now, signal } = wish;
  const reason = typeof sent['reason'] === 'string' ? sent['reason'].trim() : '';
  if (reason === '' || reason.length > MAX_REASON || /\p{Cc}/u.test(reason))
    return refused(`say why, in one line of at most ${String(MAX_REASON)} characters`);
  const untilAt = instantOf(sent['until']);
  if (untilAt === undefined || untilAt <= now || untilAt > now + MAX_SUSPENSION_MS)
    return refused('say until when: an instant in the future, at most 31 days from now');
  const asked = { flow, orgs: [org], by: visitor.name, suspend: { reason, untilAt } };
  await at.app.suspend(asked, signal);
  return done(at, wish, 'a flow was suspended');
}

async function done(
  { loop, log }: Generation,
  { org, flow, visitor: { name } }: FlowWish,
  words: string,
): Promise<ActionResult> {
  await loop.accept('person', { orgs: [org], by: name });
  log.info(words, { org, flowId: flow, by: name });
  return DONE;
}

/**
 * Lets the next run write the plan that the gate on mass changes holds, if it is still that very plan. The run audits
 * who approved it before its first write. Sent: `digest`.
 */
async function approvePlan(
  { loop, log }: Generation,
  { org, visitor: { name: by }, sent: { digest } }: OrgWish,
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
