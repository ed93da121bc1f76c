import type { StatusCondition } from '../../domain/flow-status.ts';
import type { FlowIndexEntry, FlowRecord } from '../../ports/state-store.ts';

/** What the hot path needs of a record. */
export function indexEntryOf({ status, applied }: FlowRecord): FlowIndexEntry {
  return {
    state: status.state,
    file: status.file,
    ...(status.desiredHash !== undefined && { desiredHash: status.desiredHash }),
    ...(applied && { appliedHash: applied.hash }),
    ...(status.liveVersion !== undefined && { liveVersion: status.liveVersion }),
    hasConditions: status.conditions.some((condition) => !isPlainReady(condition)),
  };
}

function isPlainReady({ type, status }: StatusCondition): boolean {
  return type === 'Ready' && status;
}
