import { createHash } from 'node:crypto';
import type { FlowId, OrgName, Revision } from '../domain/flow.ts';
import { canonicalText } from '../domain/hash.ts';
import type { Json } from '../domain/json.ts';
import type { FlowChange, Plan } from '../domain/plan.ts';
import type { Policy } from '../domain/policy.ts';

/** Bytes are handed to the hash in pieces, so that no text of a hundred thousand flows is ever built. */
const PIECE_LENGTH = 65_536;

/** In the order that a plan has, so that equal plans have equal digests. */
export interface DigestInput extends Pick<Plan, 'changes' | 'unread' | 'missing' | 'invalid'> {
  readonly org: OrgName;
  readonly revision: Revision;
  readonly policy: Policy;
  /** Every flow that git and the org both have, by flowId. */
  readonly matched: readonly { readonly flowId: FlowId; readonly version: number }[];
}

/**
 * Names what a plan would do and on what ground: whoever approves the digest approves exactly this.
 * Anything that changes what would be written changes it (another commit or policy, any write to a managed
 * flow, a suspension or an ignore rule that ran out); the time, the order of the input and what is
 * remembered of earlier runs do not.
 *
 * @returns sha256 in lower-case hex
 */
export function digestPlan(input: DigestInput): string {
  const hash = createHash('sha256');
  const { org, revision, policy } = input;
  hash.update(canonicalText({ org, revision, policy: policy as unknown as Json }));
  let piece = '';
  for (const { flowId, version } of input.matched) {
    piece += `\n${flowId} ${String(version)}`;
    if (piece.length < PIECE_LENGTH) continue;
    hash.update(piece);
    piece = '';
  }
  hash.update(piece);
  for (const change of input.changes) hash.update(`\n${canonicalText(factsOf(change))}`);
  const missing = input.missing.map(({ file }) => file);
  const invalid = input.invalid.map(({ file }) => file);
  const unread = (input.unread ?? []).map(({ flowId }) => flowId);
  hash.update(`\n${canonicalText({ missing, invalid, ...(unread.length > 0 && { unread }) })}`);
  return hash.digest('hex');
}

/** What of a change decides what is written; its cause and kind only decide when. */
function factsOf(change: FlowChange): Json {
  const { flowId, desiredHash, liveVersion, mode, suspended } = change;
  const fields = change.fields.map(({ path, live = null, desired = null }) => ({
    path,
    live,
    desired,
  }));
  return { flowId, desiredHash, liveVersion, mode, suspended: suspended !== undefined, fields };
}
