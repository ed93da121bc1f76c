import { priorityOf } from '../domain/plan.ts';
import type { ChangeKind } from '../domain/plan.ts';
import type { FlowRun } from './flow-task.ts';

/** The same run, whose requests for this flow go in the turn of what caused them. */
export function inTurn(run: FlowRun, kind: ChangeKind | undefined): FlowRun {
  const backend = run.ports.backend.withPriority(priorityOf(kind));
  return { ...run, ports: { ...run.ports, backend } };
}
