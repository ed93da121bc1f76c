import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { chainAudit } from '../../../src/domain/audit.ts';
import type { AuditRecord } from '../../../src/domain/audit.ts';
import { verifyAudit } from '../../../src/domain/verify-audit.ts';
import {
  anAuditDraft,
  draftOf,
  lineOf,
  publishAudits,
  rehashed,
} from '../../support/audit-files.ts';

const ORG = 'acme';

/** Drafts with instants that go on, or now and then back, over some months. */
const drafts = fc
  .array(fc.integer({ min: -20, max: 40 }), { minLength: 2, maxLength: 12 })
  .map((days) => {
    let at = Date.UTC(2026, 5, 15);
    return days.map((step, i) => {
      at += step * 86_400_000;
      return anAuditDraft(i + 1, { timestamp: new Date(at).toISOString() });
    });
  });

type Published = Awaited<ReturnType<typeof publishAudits>>;
const chains = fc
  .tuple(drafts, fc.integer({ min: 1, max: 4 }))
  .map(([all, size]): Promise<Published> => {
    const batches = all.flatMap((_, i) => (i % size === 0 ? [all.slice(i, i + size)] : []));
    return publishAudits(ORG, batches);
  });

/** One change to the lines of all months, each with the file it stands in. */
interface FileLine {
  readonly file: string;
  readonly text: string;
}
type Mutation = (lines: readonly FileLine[], a: number, b: number) => FileLine[];

const at = (lines: readonly FileLine[], n: number): number => n % lines.length;
const parsed = ({ text }: FileLine): AuditRecord => JSON.parse(text) as AuditRecord;
const FIELDS: readonly Partial<AuditRecord>[] = [
  { status: 'other' },
  { author: 'Mallory' },
  { seq: 99 },
  { previousHash: 'e'.repeat(64) },
  { hash: 'e'.repeat(64) },
  { timestamp: '2031-01-01T00:00:00.000Z' },
  { attemptId: 'attempt-x' },
  { details: {} },
];

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  drop: (lines, a) => lines.filter((_, i) => i !== at(lines, a)),
  truncate: (lines, a) => lines.slice(0, at(lines, a)),
  swap: (lines, a, b) => {
    const [i, j] = [at(lines, a), at(lines, b)];
    return lines.map((line, n) => {
      const other = n === i ? j : i;
      return n === i || n === j ? { ...line, text: lines[other]?.text ?? '' } : line;
    });
  },
  duplicate: (lines, a, b) => {
    const copy = { ...lines[at(lines, b)]!, text: lines[at(lines, a)]!.text };
    return lines.toSpliced(at(lines, b), 0, copy);
  },
  edit: (lines, a, b) =>
    lines.with(at(lines, a), {
      ...lines[at(lines, a)]!,
      text: lineOf({ ...parsed(lines[at(lines, a)]!), ...FIELDS[b % FIELDS.length] }),
    }),
  'edit and hash again': (lines, a, b) =>
    lines.with(at(lines, a), {
      ...lines[at(lines, a)]!,
      text: lineOf(rehashed(parsed(lines[at(lines, a)]!), FIELDS[b % FIELDS.length] ?? {})),
    }),
  'edit and chain all anew': (lines, a) => {
    let last: AuditRecord | undefined;
    return lines.map((line, i) => {
      const draft = draftOf(parsed(line));
      last = chainAudit(i === at(lines, a) ? { ...draft, author: 'Mallory' } : draft, last);
      return { ...line, text: lineOf(last) };
    });
  },
  insert: (lines, a) => {
    const index = at(lines, a);
    const forged = chainAudit(anAuditDraft(77), parsed(lines[index]!));
    return lines.toSpliced(index + 1, 0, { ...lines[index]!, text: lineOf(forged) });
  },
  'change one character': (lines, a, b) => {
    const line = lines[at(lines, a)]!;
    const index = b % line.text.length;
    const other = line.text[index] === '7' ? '8' : '7';
    const text = line.text.slice(0, index) + other + line.text.slice(index + 1);
    return lines.with(at(lines, a), { ...line, text });
  },
  'move to another file': (lines, a, b) => {
    const line = { ...lines[at(lines, a)]!, file: lines[at(lines, b)]!.file };
    return lines.with(at(lines, a), line);
  },
};

function linesOf(files: ReadonlyMap<string, string>): FileLine[] {
  return [...files].flatMap(([file, text]) =>
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

describe('any chain', () => {
  test('is whole as it was published', async () => {
    await fc.assert(
      fc.asyncProperty(chains, async (published) => {
        expect(verifyAudit({ org: ORG, ...(await published) }).faults).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test.each(Object.keys(MUTATIONS))('is broken by one change: %s', async (name) => {
    const mutate = MUTATIONS[name]!;
    await fc.assert(
      fc.asyncProperty(chains, fc.nat(), fc.nat(), async (published, a, b) => {
        const { files, heads } = await published;
        const changed = filesOf(mutate(linesOf(files), a, b));
        fc.pre(JSON.stringify([...changed].sort()) !== JSON.stringify([...files].sort()));
        expect(verifyAudit({ org: ORG, files: changed, heads }).isWhole).toBe(false);
      }),
      { numRuns: 150 },
    );
  });
});
