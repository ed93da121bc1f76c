import type { Diagnostic, InvalidFlow } from '../domain/diagnostic.ts';
import type { DesiredFlow, Revision, Settings } from '../domain/flow.ts';
import { canonicalText } from '../domain/hash.ts';
import { isJsonObject } from '../domain/json.ts';
import type { Json } from '../domain/json.ts';
import type { FlowChange, Plan } from '../domain/plan.ts';
import type { Policy } from '../domain/policy.ts';
import { flowCause, withCauses } from './cause.ts';
import { pointerOf } from './json-pointer.ts';

/** What git says of one org at one revision. */
export interface DesiredSide {
  readonly flows: readonly DesiredFlow[];
  readonly invalid: readonly InvalidFlow[];
  readonly policy: Policy;
}

/** One value of policy.yaml, with defaults filled in; durations in milliseconds. */
export interface PolicyChange {
  /** JSON pointer. */
  readonly path: string;
  readonly before?: Json;
  readonly after?: Json;
}

/** What a plan is narrowed to: what merging one revision into another would change. */
export interface MergeScope {
  /** Where the revision parted from what it is to be merged into. */
  readonly base: Revision;
  readonly policy: readonly PolicyChange[];
  /** Flows whose files the revision changes. */
  readonly flows: number;
  /** Of them those that the org has already as the revision wants them. */
  readonly alreadyLive: number;
}

export interface NarrowInput {
  readonly base: DesiredSide & { readonly revision: Revision };
  readonly after: DesiredSide;
  readonly orgId: string;
}

/**
 * Of the plan of a revision what it has beyond its base: the flows whose effective settings, mode, suspension, ignore
 * rules or dependencies it changes, those that it takes out of git, files that it breaks. Drift of other flows is not
 * its doing and left out, unless it turns the org from `report` to `enforce` and so has it corrected.
 *
 * Why a field differs is told against the base. The digest stays that of the whole plan. Pure.
 */
export function narrowPlan(
  plan: Plan,
  { base, after, orgId }: NarrowInput,
): { readonly plan: Plan; readonly scope: MergeScope } {
  const before = new Map(base.flows.map((flow) => [keyOf(flow), flow]));
  const touched = new Map<string, DesiredFlow | undefined>();
  for (const flow of after.flows) {
    const old = before.get(keyOf(flow));
    if (!old || factsOf(old) !== factsOf(flow)) touched.set(flow.file, old);
  }
  const startsToWrite = base.policy.mode === 'report' && after.policy.mode === 'enforce';
  const isTouched = ({ file }: { readonly file: string }): boolean => touched.has(file);
  const changes = plan.changes.filter((change) => startsToWrite || isTouched(change));
  const settled = plan.settled.filter(isTouched);
  const narrowed: Plan = {
    ...plan,
    changes: changes.map((change) => withBase(change, touched.get(change.file)?.settings, orgId)),
    settled,
    ...unreadOf(plan, isTouched),
    missing: plan.missing.filter(isTouched),
    unmanaged: plan.unmanaged.filter(wasManaged(base.flows)),
    invalid: plan.invalid.filter(isBroken(base.invalid)),
    notices: plan.notices.filter(isTouched),
  };
  const policy = policyChanges(base.policy as unknown as Json, after.policy as unknown as Json, []);
  const scope = { base: base.revision, policy, flows: touched.size, alreadyLive: settled.length };
  return { plan: narrowed, scope };
}

function unreadOf(
  { unread }: Plan,
  isTouched: (flow: { readonly file: string }) => boolean,
): Pick<Plan, 'unread'> {
  return unread ? { unread: unread.filter(isTouched) } : {};
}

function keyOf({ flowId, name }: DesiredFlow): string {
  return flowId ?? `name ${name ?? ''}`;
}

/** All that decides what would be written, and when; where the file lies does not. */
function factsOf(flow: DesiredFlow): string {
  // the hash stands for the settings
  return canonicalText({ ...flow, file: '', settings: {} } as unknown as Json);
}

function withBase(change: FlowChange, base: Settings | undefined, orgId: string): FlowChange {
  if (base === undefined) return change;
  const fields = withCauses(change.fields, base, orgId);
  const isDrift = fields.every(({ cause }) => cause === 'live-changed');
  const kind = change.kind === 'revert' ? 'revert' : isDrift ? 'drift' : 'desired';
  return { ...change, fields, kind, cause: flowCause(fields) };
}

function wasManaged(
  flows: readonly DesiredFlow[],
): (flow: { readonly flowId: string; readonly name: string }) => boolean {
  const ids = new Set(flows.map(({ flowId }) => flowId));
  const names = new Set(flows.flatMap(({ flowId, name }) => (flowId === undefined ? [name] : [])));
  return ({ flowId, name }) => ids.has(flowId) || names.has(name);
}

/** Broken files that were not broken in the same way before, wherever in the file that is. */
function isBroken(before: readonly InvalidFlow[]): (flow: InvalidFlow) => boolean {
  const known = new Set(before.flatMap(({ diagnostics }) => diagnostics.map(faultOf)));
  return ({ diagnostics }) => diagnostics.some((fault) => !known.has(faultOf(fault)));
}

function faultOf({ file, code, message }: Diagnostic): string {
  return `${file}\n${code}\n${message}`;
}

function policyChanges(
  before: Json | undefined,
  after: Json | undefined,
  keys: readonly string[],
): readonly PolicyChange[] {
  if (isJsonObject(before) && isJsonObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => policyChanges(before[name], after[name], [...keys, name]));
  }
  if (canonicalText(before ?? null) === canonicalText(after ?? null)) return [];
  return [
    {
      path: pointerOf(keys),
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
    },
  ];
}
