import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runExplain } from '../../../src/cli/commands/explain.ts';
import type { ExplainOptions } from '../../../src/cli/commands/explain.ts';
import { isError } from '../../../src/domain/errors.ts';
import { expectDocument } from '../../support/document-schemas.ts';

const POLICY = `
freeze:
  - { name: weekend, cron: "0 18 * * FRI", duration: 60h, timezone: Europe/Berlin }
  - { name: year end, from: 2026-12-20, until: 2027-01-02, allowReverts: false }
freezeOverrides:
  - { name: INC-4711, windows: [year end], until: 2026-12-22, reason: storm, by: ops }
`;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flowkeeper-explain-'));
  const policies = { acme: POLICY, calm: 'mode: report', faulty: 'freeze: [{ name: x }]' };
  for (const [org, text] of Object.entries(policies)) {
    await mkdir(join(folder, 'desired-state', org), { recursive: true });
    await writeFile(join(folder, 'desired-state', org, 'policy.yaml'), text);
  }
});

afterAll(() => rm(folder, { recursive: true }));

async function explain(
  options: Partial<ExplainOptions>,
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  const texts = { stdout: '', stderr: '' };
  const into = (name: keyof typeof texts): Writable =>
    new Writable({
      write: (chunk, _encoding, done) => {
        texts[name] += String(chunk);
        done();
      },
    });
  const { signal } = new AbortController();
  const io = { stdout: into('stdout'), stderr: into('stderr'), env: {}, signal };
  const defaults = { at: 'now', path: folder, org: ['acme'], output: 'text' as const };
  const code = await runExplain(io, { ...defaults, ...options });
  return { code, ...texts };
}

test.each([
  [
    '2026-11-24T08:00:00Z',
    `acme at 2026-11-24T08:00:00.000Z
  no freeze window stands
  changes pass
  reverts pass
  next: "weekend" from 2026-11-27T17:00:00.000Z
`,
  ],
  [
    '2026-11-28',
    `acme at 2026-11-28T00:00:00.000Z
  freeze window "weekend" until 2026-11-30T05:00:00.000Z: only reverts pass
  changes wait: freeze window "weekend" until 2026-11-30T05:00:00.000Z
  reverts pass
  next: "weekend" from 2026-12-04T17:00:00.000Z
`,
  ],
  [
    '2026-12-22T13:00:00+01:00',
    `acme at 2026-12-22T12:00:00.000Z
  freeze window "year end" until 2027-01-03T00:00:00.000Z: overridden until 2026-12-23T00:00:00.000Z by "INC-4711" (ops: storm)
  changes pass, under freeze override "INC-4711"
  reverts pass, under freeze override "INC-4711"
  next: "weekend" from 2026-12-25T17:00:00.000Z
`,
  ],
  [
    '2026-12-26T00:00:00Z',
    `acme at 2026-12-26T00:00:00.000Z
  freeze window "weekend" until 2026-12-28T05:00:00.000Z: only reverts pass
  freeze window "year end" until 2027-01-03T00:00:00.000Z: nothing passes
  changes wait: freeze window "weekend" and "year end" until 2027-01-04T05:00:00.000Z
  reverts wait: freeze window "year end" until 2027-01-03T00:00:00.000Z
  next: "weekend" from 2027-01-01T17:00:00.000Z
`,
  ],
])('tells what stands at %s, until when, and what passes', async (at, expected) => {
  expect(await explain({ at })).toEqual({ code: 0, stdout: expected, stderr: '' });
});

test('tells that an org only reports', async () => {
  const { stdout } = await explain({ at: '2026-11-24', org: ['calm'] });
  expect(stdout).toBe(`calm at 2026-11-24T00:00:00.000Z
  no freeze window stands
  mode report: nothing is written at any time
  changes pass
  reverts pass
`);
});

test.each(['2026-11-24T08:00:00Z', '2026-11-28', '2026-12-22', '2026-12-26'])(
  'its document at %s is what its schema describes, faulty policies included',
  async (at) => {
    const { code, stdout, stderr } = await explain({
      at,
      output: 'json',
      org: ['acme', 'calm', 'faulty'],
    });
    expectDocument('freeze-explanation', JSON.parse(stdout));
    expect([code, stderr]).toEqual([
      3,
      expect.stringContaining('desired-state/faulty/policy.yaml:1:10'),
    ]);
  },
);

test.each([
  ['an hour without a zone', { at: '2026-11-24T08:00' }],
  ['a day that no calendar has', { at: '2026-02-30' }],
  ['an org that the folder does not describe', { org: ['acne'] }],
  ['a folder that is not there', { path: '/nowhere/at/all' }],
])('refuses %s', async (_name, options) => {
  const error: unknown = await explain(options).catch((thrown: unknown) => thrown);
  expect(isError(error, 'cli.usage')).toBe(true);
});
