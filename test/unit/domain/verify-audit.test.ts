import { describe, expect, test } from '@jest/globals';
import { chainAudit, parseAuditHead, renderAuditHead } from '../../../src/domain/audit.ts';
import type { AuditDraft, AuditRecord } from '../../../src/domain/audit.ts';
import { verifyAudit } from '../../../src/domain/verify-audit.ts';
import type { AuditVerification, PublishedHead } from '../../../src/domain/verify-audit.ts';
import { FakeStatusBranch } from '../../support/fakes/fake-status-branch.ts';
import { anAuditDraft, lineOf, publishAudits, rehashed } from '../../support/audit-files.ts';

const ORG = 'acme';
const OCTOBER = 'audit/acme/2026-10.jsonl';
const NOVEMBER = 'audit/acme/2026-11.jsonl';

/** Five records: two of October, three of November, published by three commits. */
async function aChain(): Promise<{
  readonly files: Map<string, string>;
  readonly heads: PublishedHead[];
}> {
  const at = (n: number, timestamp: string): AuditDraft => anAuditDraft(n, { timestamp });
  const { files, heads } = await publishAudits(ORG, [
    [at(1, '2026-10-30T08:00:00.000Z')],
    [at(2, '2026-10-31T23:59:59.999Z'), at(3, '2026-11-01T00:00:00.000Z')],
    [at(4, '2026-11-02T08:00:00.000Z'), at(5, '2026-11-03T08:00:00.000Z')],
  ]);
  return { files: new Map(files), heads };
}

type Lines = string[];
const recordIn = (lines: Lines, index: number): AuditRecord =>
  JSON.parse(lines[index] ?? '') as AuditRecord;

const faultsOf = ({ faults }: AuditVerification): string[] =>
  faults.map(({ file, line, kind }) => `${file.slice(-13)}:${String(line)} ${kind}`);

describe('verifyAudit', () => {
  test('a chain as it was published is whole, across months and commits', async () => {
    const { files, heads } = await aChain();
    const found = verifyAudit({ org: ORG, files, heads });
    expect(found).toMatchObject({ isWhole: true, files: 2, records: 5, heads: 3, faults: [] });
    expect(found.end).toMatchObject({ seq: 5, timestamp: '2026-11-03T08:00:00.000Z' });
    expect(heads[0]).toMatchObject({ seq: 5, hash: found.end?.hash });
  });

  test('an org without a record is whole', () => {
    expect(verifyAudit({ org: ORG, files: new Map(), heads: [] })).toEqual({
      org: ORG,
      isWhole: true,
      files: 0,
      records: 0,
      heads: 0,
      faults: [],
    });
  });

  test('a record of a clock that was set back may stand in the later file, and its successors too', async () => {
    const { files, heads } = await publishAudits(ORG, [
      [anAuditDraft(1, { timestamp: '2026-11-01T00:00:01.000Z' })],
      [anAuditDraft(2, { timestamp: '2026-10-31T23:59:59.000Z' })],
      [anAuditDraft(3, { timestamp: '2026-10-31T23:59:59.500Z' })],
    ]);
    expect([...files.keys()]).toEqual([NOVEMBER]);
    expect(verifyAudit({ org: ORG, files, heads }).faults).toEqual([]);
  });

  test('a draft that is published twice makes no new head', async () => {
    const { heads } = await publishAudits(ORG, [[anAuditDraft(1)], [anAuditDraft(1)]]);
    expect(heads).toHaveLength(1);
  });

  /** What somebody does by hand to the lines of a month, and what is said of it. */
  const TAMPERINGS: readonly (readonly [string, string, (lines: Lines) => void, string[]])[] = [
    [
      'a field that was changed',
      NOVEMBER,
      (lines) => (lines[1] = (lines[1] ?? '').replace('"applied"', '"failed"')),
      ['2026-11.jsonl:2 altered'],
    ],
    [
      'a field that was changed, with a hash that fits',
      NOVEMBER,
      (lines) => (lines[0] = lineOf(rehashed(recordIn(lines, 0), { status: 'failed' }))),
      ['2026-11.jsonl:1 rewritten', '2026-11.jsonl:2 unlinked'],
    ],
    [
      'the last record changed, with a hash that fits',
      NOVEMBER,
      (lines) => (lines[2] = lineOf(rehashed(recordIn(lines, 2), { status: 'failed' }))),
      ['2026-11.jsonl:3 rewritten'],
    ],
    [
      'spaces that change no meaning',
      OCTOBER,
      (lines) => (lines[0] = (lines[0] ?? '').replace(':', ': ')),
      ['2026-10.jsonl:1 altered'],
    ],
    [
      'a field named twice',
      OCTOBER,
      (lines) => (lines[0] = (lines[0] ?? '').replace('{', '{"status":"failed",')),
      ['2026-10.jsonl:1 altered'],
    ],
    ['a record taken out', NOVEMBER, (lines) => lines.splice(1, 1), ['2026-11.jsonl:2 missing']],
    [
      'the first record of all taken out',
      OCTOBER,
      (lines) => lines.splice(0, 1),
      ['2026-10.jsonl:1 missing'],
    ],
    ['the last record cut off', NOVEMBER, (lines) => lines.pop(), ['2026-11.jsonl:2 truncated']],
    [
      'two records exchanged',
      NOVEMBER,
      (lines) => lines.splice(0, 2, lines[1] ?? '', lines[0] ?? ''),
      ['2026-11.jsonl:1 missing', '2026-11.jsonl:2 out-of-order'],
    ],
    [
      'a record copied',
      OCTOBER,
      (lines) => lines.push(lines[0] ?? ''),
      ['2026-10.jsonl:3 out-of-order'],
    ],
    [
      'a record put behind the end',
      NOVEMBER,
      (lines) => lines.push(lineOf(chainAudit(anAuditDraft(6), recordIn(lines, 2)))),
      ['2026-11.jsonl:4 unpublished'],
    ],
    [
      'an attempt recorded again behind the end',
      NOVEMBER,
      (lines) => lines.push(lineOf(chainAudit(anAuditDraft(1), recordIn(lines, 2)))),
      ['2026-11.jsonl:4 duplicate', '2026-11.jsonl:4 unpublished'],
    ],
    [
      'a record put in between',
      NOVEMBER,
      (lines) => lines.splice(1, 0, lineOf(chainAudit(anAuditDraft(9), recordIn(lines, 0)))),
      ['2026-11.jsonl:3 out-of-order', '2026-11.jsonl:4 unlinked'],
    ],
    [
      'a line that is no JSON',
      OCTOBER,
      (lines) => lines.splice(1, 0, '<<<<<<< HEAD'),
      ['2026-10.jsonl:2 unreadable'],
    ],
    ['an empty line', OCTOBER, (lines) => lines.splice(1, 0, ''), ['2026-10.jsonl:2 unreadable']],
    ['a line that is null', OCTOBER, (lines) => lines.push('null'), ['2026-10.jsonl:3 unreadable']],
    [
      'a number too large to hash',
      OCTOBER,
      (lines) => (lines[1] = (lines[1] ?? '').replace('"latencyMs":210', '"latencyMs":1e999')),
      ['2026-10.jsonl:2 altered'],
    ],
  ];

  test.each(TAMPERINGS)('finds %s', async (_name, path, tamper, expected) => {
    const { files, heads } = await aChain();
    const lines = (files.get(path) ?? '').split('\n').slice(0, -1);
    tamper(lines);
    files.set(path, `${lines.join('\n')}\n`);
    const found = verifyAudit({ org: ORG, files, heads });
    expect(found.isWhole).toBe(false);
    expect(faultsOf(found)).toEqual(expected);
  });

  test.each<readonly [string, (files: Map<string, string>) => void, string[]]>([
    ['a month taken out', (files) => files.delete(OCTOBER), ['2026-11.jsonl:1 missing']],
    [
      'the newest month taken out',
      (files) => files.delete(NOVEMBER),
      ['2026-10.jsonl:2 truncated'],
    ],
    [
      'all of it taken out',
      (files) => {
        files.clear();
      },
      ['audit/acme:1 truncated'],
    ],
    [
      'a month under the name of another',
      (files) => {
        files.set('audit/acme/2026-12.jsonl', files.get(NOVEMBER) ?? '');
        files.delete(NOVEMBER);
      },
      ['2026-12.jsonl:1 misfiled'],
    ],
    [
      'a record moved into the month before',
      (files) => {
        const [first = '', ...rest] = (files.get(NOVEMBER) ?? '').split('\n');
        files.set(OCTOBER, `${files.get(OCTOBER) ?? ''}${first}\n`);
        files.set(NOVEMBER, rest.join('\n'));
      },
      ['2026-10.jsonl:3 misfiled'],
    ],
    [
      'the end of a line taken away',
      (files) => files.set(NOVEMBER, (files.get(NOVEMBER) ?? '').trimEnd()),
      ['2026-11.jsonl:3 altered'],
    ],
    [
      'a file beside the months',
      (files) => files.set('audit/acme/2026-13.jsonl', ''),
      ['2026-13.jsonl:1 stray-file'],
    ],
  ])('finds %s', async (_name, tamper, expected) => {
    const { files, heads } = await aChain();
    tamper(files);
    expect(faultsOf(verifyAudit({ org: ORG, files, heads }))).toEqual(expected);
  });

  test('an unreadable line hides no record that is missing later', async () => {
    const { files, heads } = await aChain();
    files.set(OCTOBER, `what is this\n${files.get(OCTOBER) ?? ''}`);
    const lines = (files.get(NOVEMBER) ?? '').split('\n');
    files.set(NOVEMBER, lines.toSpliced(1, 1).join('\n'));
    const expected = ['2026-10.jsonl:1 unreadable', '2026-11.jsonl:2 missing'];
    expect(faultsOf(verifyAudit({ org: ORG, files, heads }))).toEqual(expected);
  });

  test('says what is wrong in words', async () => {
    const { files, heads } = await aChain();
    const lines = (files.get(NOVEMBER) ?? '').split('\n').slice(0, -1);
    files.set(NOVEMBER, `${lines[0] ?? ''}\n`);
    const commit = heads[0]?.revision.slice(0, 10) ?? '';
    expect(verifyAudit({ org: ORG, files, heads }).faults).toEqual([
      {
        file: NOVEMBER,
        line: 1,
        kind: 'truncated',
        message: `records 4 to 5, published by commit ${commit}, cut off after this`,
      },
    ]);
  });

  test('finds a chain that was cut off and written on since, by what older commits published', async () => {
    const { files, heads } = await aChain();
    const lines = (files.get(NOVEMBER) ?? '').split('\n').slice(0, -1);
    const other = chainAudit(anAuditDraft(6), recordIn(lines, 1));
    files.set(NOVEMBER, [...lines.slice(0, 2), lineOf(other), ''].join('\n'));
    const { seq, hash } = other;
    const newest = { firstSeq: seq, seq, hash, revision: 'f'.repeat(40) };
    expect(faultsOf(verifyAudit({ org: ORG, files, heads: [newest, ...heads] }))).toEqual([
      '2026-11.jsonl:3 rewritten',
    ]);
  });

  test('finds a record that was put behind the end, chained as it should be, and written on since', async () => {
    const branch = new FakeStatusBranch();
    await publishAudits(ORG, [[anAuditDraft(1), anAuditDraft(2)]], branch);
    const path = 'audit/acme/2026-11.jsonl';
    const text = branch.files.get(path) ?? '';
    const [, last = ''] = text.split('\n');
    const forged = chainAudit(anAuditDraft(7), JSON.parse(last) as AuditRecord);
    branch.commitByHand({ [path]: `${text}${lineOf(forged)}\n` });
    const { files, heads } = await publishAudits(
      ORG,
      [[anAuditDraft(3)], [anAuditDraft(4)]],
      branch,
    );

    expect(verifyAudit({ org: ORG, files, heads }).faults).toEqual([
      {
        file: path,
        line: 3,
        kind: 'unpublished',
        message: 'record 3 was put there by no commit of flowkeeper',
      },
    ]);
  });

  test('finds a whole chain that no commit published', async () => {
    const { files } = await aChain();
    expect(verifyAudit({ org: ORG, files, heads: [] }).faults).toMatchObject([
      {
        file: OCTOBER,
        line: 1,
        kind: 'unpublished',
        message: 'records 1 to 5 were put there by no commit of flowkeeper',
      },
    ]);
  });
});

describe('a head in a trailer', () => {
  const head = { org: ORG, firstSeq: 9, seq: 12, hash: 'a'.repeat(64) };

  test('reads back as it was written', () => {
    expect(renderAuditHead(head)).toBe(`acme 9-12 ${'a'.repeat(64)}`);
    expect(parseAuditHead(renderAuditHead(head))).toEqual(head);
  });

  test.each([
    ['nothing', ''],
    ['no number', `acme x ${'a'.repeat(64)}`],
    ['one number', `acme 12 ${'a'.repeat(64)}`],
    ['number 0', `acme 0-1 ${'a'.repeat(64)}`],
    ['a first after the last', `acme 2-1 ${'a'.repeat(64)}`],
    ['a number beyond all', `acme 1-1e300 ${'a'.repeat(64)}`],
    ['a short hash', `acme 1-1 ${'a'.repeat(63)}`],
    ['words behind it', `acme 1-1 ${'a'.repeat(64)} more`],
  ])('is none with %s', (_name, value) => {
    expect(parseAuditHead(value)).toBeUndefined();
  });
});
