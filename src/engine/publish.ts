import { AUDIT_HEAD_TRAILER, chainAudit, renderAuditHead } from '../domain/audit.ts';
import type { AuditDraft, AuditHead, AuditRecord } from '../domain/audit.ts';
import { auditPathOf, isAuditPath, snapshotPathOf, statusPathOf } from '../domain/flow-status.ts';
import type { Revision } from '../domain/flow.ts';
import { canonicalText } from '../domain/hash.ts';
import { orgStatusPathOf } from '../domain/org-status.ts';
import type { Ports } from '../ports/ports.ts';
import type { PendingRecords, Snapshot } from '../ports/state-store.ts';
import type { BranchCommit, BranchTip } from '../ports/status-branch.ts';
import { renderStatus } from './render-status.ts';

/** What one run adds to the status branch. */
export interface Publication {
  readonly org: string;
  readonly runId: string;
  readonly revision: Revision;
  /** One line for the commit's subject, without org and `[skip ci]`. */
  readonly summary: string;
  /** Have to be there after it, even those of which it was noted before that they are. */
  readonly snapshots?: readonly Snapshot[];
}

export type Published =
  | { readonly kind: 'pushed'; readonly revision: Revision; readonly files: number }
  | { readonly kind: 'nothing' };

/**
 * Commits everything that the status branch does not have yet, this run's records and what earlier runs
 * could not push, as one commit. What cannot be pushed stays in the outbox for the next run.
 *
 * @throws git.* when the remote is away or refuses; nothing is lost then
 */
export async function publishPending(
  ports: Pick<Ports, 'state' | 'statusBranch'>,
  publication: Publication,
  signal: AbortSignal,
): Promise<Published> {
  const { org, snapshots = [] } = publication;
  const pending = withSnapshots(await ports.state.outbox.begin(org), snapshots);
  if (isEmpty(pending)) return { kind: 'nothing' };
  let files = 0;
  const result = await ports.statusBranch.commit(async (tip) => {
    const commit = await makeCommit(tip, pending, publication);
    files = commit.files.size;
    return commit;
  }, signal);
  await ports.state.outbox.markPublished(pending);
  return result.kind === 'pushed' ? { ...result, files } : result;
}

function withSnapshots(pending: PendingRecords, more: readonly Snapshot[]): PendingRecords {
  if (more.length === 0) return pending;
  const { org } = pending;
  const all = [...pending.snapshots, ...more];
  const byPath = new Map(all.map((one) => [snapshotPathOf(org, one.flowId, one.version), one]));
  return { ...pending, snapshots: [...byPath.values()] };
}

function isEmpty(pending: PendingRecords): boolean {
  const { statuses, removed, audits, snapshots, orgStatus } = pending;
  const count = statuses.length + removed.length + audits.length + snapshots.length;
  return count === 0 && orgStatus === undefined;
}

async function makeCommit(
  tip: BranchTip,
  pending: PendingRecords,
  publication: Publication,
): Promise<BranchCommit> {
  const { org } = publication;
  const files = new Map<string, string | null>();
  for (const flowId of pending.removed) files.set(statusPathOf(org, flowId), null);
  for (const status of pending.statuses)
    files.set(statusPathOf(org, status.flowId), renderStatus(status));
  for (const snapshot of pending.snapshots) {
    const path = snapshotPathOf(org, snapshot.flowId, snapshot.version);
    files.set(path, `${JSON.stringify(snapshot, null, 2)}\n`);
  }
  if (pending.orgStatus) files.set(orgStatusPathOf(org), renderStatus(pending.orgStatus));
  const audits = await appendAudits(tip, org, pending.audits);
  for (const [path, text] of audits.files) files.set(path, text);
  return {
    subject: `flowkeeper(${org}): ${publication.summary} [skip ci]`,
    trailers: [
      { key: 'Flowkeeper-Run', value: publication.runId },
      { key: 'Flowkeeper-Source', value: publication.revision },
      ...(audits.head
        ? [{ key: AUDIT_HEAD_TRAILER, value: renderAuditHead({ org, ...audits.head }) }]
        : []),
    ],
    files,
  };
}

interface AppendedAudits {
  readonly files: ReadonlyMap<string, string>;
  /** Of those that were added: what the history of the branch keeps even if the files lose it. */
  readonly head: Omit<AuditHead, 'org'> | undefined;
}

/**
 * The audit files with the drafts chained behind what the tip has. A draft whose attempt is there already
 * (pushed by a process that died before it could note so) is not added again.
 */
async function appendAudits(
  tip: BranchTip,
  org: string,
  drafts: readonly AuditDraft[],
): Promise<AppendedAudits> {
  if (drafts.length === 0) return { files: new Map(), head: undefined };
  const months = new Set(drafts.map((draft) => auditPathOf(org, draft.timestamp)));
  const known = await readAudits(tip, org, months);
  const existing = new Set(known.records.map((record) => record.attemptId));
  const changed = new Map<string, string>();
  let last = known.records.at(-1);
  const firstSeq = (last?.seq ?? 0) + 1;
  let lastPath = known.newest;
  for (const draft of drafts.filter(({ attemptId }) => !existing.has(attemptId))) {
    last = chainAudit(draft, last);
    // a clock that went back must not put a record into a file before the one that holds its predecessor
    const path = auditPathOf(org, draft.timestamp);
    if (path > lastPath) lastPath = path;
    const before = changed.get(lastPath) ?? withLineEnd(known.texts.get(lastPath) ?? '');
    changed.set(lastPath, `${before}${canonicalText(asJson(last))}\n`);
  }
  return {
    files: changed,
    head: changed.size > 0 && last ? { firstSeq, seq: last.seq, hash: last.hash } : undefined,
  };
}

interface KnownAudits {
  /** Path of the newest file; empty when there is none. */
  readonly newest: string;
  readonly texts: ReadonlyMap<string, string>;
  /** Those of the files that were read, in their order. */
  readonly records: readonly AuditRecord[];
}

/** Reads the files of these months, and from the newest file back until there is a record to chain behind. */
async function readAudits(
  tip: BranchTip,
  org: string,
  months: ReadonlySet<string>,
): Promise<KnownAudits> {
  const paths = (await tip.list(`audit/${org}`))
    .filter((path) => isAuditPath(org, path))
    .toSorted();
  const texts = new Map<string, string>();
  let records: readonly AuditRecord[] = [];
  for (const path of paths.toReversed()) {
    if (records.length > 0 && !months.has(path)) continue;
    const text = (await tip.read(path)) ?? '';
    texts.set(path, text);
    records = [...parseRecords(text), ...records];
  }
  return { newest: paths.at(-1) ?? '', texts, records };
}

function asJson(record: AuditRecord): Parameters<typeof canonicalText>[0] {
  return { ...record };
}

function withLineEnd(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

/** What a hand made unreadable stays as it is, for `audit verify` to find; it holds up no record. */
function parseRecords(text: string): AuditRecord[] {
  return text.split('\n').flatMap((line) => {
    try {
      const record = JSON.parse(line) as Partial<AuditRecord> | null;
      return record?.hash === undefined ? [] : [record as AuditRecord];
    } catch {
      return [];
    }
  });
}
