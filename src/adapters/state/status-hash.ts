import type { FlowStatus } from '../../domain/flow-status.ts';
import { hashOf } from '../../domain/hash.ts';
import type { Json } from '../../domain/json.ts';
import type { OrgStatus } from '../../domain/org-status.ts';

/** Names the content of a status, whatever the order of its keys: decides what has to be published. */
export function statusHashOf(status: FlowStatus | OrgStatus): string {
  // a status is JSON by its definition; an interface has no index signature to say so
  return hashOf(status as unknown as Json);
}
