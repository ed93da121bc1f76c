import type { AuditDraft, AuditRecord } from '../../src/domain/audit.ts';
import { AUDIT_HEAD_TRAILER, chainAudit, parseAuditHead } from '../../src/domain/audit.ts';
import { canonicalText } from '../../src/domain/hash.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import type { PublishedHead } from '../../src/domain/verify-audit.ts';
import { publishPending } from '../../src/engine/publish.ts';
import type { StateStore } from '../../src/ports/state-store.ts';
import { aFlowId, REVISION } from './builders.ts';
import { FakeStatusBranch } from './fakes/fake-status-branch.ts';

export function anAuditDraft(n = 1, overrides: Partial<AuditDraft> = {}): AuditDraft {
  return {
    attemptId: `attempt-${String(n)}`,
    timestamp: '2026-11-24T08:00:00.000Z',
    event: 'flow.updated',
    runId: `run-${String(n)}`,
    flowId: aFlowId(n % 3),
    status: 'applied',
    latencyMs: 210,
    revision: REVISION,
    author: 'Ada Lovelace <ada@example.com>',
    planDigest: 'd'.repeat(64),
    beforeHash: 'b'.repeat(64),
    afterHash: null,
    details: { name: `Flow ${String(n)}`, steps: { patch: 12 } },
    ...overrides,
  };
}

/** What a status branch holds after these drafts were published, a commit for each batch. */
export async function publishAudits(
  org: string,
  batches: readonly (readonly AuditDraft[])[],
  branch = new FakeStatusBranch(),
): Promise<{ readonly files: ReadonlyMap<string, string>; readonly heads: PublishedHead[] }> {
  const signal = new AbortController().signal;
  for (const audits of batches) {
    const pending = { org, statuses: [], removed: [], audits, snapshots: [] };
    const outbox = { begin: async () => pending, markPublished: async () => undefined };
    const state = { outbox } as unknown as StateStore;
    const publication = { org, runId: 'run-1', revision: REVISION, summary: 'published' };
    await publishPending({ state, statusBranch: branch }, publication, signal);
  }
  return { files: branch.files, heads: await headsOf(branch, org) };
}

async function headsOf(branch: FakeStatusBranch, org: string): Promise<PublishedHead[]> {
  const tip = await branch.tip(new AbortController().signal);
  const trailers = await tip.trailers(AUDIT_HEAD_TRAILER);
  return trailers.flatMap(({ revision, value }) => {
    const head = parseAuditHead(value);
    if (head?.org !== org) return [];
    const { firstSeq, seq, hash } = head;
    return [{ revision, firstSeq, seq, hash }];
  });
}

/** The record as a line of its file, without the end. */
export function lineOf(record: AuditRecord): string {
  return canonicalText(record as unknown as JsonObject);
}

/** What the record was before it took its place. */
export function draftOf(record: AuditRecord): AuditDraft {
  const inPlace = new Set(['seq', 'previousHash', 'hash']);
  const kept = Object.entries(record).filter(([key]) => !inPlace.has(key));
  return Object.fromEntries(kept) as unknown as AuditDraft;
}

/** The record with another content, and a hash that fits it. */
export function rehashed(record: AuditRecord, change: Partial<AuditRecord>): AuditRecord {
  const changed = { ...record, ...change };
  const before = { seq: changed.seq - 1, hash: changed.previousHash };
  return chainAudit(draftOf(changed), before as AuditRecord);
}
