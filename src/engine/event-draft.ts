import type { AuditDraft, AuditEvent } from '../domain/audit.ts';
import type { FlowId, Revision } from '../domain/flow.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Ids } from '../ports/ids.ts';

/** Something that is to be known of a flow or a plan, and was no attempt to write. */
export interface AuditedEvent {
  readonly event: AuditEvent;
  readonly status: string;
  /** Epoch ms. */
  readonly at: number;
  readonly runId: string;
  /** Null: it is about a whole plan. */
  readonly flowId: FlowId | null;
  readonly revision: Revision;
  /** Null: there was no plan. */
  readonly planDigest: string | null;
  readonly details: JsonObject;
}

/** Its audit record, before it takes its place in the chain. */
export function makeEventDraft(ids: Ids, { at, ...event }: AuditedEvent): AuditDraft {
  return {
    ...event,
    attemptId: ids.next('event'),
    timestamp: new Date(at).toISOString(),
    latencyMs: 0,
    author: null,
    beforeHash: null,
    afterHash: null,
  };
}
