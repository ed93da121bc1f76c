import { AUDIT_GENESIS, isAuditHashTrue } from './audit.ts';
import type { AuditHead, AuditRecord } from './audit.ts';
import { auditPathOf, isAuditPath } from './flow-status.ts';
import { canonicalText } from './hash.ts';
import type { JsonObject } from './json.ts';

/**
 * What is wrong with a line, or with the chain from this line on.
 *
 * - `unreadable`: no audit record, or an empty line
 * - `altered`: the content is not what its hash says, or is written otherwise
 * - `unlinked`: does not follow from the record before: one of both was changed, hash and all
 * - `missing`: records were taken out before this one
 * - `out-of-order`: does not come after the record before it: moved, copied or put in
 * - `duplicate`: its attempt is recorded already
 * - `misfiled`: stands in the file of another month than it was written to
 * - `stray-file`: a file that is no month of the chain
 * - `rewritten`: another record than the one that was published with this number
 * - `truncated`: published records are cut off after this line
 * - `unpublished`: from here on are records that no commit of flowkeeper put there
 */
export type AuditFaultKind =
  | 'unreadable'
  | 'altered'
  | 'unlinked'
  | 'missing'
  | 'out-of-order'
  | 'duplicate'
  | 'misfiled'
  | 'stray-file'
  | 'rewritten'
  | 'truncated'
  | 'unpublished';

export interface AuditFault {
  /** Path on the status branch. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly kind: AuditFaultKind;
  /** For a person. */
  readonly message: string;
}

/** What a commit of the status branch says that it published. */
export interface PublishedHead extends Omit<AuditHead, 'org'> {
  readonly revision: string;
}

export interface AuditToVerify {
  readonly org: string;
  /** Text by path, of everything below the org's folder of audit records; in any order. */
  readonly files: ReadonlyMap<string, string>;
  /** Those of the org, in any order. */
  readonly heads: readonly PublishedHead[];
}

/** What became of one org's chain. */
export interface AuditVerification {
  readonly org: string;
  readonly isWhole: boolean;
  /** Months with a file. */
  readonly files: number;
  /** Lines that are records whose content is what their hash says. */
  readonly records: number;
  /** How many published heads the chain was compared with. */
  readonly heads: number;
  /** The last good record. */
  readonly end?: Pick<AuditRecord, 'seq' | 'hash' | 'timestamp'>;
  /** By file and line. */
  readonly faults: readonly AuditFault[];
}

interface Line {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}
/** What is kept of a record: there may be a hundred thousand. */
type Link = Pick<AuditRecord, 'seq' | 'hash' | 'previousHash' | 'timestamp' | 'attemptId'>;
interface Place extends Omit<Line, 'text'> {
  readonly record: Link;
}
type Report = (at: Omit<Line, 'text'>, kind: AuditFaultKind, message: string) => void;

/** One way along the chain. */
interface Walk {
  readonly report: Report;
  /** The record with the highest number so far. */
  previous: Place | undefined;
  /** Lines since `previous` of which nobody can tell what record they were. */
  lost: number;
  readonly bySeq: Map<number, Place>;
  readonly attempts: Map<string, Place>;
}

/**
 * Checks an org's whole chain of audit records across months: that each record is as it was hashed, follows from the
 * one before, stands where it was written, and that the records are those that commits of flowkeeper say they
 * published, no fewer and no more. Whoever changes, removes, moves, copies or adds a record is found, unless the history
 * of the branch itself was rewritten, or commits were made that say of themselves that they are flowkeeper's. Pure;
 * never throws.
 */
export function verifyAudit({ org, files, heads }: AuditToVerify): AuditVerification {
  const faults: AuditFault[] = [];
  const report: Report = ({ file, line }, kind, message) => {
    faults.push({ file, line, kind, message });
  };
  const walk: Walk = {
    report,
    previous: undefined,
    lost: 0,
    bySeq: new Map(),
    attempts: new Map(),
  };
  const paths = [...files.keys()].toSorted(byText);
  const months = paths.filter((path) => isAuditPath(org, path));
  for (const file of paths)
    if (file.endsWith('.jsonl') && !months.includes(file))
      report({ file, line: 1 }, 'stray-file', 'this is no month of the chain');
  for (const file of months) walkFile(walk, org, file, files.get(file) ?? '');
  checkHeads(walk, heads, `audit/${org}`);
  const { previous } = walk;
  return {
    org,
    isWhole: faults.length === 0,
    files: months.length,
    records: walk.bySeq.size,
    heads: heads.length,
    ...(previous && { end: endOf(previous) }),
    faults: faults.toSorted((a, b) => byText(a.file, b.file) || a.line - b.line),
  };
}

function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function endOf({ record }: Place): NonNullable<AuditVerification['end']> {
  const { seq, hash, timestamp } = record;
  return { seq, hash, timestamp };
}

function walkFile(walk: Walk, org: string, file: string, text: string): void {
  const lines = text.split('\n');
  // what is behind the last line end is a line only if there is something
  if (lines.at(-1) === '' && lines.length > 1) lines.pop();
  else walk.report({ file, line: lines.length }, 'altered', 'the last line has no end');
  let isFirst = true;
  for (const [index, content] of lines.entries()) {
    const place = readRecord(walk, { file, line: index + 1, text: content });
    if (place) checkRecord(walk, place, { org, isFirst });
    else walk.lost += 1;
    isFirst = false;
  }
}

/** Undefined, and reported, when the line cannot be taken for the record it says it is. */
function readRecord(walk: Walk, { file, line, text }: Line): Place | undefined {
  const record = parseRecord(text);
  if (!record) {
    const what = text.trim() === '' ? 'an empty line' : 'no audit record';
    walk.report({ file, line }, 'unreadable', `this is ${what}`);
    return undefined;
  }
  const { seq, hash, previousHash, timestamp, attemptId } = record;
  const fault = contentFault(record, text);
  if (fault === undefined)
    return { file, line, record: { seq, hash, previousHash, timestamp, attemptId } };
  walk.report({ file, line }, 'altered', `record ${String(seq)} ${fault}`);
  return undefined;
}

function parseRecord(text: string): AuditRecord | undefined {
  try {
    const value = JSON.parse(text) as Partial<AuditRecord> | null;
    const { seq, hash, previousHash, timestamp, attemptId } = value ?? {};
    const isNumbered = Number.isSafeInteger(seq) && Number(seq) > 0;
    const texts = [hash, previousHash, timestamp, attemptId];
    const isRecord = isNumbered && texts.every((part) => typeof part === 'string');
    return isRecord ? (value as AuditRecord) : undefined;
  } catch {
    return undefined;
  }
}

function contentFault(record: AuditRecord, text: string): string | undefined {
  try {
    if (!isAuditHashTrue(record)) return 'was changed: its content does not have its hash';
    const isAsWritten = canonicalText(record as unknown as JsonObject) === text;
    return isAsWritten ? undefined : 'is not written as flowkeeper writes it';
  } catch {
    // numbers and nesting that no canonical text exists for
    return 'was changed: its content has no hash';
  }
}

function checkRecord(
  walk: Walk,
  place: Place,
  { org, isFirst }: { readonly org: string; readonly isFirst: boolean },
): void {
  const { record, file } = place;
  const isNext = checkOrder(walk, place);
  const known = walk.attempts.get(record.attemptId);
  if (!known) walk.attempts.set(record.attemptId, place);
  else if (isNext)
    walk.report(place, 'duplicate', `attempt ${record.attemptId} is recorded at ${whereOf(known)}`);
  const own = auditPathOf(org, record.timestamp);
  // a clock that was set back leaves a record in a later month's file, but begins no file
  if (own > file || (own < file && isFirst))
    walk.report(place, 'misfiled', `record ${String(record.seq)} belongs to ${own}`);
}

/** True when the record comes after the one before, be it next or not. */
function checkOrder(walk: Walk, place: Place): boolean {
  const { previous, lost } = walk;
  const { seq, previousHash } = place.record;
  const before = previous?.record.seq ?? 0;
  if (seq <= before) {
    const what = `record ${String(seq)} stands behind record ${String(before)}`;
    walk.report(place, 'out-of-order', `${what}: it was moved, copied or put in`);
    return false;
  }
  if (seq > before + 1 + lost) {
    const gap = rangeOf(before + 1, seq - 1);
    walk.report(place, 'missing', `${gap} ${gap.includes('to') ? 'are' : 'is'} not there`);
  } else if (
    seq === before + 1 &&
    previousHash !== (previous ? previous.record.hash : AUDIT_GENESIS)
  ) {
    const what = previous
      ? `from record ${String(before)} at ${whereOf(previous)}`
      : 'from nothing, as the first must';
    walk.report(place, 'unlinked', `record ${String(seq)} does not follow ${what}`);
  }
  walk.previous = place;
  walk.lost = 0;
  walk.bySeq.set(seq, place);
  return true;
}

function rangeOf(first: number, last: number): string {
  if (first === last) return `record ${String(first)}`;
  return `records ${String(first)} to ${String(last)}`;
}

function whereOf({ file, line }: Place): string {
  return `${file}:${String(line)}`;
}

/** Compares the chain with what the branch's commits said of its end, at the time. */
function checkHeads(walk: Walk, heads: readonly PublishedHead[], folder: string): void {
  const ascending = heads.toSorted((a, b) => a.seq - b.seq);
  checkPublished(walk, ascending);
  const newest = ascending.at(-1);
  if (!newest) return;
  const { previous, report } = walk;
  // a chain that was written anew differs from there to its end: told once
  const rewritten = ascending.find(({ seq, hash }) => {
    const found = walk.bySeq.get(seq);
    return found !== undefined && found.record.hash !== hash;
  });
  const first = rewritten && walk.bySeq.get(rewritten.seq);
  if (first)
    report(
      first,
      'rewritten',
      `record ${String(rewritten.seq)} is not the one that was published by ${commitOf(rewritten)}`,
    );
  const end = previous?.record.seq ?? 0;
  const at = previous ?? { file: folder, line: 1 };
  if (newest.seq > end + walk.lost)
    report(
      at,
      'truncated',
      `${rangeOf(end + 1, newest.seq)}, published by ${commitOf(newest)}, cut off after this`,
    );
}

/**
 * Every record is one that a commit says it put there; of those in a row that are not, the first is told.
 *
 * @param heads ascending by their last number
 */
function checkPublished({ bySeq, report }: Walk, heads: readonly PublishedHead[]): void {
  let at = 0;
  const isPublished = (seq: number): boolean => {
    while ((heads[at]?.seq ?? Infinity) < seq) at += 1;
    const next = heads[at];
    if (!next || next.firstSeq <= seq) return next !== undefined;
    // ranges overlap where a chain was cut off and written on
    return heads.some(({ firstSeq }, i) => i > at && firstSeq <= seq);
  };
  let first: Place | undefined;
  let last = 0;
  const tell = (): void => {
    if (!first) return;
    const range = rangeOf(first.record.seq, last);
    const what = last > first.record.seq ? 'were' : 'was';
    report(first, 'unpublished', `${range} ${what} put there by no commit of flowkeeper`);
    first = undefined;
  };
  // the map has them by their numbers
  for (const [seq, place] of bySeq) {
    if (isPublished(seq)) tell();
    else first ??= place;
    last = seq;
  }
  tell();
}

function commitOf({ revision }: PublishedHead): string {
  return `commit ${revision.slice(0, 10)}`;
}
