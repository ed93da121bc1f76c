import type { FlowChange } from '../domain/plan.ts';
import { ALLOW } from '../domain/verdict.ts';
import type { GateVerdict } from '../domain/verdict.ts';

/** Holds a flow that its file suspends; deferred when the file says until when. */
export function checkSuspended({
  suspended,
  file,
}: Pick<FlowChange, 'suspended' | 'file'>): GateVerdict {
  if (suspended === undefined) return ALLOW;
  const by = suspended.by === undefined ? '' : ` by ${suspended.by}`;
  const reason = `suspended${by}: ${suspended.reason}`;
  if (suspended.untilAt !== undefined)
    return { kind: 'defer', gate: 'suspended', reason, untilAt: suspended.untilAt };
  return { kind: 'deny', gate: 'suspended', reason, goOn: `remove \`suspend\` from ${file}` };
}
