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

/** One line: `3 applied, 1 rolled-back; 1000 live flows`, or that nothing was to do. */
export function summarize(outcomes: readonly FlowOutcome[], plan: Plan | undefined): string {
  const counted = ORDER.flatMap((status) => {
    const count = outcomes.filter((outcome) => outcome.status === status).length;
    return count > 0 ? [`${String(count)} ${status}`] : [];
  });
  const ended = new Set(outcomes.map(({ flowId }) => flowId));
  const untouched = plan?.changes.filter(({ flowId }) => !ended.has(flowId)).length ?? 0;
  if (counted.length === 0 && untouched > 0) counted.push(`${String(untouched)} differ`);
  const text = counted.length > 0 ? counted.join(', ') : 'nothing to write';
  return plan ? `${text}; ${String(plan.liveCount)} live flows` : text;
}
