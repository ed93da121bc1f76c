import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { chainAudit } from '../../../src/domain/audit.ts';
import type { AuditDraft, AuditRecord } from '../../../src/domain/audit.ts';
import { isJsonObject } from '../../../src/domain/json.ts';
import type { Json, JsonObject } from '../../../src/domain/json.ts';
import { verifyAudit } from '../../../src/domain/verify-audit.ts';
import {
  anAuditDraft,
  draftOf,
  lineOf,
  publishAudits,
  rehashed,
} from '../../support/audit-files.ts';
import { FakeStatusBranch } from '../../support/fakes/fake-status-branch.ts';

const ORGS = ['acme', 'beta'] as const;
type Org = (typeof ORGS)[number];
interface Publication {
  readonly org: Org;
  readonly drafts: readonly AuditDraft[];
}

/**
 * What two controllers, each of its own org, publish to one branch in whatever turn: instants that go on, or now and
 * then back, over some months. Each org publishes at least once.
 */
const publications: fc.Arbitrary<readonly Publication[]> = fc
  .array(
    fc.record({
      org: fc.constantFrom(...ORGS),
      days: fc.array(fc.integer({ min: -20, max: 40 }), { minLength: 1, maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((turns) => {
    let at = Date.UTC(2026, 5, 15);
    let n = 0;
    const asDraft = (days: number): AuditDraft => {
      at += days * 86_400_000;
      n += 1;
      return anAuditDraft(n, { timestamp: new Date(at).toISOString() });
    };
    const all = [...turns, ...ORGS.map((org) => ({ org, days: [1, 1] }))];
    return all.map(({ org, days }) => ({ org, drafts: days.map(asDraft) }));
  });

async function published(turns: readonly Publication[]): Promise<FakeStatusBranch> {
  const branch = new FakeStatusBranch();
  for (const { org, drafts } of turns) await publishAudits(org, [drafts], branch);
  return branch;
}

/** As `audit verify` looks at a branch. */
async function isWhole(
  branch: FakeStatusBranch,
  files: ReadonlyMap<string, string> = branch.files,
): Promise<boolean> {
  for (const org of ORGS) {
    // publishing nothing only reads what commits say
    const { heads } = await publishAudits(org, [], branch);
    const own = [...files].filter(([path]) => path.startsWith(`audit/${org}/`));
    if (!verifyAudit({ org, files: new Map(own), heads }).isWhole) return false;
  }
  return true;
}

/** One change to the lines of all files, each with the file it stands in. */
interface FileLine {
  readonly file: string;
  readonly text: string;
}
type Mutation = (lines: readonly FileLine[], a: number, b: number) => FileLine[];

const at = (items: readonly unknown[], n: number): number => n % items.length;
const pick = <T>(items: readonly T[], n: number): T => items[at(items, n)]!;
const parsed = ({ text }: FileLine): AuditRecord => JSON.parse(text) as AuditRecord;
const withLine = (
  lines: readonly FileLine[],
  n: number,
  change: (line: FileLine) => string,
): FileLine[] => {
  const line = pick(lines, n);
  return lines.with(at(lines, n), { ...line, text: change(line) });
};

/** Paths of every value that is no object, at any depth. */
function leavesOf(value: Json, path: readonly string[] = []): (readonly string[])[] {
  if (!isJsonObject(value)) return [path];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}

/** The nth of its values is another one. */
function edited(record: AuditRecord, n: number): AuditRecord {
  const path = pick(leavesOf(record as unknown as Json), n);
  const change = (value: Json | undefined, rest: readonly string[]): Json => {
    const [key, ...deeper] = rest;
    if (key !== undefined) {
      const object = value as JsonObject;
      return { ...object, [key]: change(object[key], deeper) };
    }
    if (typeof value === 'number') return value + 1;
    return typeof value === 'string' ? `${value}x` : 'x';
  };
  return change(record as unknown as Json, path) as unknown as AuditRecord;
}

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'a line is taken out': (lines, a) => lines.filter((_, i) => i !== at(lines, a)),
  'the last line of a file is taken out': (lines, a) => {
    const { file } = pick(lines, a);
    const last = lines.findLastIndex((line) => line.file === file);
    return lines.toSpliced(last, 1);
  },
  'a month is taken out': (lines, a) => lines.filter(({ file }) => file !== pick(lines, a).file),
  'an org is taken out': (lines, a) => {
    const folder = pick(lines, a).file.slice(0, 'audit/acme/'.length);
    return lines.filter(({ file }) => !file.startsWith(folder));
  },
  'everything behind a line is cut off': (lines, a) => lines.slice(0, at(lines, a)),
  'two lines are exchanged': (lines, a, b) => {
    const [i, j] = [at(lines, a), at(lines, b)];
    return lines.map((line, n) => {
      const other = n === i ? j : i;
      return n === i || n === j ? { ...line, text: lines[other]?.text ?? '' } : line;
    });
  },
  'two files are exchanged': (lines, a, b) => {
    const [one, other] = [pick(lines, a).file, pick(lines, b).file];
    return lines.map((line) => {
      if (line.file === one) return { ...line, file: other };
      return line.file === other ? { ...line, file: one } : line;
    });
  },
  'a line is copied': (lines, a, b) =>
    lines.toSpliced(at(lines, b), 0, { ...pick(lines, b), text: pick(lines, a).text }),
  'a field is edited': (lines, a, b) =>
    withLine(lines, a, (line) => lineOf(edited(parsed(line), b))),
  'a field is edited, and the record hashed again': (lines, a, b) =>
    withLine(lines, a, (line) => lineOf(rehashed(edited(parsed(line), b), {}))),
  'a field is edited, and all behind it chained anew': (lines, a, b) => {
    const { file } = pick(lines, a);
    const org = file.slice(0, 'audit/acme/'.length);
    let last: AuditRecord | undefined;
    return lines.map((line, i) => {
      if (!line.file.startsWith(org)) return line;
      const record = i === at(lines, a) ? edited(parsed(line), b) : parsed(line);
      last = chainAudit(draftOf(record), last);
      return { ...line, text: lineOf(last) };
    });
  },
  'a record is put in, with a hash that fits': (lines, a) => {
    const forged = chainAudit(anAuditDraft(77), parsed(pick(lines, a)));
    return lines.toSpliced(at(lines, a) + 1, 0, { ...pick(lines, a), text: lineOf(forged) });
  },
  'a record is put in, and all behind it chained anew': (lines, a) => {
    const { file } = pick(lines, a);
    const org = file.slice(0, 'audit/acme/'.length);
    const forged = { file, text: lineOf(chainAudit(anAuditDraft(77), parsed(pick(lines, a)))) };
    let last: AuditRecord | undefined;
    return lines.toSpliced(at(lines, a) + 1, 0, forged).map((line) => {
      if (!line.file.startsWith(org)) return line;
      last = chainAudit(draftOf(parsed(line)), last);
      return { ...line, text: lineOf(last) };
    });
  },
  'a character is changed': (lines, a, b) =>
    withLine(lines, a, ({ text }) => {
      const index = b % text.length;
      const other = text[index] === '7' ? '8' : '7';
      return text.slice(0, index) + other + text.slice(index + 1);
    }),
  'a line is cut short': (lines, a, b) =>
    withLine(lines, a, ({ text }) => text.slice(0, b % text.length)),
  'a line moves to another file': (lines, a, b) =>
    lines.with(at(lines, a), { ...pick(lines, a), file: pick(lines, b).file }),
};

function linesOf(files: ReadonlyMap<string, string>): FileLine[] {
  return [...files].toSorted().flatMap(([file, text]) =>
    text
      .split('\n')
      .slice(0, -1)
      .map((line) => ({ file, text: line })),
  );
}

function filesOf(lines: readonly FileLine[]): Map<string, string> {
  const files = new Map<string, string>();
  for (const { file, text } of lines) files.set(file, `${files.get(file) ?? ''}${text}\n`);
  return files;
}

const sorted = (files: ReadonlyMap<string, string>): string =>
  JSON.stringify([...files].toSorted());

/** As a commit of somebody who may push. */
function tamper(branch: FakeStatusBranch, files: ReadonlyMap<string, string>): void {
  const removed = [...branch.files.keys()].filter((path) => !files.has(path));
  branch.commitByHand({
    ...Object.fromEntries(removed.map((path) => [path, null])),
    ...Object.fromEntries(files),
  });
}

describe('the chains of any branch', () => {
  test('are whole as they were published', async () => {
    await fc.assert(
      fc.asyncProperty(publications, async (turns) => {
        expect(await isWhole(await published(turns))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  test.each(Object.entries(MUTATIONS))('are found broken when %s', async (_name, mutate) => {
    await fc.assert(
      fc.asyncProperty(publications, fc.nat(), fc.nat(), async (turns, a, b) => {
        const branch = await published(turns);
        const changed = filesOf(mutate(linesOf(branch.files), a, b));
        fc.pre(sorted(changed) !== sorted(branch.files));
        expect(await isWhole(branch, changed)).toBe(false);
      }),
      { numRuns: 150 },
    );
  });

  test('are found broken when a file loses its end, wherever it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(publications, fc.nat(), fc.nat(), async (turns, a, b) => {
        const branch = await published(turns);
        const files = new Map(branch.files);
        const [path, text] = pick([...files], a);
        files.set(path, text.slice(0, b % text.length));
        expect(await isWhole(branch, files)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test.each(Object.entries(MUTATIONS))(
    'stay broken when %s, and flowkeeper has written on since',
    async (_name, mutate) => {
      await fc.assert(
        fc.asyncProperty(publications, fc.nat(), fc.nat(), async (turns, a, b) => {
          const branch = await published(turns);
          const changed = filesOf(mutate(linesOf(branch.files), a, b));
          fc.pre(sorted(changed) !== sorted(branch.files));
          tamper(branch, changed);
          const timestamp = '2031-01-01T00:00:00.000Z';
          for (const org of ORGS)
            await publishAudits(org, [[anAuditDraft(90, { timestamp, attemptId: org })]], branch);
          expect(await isWhole(branch)).toBe(false);
        }),
        { numRuns: 60 },
      );
    },
  );
});
