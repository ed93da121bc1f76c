import type { InvalidFlow } from '../domain/diagnostic.ts';
import type { FlowId, OrgName, Revision, Settings, Suspension } from '../domain/flow.ts';
import type { ChangeKind, FieldChange, FlowChange, Plan, SettledFlow } from '../domain/plan.ts';
import type { Policy } from '../domain/policy.ts';
import { withoutUndefined } from '../domain/without-undefined.ts';
import { checkOverrides } from './check-overrides.ts';
import { flowCause, withCauses } from './cause.ts';
import { duplicateFlow } from './identity-faults.ts';
import { isActive } from './ignore-rules.ts';
import type { LiveComparisonResult, ObservedFlow } from './live-comparison.ts';
import { byText } from './order.ts';
import { digestPlan } from './plan-digest.ts';

/** What is remembered of a flow that decides why it differs; a `FlowRecord` is one. */
export interface KnownFlow {
  /** What it was last brought to, or found in sync with. */
  readonly applied?: { readonly settings: Settings; readonly hash: string };
  /** Hashes of the desired settings that it was ever in sync with. */
  readonly pastHashes: readonly string[];
  /** `suspended`: by hand, beside what its file says. */
  readonly status?: { readonly suspended?: SuspensionByHand };
}

/** As the status document tells it. */
interface SuspensionByHand {
  readonly reason: string;
  readonly by: string;
  /** ISO 8601. */
  readonly until: string;
}

export interface PlanInput {
  readonly org: OrgName;
  readonly revision: Revision;
  /** Epoch ms. */
  readonly now: number;
  readonly policy: Policy;
  /** Undefined: the org has none, and the policy is the default one. */
  readonly policyFile?: string;
  readonly comparison: LiveComparisonResult;
  /** Files that could not be loaded. */
  readonly invalid: readonly InvalidFlow[];
  /** Of the flows that differ; one that is not in it was never applied. */
  readonly known: ReadonlyMap<FlowId, KnownFlow>;
}

const KIND_ORDER: Readonly<Record<ChangeKind, number>> = { revert: 0, desired: 1, drift: 2 };

/** All differences of one org as one value: the same input in any order gives the same plan. Pure. */
export function makePlan(input: PlanInput): Plan {
  const { org, revision, now, policy, comparison } = input;
  const { matched, invalid } = withoutInvalid(comparison, input.invalid);
  const changes: FlowChange[] = [];
  const settled: SettledFlow[] = [];
  for (const observed of matched) {
    if (observed.differences.length > 0) changes.push(asChange(observed, input));
    else settled.push(asSettled(observed, now));
  }
  // matched is by flowId, and sorting is stable
  changes.sort((a, b) => KIND_ORDER[a.kind] - KIND_ORDER[b.kind]);

  const { missing, unread } = comparison;
  const overrides = checkOverrides(policy, input.policyFile, now);
  const named = new Set(invalid.map(({ flowId }) => flowId?.toLowerCase()));
  return {
    org,
    revision,
    madeAt: now,
    digest: digestPlan({ org, revision, policy, matched, changes, unread, missing, invalid }),
    liveCount: comparison.liveCount,
    changes,
    settled,
    ...(unread.length > 0 && { unread }),
    missing,
    unmanaged: comparison.unmanaged.filter(({ flowId }) => !named.has(flowId)),
    invalid,
    notices: [...overrides, ...comparison.notices],
  };
}

/**
 * The matched flows by flowId, without those that a file which could not be loaded names by its id: two
 * files mean that flow, and a bad file stops its flow.
 */
function withoutInvalid(
  comparison: LiveComparisonResult,
  unloaded: readonly InvalidFlow[],
): { readonly matched: readonly ObservedFlow[]; readonly invalid: readonly InvalidFlow[] } {
  const byId = byText<ObservedFlow>(({ flowId }) => flowId);
  if (unloaded.length === 0)
    return { matched: comparison.observed.toSorted(byId), invalid: comparison.invalid };
  const fileOf = new Map(unloaded.map(({ flowId, file }) => [flowId?.toLowerCase(), file]));
  const matched: ObservedFlow[] = [];
  const invalid = [...unloaded, ...comparison.invalid];
  for (const observed of comparison.observed) {
    const other = fileOf.get(observed.flowId);
    if (other === undefined) matched.push(observed);
    else invalid.push(duplicateFlow(observed.flow, observed.flowId, [other]));
  }
  matched.sort(byId);
  return { matched, invalid: invalid.sort(byText(({ file }) => file)) };
}

function asChange(observed: ObservedFlow, input: PlanInput): FlowChange {
  const { flow, flowId, modifiedBy, modifiedAt } = observed;
  const known = input.known.get(flowId);
  const fields = withCauses(observed.differences, known?.applied?.settings, input.comparison.orgId);
  return {
    flowId,
    name: observed.liveName,
    file: flow.file,
    kind: kindOf(fields, flow.hash, known),
    cause: flowCause(fields),
    liveVersion: observed.version,
    fields,
    desiredHash: flow.hash,
    ...(modifiedBy && { modifiedBy }),
    ...(modifiedAt !== undefined && { modifiedAt }),
    mode: flow.mode,
    ...suspensionOf(flow.suspend, input.now, known?.status?.suspended),
  };
}

function kindOf(
  fields: readonly FieldChange[],
  desiredHash: string,
  known: KnownFlow | undefined,
): ChangeKind {
  if (fields.every(({ cause }) => cause === 'live-changed')) return 'drift';
  // had these been the last applied ones, only live could have changed
  return known?.pastHashes.includes(desiredHash) ? 'revert' : 'desired';
}

function asSettled({ flow, flowId, liveName, version }: ObservedFlow, now: number): SettledFlow {
  return {
    flowId,
    name: liveName,
    file: flow.file,
    liveVersion: version,
    desiredHash: flow.hash,
    ...suspensionOf(flow.suspend, now),
  };
}

/** The file's own suspension before one by hand. */
function suspensionOf(
  suspend: Suspension | undefined,
  now: number,
  byHand?: SuspensionByHand,
): { readonly suspended?: Suspension } {
  const both = [suspend, byHand && { ...byHand, untilAt: Date.parse(byHand.until) }];
  const holding = both.find((each) => each && isActive(each, now));
  if (!holding) return {};
  const { reason, by, untilAt } = holding;
  return { suspended: withoutUndefined({ reason, by, untilAt }) };
}
