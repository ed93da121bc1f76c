import type { FlowState, FlowStatus } from '../../domain/flow-status.ts';

/**
 * How a flow stands, as far as it is news: its state, and when it was last written if that led to it. What was told of
 * a flow is kept in the same words, so that news is wherever the two differ, whatever process died in between.
 */
export function standingOf({ state, lastOutcome }: FlowStatus): string {
  return lastOutcome?.status === 'applied' ? `${state}@${lastOutcome.at}` : state;
}

export function splitStanding(standing: string): {
  readonly state: FlowState;
  readonly appliedAt: string | undefined;
} {
  const [state, appliedAt] = standing.split('@');
  return { state: state as FlowState, appliedAt };
}
