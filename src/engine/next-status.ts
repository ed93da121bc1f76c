import type { FlowStatus, StatusCondition } from '../domain/flow-status.ts';
import { withoutUndefined } from '../domain/without-undefined.ts';

/** A condition before it is known since when it holds. */
export type ConditionFact = Omit<StatusCondition, 'since'>;

/** What a run found out about one flow. */
export interface StatusFacts extends Pick<
  FlowStatus,
  'flowId' | 'org' | 'file' | 'state' | 'differences'
> {
  readonly name: string | undefined;
  readonly desiredHash: string | undefined;
  /** The run's pinned revision. */
  readonly revision: string;
  readonly liveVersion: number | undefined;
  readonly conditions: readonly ConditionFact[];
  /** Set when the flow was written, or a write was tried, in this run. */
  readonly attempt?: Pick<FlowStatus, 'lastOutcome' | 'snapshot'>;
  /** True when live is now what git says. */
  readonly settled: boolean;
}

/**
 * The status document after a run. What did not change keeps its words and its `since`, so that the
 * same facts again give the very same document. Pure.
 */
export function nextStatus(
  previous: FlowStatus | undefined,
  facts: StatusFacts,
  now: number,
): FlowStatus {
  const at = new Date(now).toISOString();
  const desiredRevision = desiredRevisionOf(previous, facts);
  const suspended = stillSuspended(previous?.suspended, now);
  return withoutUndefined({
    flowId: facts.flowId,
    name: facts.name ?? previous?.name,
    org: facts.org,
    file: facts.file,
    state: facts.state,
    since: previous?.state === facts.state ? previous.since : at,
    conditions: withSuspended(facts.conditions, suspended).map((fact) =>
      withSince(previous, fact, at),
    ),
    desiredRevision,
    desiredHash: facts.desiredHash,
    ...revisionsOf(previous, facts, desiredRevision),
    liveVersion: facts.liveVersion ?? previous?.liveVersion,
    differences: facts.differences,
    ...lastAttemptOf(previous, facts),
    suspended,
  });
}

export function suspendedCondition(reason: string): ConditionFact {
  return { type: 'Suspended', status: true, reason: 'Suspended', message: reason };
}

/** What a person asked for outlives every run, until its time is over or a person says so. */
function stillSuspended(suspended: FlowStatus['suspended'], now: number): FlowStatus['suspended'] {
  return suspended && now < Date.parse(suspended.until) ? suspended : undefined;
}

/** What the file suspends is told already. */
function withSuspended(
  conditions: readonly ConditionFact[],
  suspended: FlowStatus['suspended'],
): readonly ConditionFact[] {
  if (!suspended || conditions.some(({ type }) => type === 'Suspended')) return conditions;
  return [...conditions, suspendedCondition(suspended.reason)];
}

/** The first revision at which these settings were seen: a commit that does not touch them changes nothing here. */
function desiredRevisionOf(previous: FlowStatus | undefined, facts: StatusFacts): string {
  const same = previous?.desiredHash === facts.desiredHash;
  return previous && same ? previous.desiredRevision : facts.revision;
}

function withSince(
  previous: FlowStatus | undefined,
  fact: ConditionFact,
  at: string,
): StatusCondition {
  const before = previous?.conditions.find((condition) => condition.type === fact.type);
  const same = before?.status === fact.status && before.reason === fact.reason;
  return { ...fact, since: same ? before.since : at };
}

function revisionsOf(
  previous: FlowStatus | undefined,
  facts: StatusFacts,
  desiredRevision: string,
): Pick<FlowStatus, 'lastAttemptedRevision' | 'lastAppliedRevision' | 'lastAppliedHash'> {
  const attempted = facts.attempt ? facts.revision : previous?.lastAttemptedRevision;
  const applied = facts.settled
    ? { revision: appliedRevision(previous, facts, desiredRevision), hash: facts.desiredHash }
    : { revision: previous?.lastAppliedRevision, hash: previous?.lastAppliedHash };
  return {
    ...(attempted !== undefined && { lastAttemptedRevision: attempted }),
    ...(applied.revision !== undefined && { lastAppliedRevision: applied.revision }),
    ...(applied.hash !== undefined && { lastAppliedHash: applied.hash }),
  };
}

/** A flow that is found in sync again was brought there by the revision that last did so. */
function appliedRevision(
  previous: FlowStatus | undefined,
  facts: StatusFacts,
  desiredRevision: string,
): string {
  if (facts.attempt) return facts.revision;
  const known = previous?.lastAppliedHash === facts.desiredHash;
  return (known ? previous?.lastAppliedRevision : undefined) ?? desiredRevision;
}

function lastAttemptOf(
  previous: FlowStatus | undefined,
  facts: StatusFacts,
): Pick<FlowStatus, 'lastOutcome' | 'snapshot'> {
  const lastOutcome = facts.attempt?.lastOutcome ?? previous?.lastOutcome;
  const snapshot = facts.attempt?.snapshot ?? previous?.snapshot;
  return {
    ...(lastOutcome !== undefined && { lastOutcome }),
    ...(snapshot !== undefined && { snapshot }),
  };
}
