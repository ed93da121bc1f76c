import { AUDIT_HEAD_TRAILER, parseAuditHead } from '../../src/domain/audit.ts';
import type { AuditRecord } from '../../src/domain/audit.ts';
import { verifyAudit } from '../../src/domain/verify-audit.ts';
import type { PublishedHead } from '../../src/domain/verify-audit.ts';
import type { FieldChange } from '../../src/domain/plan.ts';
import type { Snapshot } from '../../src/ports/state-store.ts';
import { mustHold } from './breach.ts';
import { changedLeaves, isSameLeaf, leavesOf } from './leaves.ts';
import type { LedgerEntry, LedgerWrite } from './ledger.ts';
import { ORG } from './world.ts';
import type { World } from './world.ts';

type OurEntry = LedgerEntry & { readonly write: LedgerWrite };

/** Every change has one record and every record one change, in a chain that verifies. @throws Breach */
export async function checkAudit(world: World): Promise<void> {
  const files = new Map(
    [...world.statusBranch.files].filter(([path]) => path.startsWith(`audit/${ORG}/`)),
  );
  const verified = verifyAudit({ org: ORG, files, heads: headsOf(world) });
  mustHold(verified.faults.length === 0, () => `the audit: ${verified.faults[0]?.message ?? ''}`);
  const records = [...files.values()].flatMap((text) =>
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as AuditRecord),
  );
  const byAttempt = new Map(records.map((record) => [record.attemptId, record]));
  mustHold(byAttempt.size === records.length, () => 'an attempt has two audit records');
  for (const [attemptId, { start, entries, ended }] of world.state.attempts) {
    const written = world.service.ledger
      .ours(start.flowId)
      .filter(({ write }) => write.attemptId === attemptId);
    const record = byAttempt.get(attemptId);
    const isUnanswered = entries.some(({ to }) => to === 'read-back');
    if (ended) checkAttempt(world, { attemptId, written, record, isUnanswered });
  }
}

interface AttemptFacts {
  readonly attemptId: string;
  readonly written: readonly OurEntry[];
  readonly record: AuditRecord | undefined;
  /** Of a write of its own it got no answer. */
  readonly isUnanswered: boolean;
}

function checkAttempt(world: World, facts: AttemptFacts): void {
  const { attemptId, written, record } = facts;
  if (written.length > 0)
    mustHold(record !== undefined, () => `${attemptId} changed its flow, and has no audit record`);
  if (!record) return;
  const what = `the audit record of ${attemptId} (${record.status})`;
  const changes = written.filter(({ write }) => write.step === 'patch');
  const restored = written.filter(({ write }) => write.step === 'rollback');
  if (record.status === 'applied') {
    mustHold(restored.length === 0, () => `${what} does not tell that it was put back`);
    if (!facts.isUnanswered) checkKept(record, changes.at(-1), what);
    if (changes.length === 0)
      mustHold(isOthersDoing(world, record), () => `${what} tells a change that nobody made`);
  }
  if (record.status === 'rolled-back')
    mustHold(changes.length > 0, () => `${what} tells of a change that never was`);
  checkNoOverwrite(world, record, changes);
  const last = changes.at(-1);
  if (last && (record.status === 'applied' || record.status === 'rolled-back')) {
    checkSnapshot(world, record, last);
    checkFields(record, last, what);
  }
}

/** The blocks that were written are as they were asked for, unless somebody else wrote since. */
function checkKept(record: AuditRecord, last: OurEntry | undefined, what: string): void {
  const { versionAfter, recovered, conflicts } = record.details;
  // without an answer nobody can tell what the service stored from what others made of it
  const isInDoubt = recovered !== undefined || conflicts !== undefined;
  if (!last || isInDoubt || last.version !== Number(versionAfter)) return;
  const { before, asked } = last.write;
  const blockOf = (path: string): string => path.split('/')[1] ?? '';
  const written = new Set(changedLeaves(before, asked).map(blockOf));
  // a field that the service adds by itself, where there was none and none was asked for, is no fault
  const known = new Set([...leavesOf(before).keys(), ...leavesOf(asked).keys()]);
  const lost = changedLeaves(last.settings, asked).filter(
    (path) => written.has(blockOf(path)) && known.has(path),
  );
  mustHold(lost.length === 0, () => `${what} passes over ${lost.join(' ')}, stored otherwise`);
}

/** Somebody else wrote what was wanted while it was not known what became of our write. */
function isOthersDoing(world: World, record: AuditRecord): boolean {
  const { versionBefore, versionAfter } = record.details;
  return world.service.ledger
    .of(record.flowId ?? '')
    .some(
      ({ version, write }) =>
        write === undefined && version > Number(versionBefore) && version <= Number(versionAfter),
    );
}

/**
 * Between two changes of one attempt there is somebody else's: nothing is written twice. Unless the service stored
 * something else, which nobody can tell from somebody else's doing.
 */
function checkNoOverwrite(world: World, record: AuditRecord, changes: readonly OurEntry[]): void {
  changes.slice(1).forEach((entry, i) => {
    const before = world.service.ledger.at(record.flowId ?? '', entry.version - 1);
    const { asked } = changes[i]?.write ?? {};
    const isStoredAsAsked = changedLeaves(before?.settings ?? {}, asked ?? {}).length === 0;
    mustHold(
      before?.write === undefined || !isStoredAsAsked,
      () =>
        `${record.attemptId} wrote version ${String(entry.version)} over its own ${String(changes[i]?.version)}`,
    );
  });
}

function checkSnapshot(world: World, record: AuditRecord, entry: OurEntry): void {
  const { snapshot, versionBefore } = record.details;
  const text = world.statusBranch.files.get(typeof snapshot === 'string' ? snapshot : '');
  const what = `the snapshot of ${record.attemptId}`;
  mustHold(text !== undefined, () => `${what} is not on the status branch`);
  const kept = JSON.parse(text) as Snapshot;
  mustHold(
    kept.version === versionBefore &&
      kept.version === entry.version - 1 &&
      kept.hash === record.beforeHash &&
      changedLeaves(kept.settings, entry.write.before).length === 0,
    () => `${what} is not what was there before version ${String(entry.version)}`,
  );
}

/** What was overwritten was planned: the record names each field, with what stood there and what was wanted. */
function checkFields(record: AuditRecord, { write }: OurEntry, what: string): void {
  const fields = (record.details['fields'] ?? []) as unknown as readonly FieldChange[];
  const told = fields.flatMap(({ path, live = null, desired = null }) =>
    changedLeaves(live, desired, path),
  );
  const changed = changedLeaves(write.before, write.asked);
  mustHold(
    told.sort().join(' ') === changed.join(' '),
    () => `${what} names [${told.join(' ')}], and changed [${changed.join(' ')}]`,
  );
  const [before, asked] = [leavesOf(write.before), leavesOf(write.asked)];
  for (const { path, live = null, desired = null } of fields) {
    const isTrue =
      [...leavesOf(live, path)].every(([leaf, value]) =>
        isSameLeaf(leaf, value, before.get(leaf)),
      ) &&
      [...leavesOf(desired, path)].every(([leaf, value]) =>
        isSameLeaf(leaf, value, asked.get(leaf)),
      );
    mustHold(isTrue, () => `${what} does not tell ${path} as it was`);
  }
}

/** Where the commits of the status branch say that the chain ended. */
function headsOf({ statusBranch }: World): readonly PublishedHead[] {
  return statusBranch.commits.flatMap(({ revision, trailers }) =>
    trailers.flatMap(({ key, value }) => {
      const head = key === AUDIT_HEAD_TRAILER ? parseAuditHead(value) : undefined;
      return head ? [{ revision, ...head }] : [];
    }),
  );
}
