import type { FlowOutcome, OutcomeStatus } from '../domain/outcome.ts';
import type { Plan } from '../domain/plan.ts';

const ORDER: readonly OutcomeStatus[] = [
  'applied',
  'rolled-back',
  'stuck',
  'unresolved',
  'failed',
  'conflict',
  'blocked',
  'deferred',
  'cancelled',
];

/**
 * One line: `3 applied, 1 rolled-back; 1000 live flows`, or that nothing was to do.
 *
 * @param failure code of what ended the run early
 */
export function summarize(
  outcomes: readonly FlowOutcome[],
  plan: Plan | undefined,
  failure?: string,
): string {
  const counted = ORDER.flatMap((status) => {
    const count = outcomes.filter((outcome) => outcome.status === status).length;
    return count > 0 ? [`${String(count)} ${status}`] : [];
  });
  const ended = new Set(outcomes.map(({ flowId }) => flowId));
  const untouched = plan?.changes.filter(({ flowId }) => !ended.has(flowId)).length ?? 0;
  if (counted.length === 0 && untouched > 0) counted.push(`${String(untouched)} differ`);
  if (failure !== undefined) counted.push(`failed (${failure})`);
  const text = counted.length > 0 ? counted.join(', ') : 'nothing to write';
  if (!plan) return text;
  return `${text}; ${String(plan.liveCount)} live flow${plan.liveCount === 1 ? '' : 's'}`;
}
