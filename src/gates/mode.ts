import type { FlowChange } from '../domain/plan.ts';
import type { Policy } from '../domain/policy.ts';
import { ALLOW } from '../domain/verdict.ts';
import type { GateVerdict } from '../domain/verdict.ts';

/** True when this org is only ever told of, never written. */
export function isReportOnly(policy: Pick<Policy, 'mode'>): boolean {
  return policy.mode === 'report';
}

/** Holds a flow whose differences are only told, because its file or the whole org says so. */
export function checkMode(
  change: Pick<FlowChange, 'mode' | 'file'>,
  policy: Pick<Policy, 'mode'>,
): GateVerdict {
  const orgWide = isReportOnly(policy);
  if (!orgWide && change.mode === 'enforce') return ALLOW;
  const where = orgWide ? 'policy.yaml of the org' : change.file;
  return {
    kind: 'deny',
    gate: 'mode',
    reason: `mode is report: differences are told, nothing is written`,
    goOn: `set \`mode: enforce\` in ${where}`,
  };
}
