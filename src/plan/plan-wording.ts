import type { Actor } from '../domain/flow.ts';
import type { Cause, ChangeKind, FlowChange, UnreadFlow } from '../domain/plan.ts';
import type { StandingFreeze } from '../domain/policy.ts';
import type { GateVerdict } from '../domain/verdict.ts';
import type { CallForecast } from './forecast.ts';
import type { PlanReport } from './plan-report.ts';

export const CAUSE_WORDS: Readonly<Record<Cause, string>> = {
  'desired-changed': 'changed in git',
  'live-changed': 'changed live',
  'both-changed': 'changed in git and live',
};

export const KIND_WORDS: Readonly<Record<ChangeKind, string>> = {
  revert: 'revert',
  desired: 'desired change',
  drift: 'drift',
};

/** `1 flow`, `1,200 flows`. */
export function countOf(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** 1200 → `1,200`, the same on every machine. */
function grouped(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

/** The plan in one line. */
export function headline({ counts, scope }: PlanReport): string {
  const { drifted, unread = 0, missing, invalid } = counts;
  if (scope) {
    if (drifted === 0) return 'merging changes no live flow';
    return `merging changes ${grouped(drifted)} of ${countOf(counts.live, 'live flow')}`;
  }
  if (drifted + unread + missing + invalid === 0)
    return `${countOf(counts.inSync, 'flow')} in sync`;
  return `${countOf(drifted, 'flow')} of ${grouped(counts.live)} ${drifted === 1 ? 'differs' : 'differ'}`;
}

/** What the numbers are, those that are zero left out; empty when the headline says it all. */
export function breakdown({ counts, scope }: PlanReport): readonly string[] {
  const all: readonly (readonly [number, string])[] = [
    [counts.revert, countOf(counts.revert, KIND_WORDS.revert)],
    [counts.desired, countOf(counts.desired, KIND_WORDS.desired)],
    [counts.drift, `${grouped(counts.drift)} ${KIND_WORDS.drift}`],
    scope
      ? [scope.alreadyLive, `${grouped(scope.alreadyLive)} live already as wanted`]
      : [counts.drifted === 0 ? 0 : counts.inSync, `${grouped(counts.inSync)} in sync`],
    [counts.unread ?? 0, `${grouped(counts.unread ?? 0)} not read`],
    [counts.missing, `${grouped(counts.missing)} missing`],
    [counts.unmanaged, `${grouped(counts.unmanaged)} ${scope ? 'no longer managed' : 'unmanaged'}`],
    [counts.invalid, `${grouped(counts.invalid)} invalid`],
    [scope?.policy.length ?? 0, `${countOf(scope?.policy.length ?? 0, 'value')} of the policy`],
  ];
  return all.filter(([count]) => count > 0).map(([, words]) => words);
}

/** Where the plan is made, and for a merge what it is compared with. */
export function placeOf({ plan, scope }: PlanReport): string {
  const at = `${plan.org} at ${plan.revision.slice(0, 12)}`;
  return scope ? `${at}, since ${scope.base.slice(0, 12)}` : at;
}

/** What the list of flows without a file says of itself. */
export function unmanagedTitle({ scope }: PlanReport): string {
  return scope
    ? 'No longer managed: taken out of git, and left as they are'
    : 'Unmanaged: in the org, not in git; never touched';
}

/** What the list of flows whose live settings could not be read says of itself. */
export const UNREAD_TITLE = 'Not read: whether these differ is not known, and they are not written';

export function unreadLine({ flowId, name, file, code }: UnreadFlow): string {
  return `${file}: ${name === flowId ? flowId : `${name} ${flowId}`} [${code}]`;
}

/** A digest names a revision; a merge mostly makes another. */
export const DIGEST_OF_MERGE =
  'of the whole plan at this revision; a merge that makes a new commit has a new digest, which `flowkeeper plan` tells';

/** What a run would do about it; empty when nothing differs. */
export function intention(report: PlanReport): readonly string[] {
  const { counts, forecast, mode } = report;
  if (counts.drifted === 0) return [];
  if (mode === 'report') return ['mode report: nothing would be written'];
  const { writable, reportOnly, suspended } = counts;
  const { writes } = forecast;
  const others: readonly (readonly [number, string])[] = [
    [writable - writes, 'held by a gate'],
    [reportOnly, 'only reported'],
    [suspended, 'suspended'],
  ];
  const rest = others.flatMap(([count, what]) => (count > 0 ? `${grouped(count)} ${what}` : []));
  const what = [`${countOf(writes, 'flow')} would be written`, ...rest].join(', ');
  return [what, ...(writes > 0 ? [forecastLine(forecast)] : []), ...beyondLine(report)];
}

function forecastLine({ reads, writes, reloads, lookUps, minutes }: CallForecast): string {
  const calls = [
    countOf(reads, 'read'),
    countOf(writes, 'write'),
    countOf(reloads, 'reload'),
    ...(lookUps > 0 ? [countOf(lookUps, 'look-up')] : []),
  ].join(', ');
  return `forecast: ${calls}; ${duration(minutes)} at the policy's rates`;
}

function beyondLine({ beyond }: PlanReport): readonly string[] {
  if (!beyond) return [];
  const { flows, minutes, runMinutes } = beyond;
  const wait = `${countOf(flows, 'flow')} ${flows === 1 ? 'waits' : 'wait'} for the next run`;
  return [`${wait}: all take ${duration(minutes)}, and a run has ${String(runMinutes)}`];
}

function duration(minutes: number): string {
  return minutes <= 1 ? 'under a minute' : `about ${String(minutes)} minutes`;
}

/** Who wrote the live flow last, and when, as far as the service tells. */
export function lastWrite({ liveVersion, modifiedBy, modifiedAt }: FlowChange): string {
  const by = nameOf(modifiedBy);
  const told = `${by === undefined ? '' : ` by ${by}`}${modifiedAt === undefined ? '' : ` at ${modifiedAt}`}`;
  const version = `live version ${String(liveVersion)}`;
  return told === '' ? version : `${version}, last written${told}`;
}

function nameOf(actor: Actor | undefined): string | undefined {
  return actor?.name ?? actor?.id;
}

/** What holds a plan or a flow and how it goes on; undefined when nothing does. */
export function heldBy(
  verdict: GateVerdict | undefined,
): { readonly what: string; readonly goOn?: string } | undefined {
  if (verdict === undefined || verdict.kind === 'allow') return undefined;
  if (verdict.kind === 'deny')
    return { what: `denied (${verdict.gate}): ${verdict.reason}`, goOn: verdict.goOn };
  const until =
    verdict.untilAt === undefined ? '' : ` until ${new Date(verdict.untilAt).toISOString()}`;
  return { what: `deferred${until} (${verdict.gate}): ${verdict.reason}` };
}

/** A freeze window that stands: until when, and what passes it. */
export function freezeLine({ name, endsAt, allowReverts, override }: StandingFreeze): string {
  const window = `freeze window ${JSON.stringify(name)} until ${new Date(endsAt).toISOString()}`;
  if (!override) return `${window}: ${allowReverts ? 'only reverts pass' : 'nothing passes'}`;
  const until = new Date(override.untilAt).toISOString();
  return `${window}: overridden until ${until} by ${JSON.stringify(override.name)} (${override.by}: ${override.reason})`;
}

/** Why a flow of the plan would not be written, in few words: what its gates said, or else that it is suspended or only reported. */
export function heldFlow(
  change: FlowChange,
  { mode, verdicts }: PlanReport,
): { readonly what: string; readonly goOn?: string } | undefined {
  const judged = heldBy(verdicts.flows?.get(change.flowId));
  if (judged) return judged;
  const { suspended } = change;
  if (suspended !== undefined) {
    const by = suspended.by === undefined ? '' : ` by ${suspended.by}`;
    const until =
      suspended.untilAt === undefined ? '' : ` until ${new Date(suspended.untilAt).toISOString()}`;
    return { what: `suspended${by}${until}: ${suspended.reason}` };
  }
  return change.mode === 'report' && mode === 'enforce'
    ? { what: 'mode report: only told' }
    : undefined;
}
