import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { expectGolden } from '../../../support/golden.ts';
import { runProgramHere } from '../../../support/run-cli.ts';
import { BAD_FLOWS, BAD_POLICIES, BAD_TEXTS } from './files.ts';
import { BAD_CONFIGS, BAD_LINES, BAD_WORLDS } from './lines.ts';
import { CONFIG, FLOW, GOOD_CONFIG, GOOD_FLOW } from './row.ts';
import type { BadInput, Preparation } from './row.ts';

// the first use of a command loads most of the program
jest.setTimeout(60_000);

const TABLES = {
  'The text of a file': BAD_TEXTS,
  'What a flow file says': BAD_FLOWS,
  'What a policy says': BAD_POLICIES,
  'The config and the environment': BAD_CONFIGS,
  'The line': BAD_LINES,
  'git, the state folder, the org': BAD_WORLDS,
};

/** What is told of bad input, word for word: test/golden/bad-input.md is to be read like a page. */
describe('bad input', () => {
  const told = new Map<BadInput, string>();
  const home = process.cwd();
  let root: string;

  beforeAll(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'flowkeeper-bad-')));
  });

  afterAll(() => {
    process.chdir(home);
    rmSync(root, { recursive: true, force: true });
  });

  const rows = Object.entries(TABLES).flatMap(([table, inputs]) =>
    inputs.map((input) => ({ table, input, name: input.name })),
  );

  test('there are dozens, each of a name', () => {
    expect(rows.length).toBeGreaterThanOrEqual(100);
    expect(new Set(rows.map(({ table, name }) => `${table}: ${name}`)).size).toBe(rows.length);
  });

  test.each(rows)('$table: $name', async ({ input }) => {
    const folder = mkdtempSync(join(root, 'x'));
    makeWorld(folder, input);
    process.chdir(folder);
    const { exitCode, stdout, stderr } = await runProgramHere(input.argv, input.env);
    const text = `${stdout}${stderr}`.replaceAll(folder, 'FOLDER').replaceAll(root, 'TMP');
    told.set(input, `exit ${String(exitCode)}\n${text}`);

    expect(exitCode).toBeGreaterThan(0);
    expect(text).toMatch(/\[[a-z]+\.[a-z\d-]+\]/);
    expect(stepless(text)).toEqual([]);
    expect(text).not.toMatch(/^ +at .+:\d+:\d+\)?$/m);
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    expect(text).not.toMatch(/not-so-secret|hunter2/);
  });

  test('each is told in the words of the golden page', async () => {
    const sections = Object.entries(TABLES).flatMap(([table, inputs]) => [
      `## ${table}\n`,
      ...inputs.map(
        (input) =>
          `### ${input.name}\n\n\`\`\`text\n$ flowkeeper ${input.argv.join(' ')}\n${told.get(input) ?? ''}\`\`\`\n`,
      ),
    ]);
    await expectGolden(
      'bad-input.md',
      ['# Bad input, and what is told of it\n', ...sections].join('\n'),
    );
  });
});

/** Messages that leave a person without the next step: neither on the line below, nor in the words themselves. */
function stepless(text: string): readonly string[] {
  const lines = text.split('\n');
  const isMessage = (at: string): boolean => /\[[a-z]+\.[a-z\d-]+\]$/.test(at);
  const says = /did you mean|must be|known are|needs? |may stand once|may have only one/;
  return lines.filter(
    (at, i) => isMessage(at) && !/^ {2}\S/.test(lines[i + 1] ?? '') && !says.test(at),
  );
}

function makeWorld(folder: string, { files = {}, prepare = [] }: BadInput): void {
  const all: BadInput['files'] = { [CONFIG]: GOOD_CONFIG, [FLOW]: GOOD_FLOW, ...files };
  for (const [path, content] of Object.entries(all)) {
    if (content === undefined) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  for (const each of prepare) prepareOne(folder, each);
}

function prepareOne(folder: string, each: Preparation): void {
  if ('link' in each) {
    mkdirSync(dirname(join(folder, each.link)), { recursive: true });
    symlinkSync(each.to, join(folder, each.link));
  } else if ('folder' in each) mkdirSync(join(folder, each.folder));
  else if ('large' in each) {
    writeFileSync(join(folder, each.large), '');
    truncateSync(join(folder, each.large), each.sizeBytes);
  } else {
    const args = each.git.map((word) => word.replace('FOLDER', folder));
    const { status, stderr } = spawnSync('git', args, { cwd: folder, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  }
}
