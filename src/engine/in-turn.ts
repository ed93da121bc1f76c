import type { ChangeKind } from '../domain/plan.ts';
import type { RequestPriority } from '../ports/rate-gate.ts';
import type { FlowRun } from './flow-task.ts';

/** Drift can wait; what a person committed, or took back, should not wait behind it. */
export function priorityOf(kind: ChangeKind | undefined): RequestPriority {
  return kind === 'revert' || kind === 'desired' ? 'people' : 'routine';
}

/** The same run, whose requests for this flow go in the turn of what caused them. */
export function inTurn(run: FlowRun, kind: ChangeKind | undefined): FlowRun {
  const backend = run.ports.backend.withPriority(priorityOf(kind));
  return { ...run, ports: { ...run.ports, backend } };
}
