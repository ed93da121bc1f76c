import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { requireBuild } from '../support/cli.ts';
import { markedBlocks, withoutChance } from './marked-blocks.ts';
import type { MarkedBlock } from './marked-blocks.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The port that the page names; a free one stands in for it. */
const PORT = /\b4010\b/g;
const READY = 'simulated org at';

/** Does what the page asks of curl, on machines that have none. */
const CURL = `#!${process.execPath}
const words = process.argv.slice(2);
const after = (flag) => words[words.indexOf(flag) + 1];
const [name, value] = after('-H').split(': ');
const url = words.find((word) => word.startsWith('http'));
const answer = await fetch(url, { method: after('-X'), headers: { [name]: value }, body: after('-d') });
process.stdout.write(await answer.text());
`;

describe('docs/getting-started.md', () => {
  let work: string;
  let clone: string;
  let port: string;
  const started: ChildProcess[] = [];

  beforeAll(async () => {
    requireBuild();
    work = await mkdtemp(join(tmpdir(), 'flowkeeper-first-use-'));
    clone = await standInForClone(work);
    port = await freePort();
  });

  afterAll(async () => {
    for (const { pid } of started) if (pid !== undefined) process.kill(-pid, 'SIGTERM');
    await rm(work, { recursive: true, force: true });
  });

  test('does what it says, command by command, and prints what it shows', async () => {
    const page = await readFile(join(ROOT, 'docs/getting-started.md'), 'utf8');
    const blocks = markedBlocks(page, 'first-use');
    expect(blocks.length).toBeGreaterThan(5);

    for (const block of blocks) {
      if (block.isBackground) started.push(await start(block));
      else run(block);
    }
  }, 120_000);

  function run({ script, exitCode, printed }: MarkedBlock): void {
    const { status, stdout, stderr } = spawnSync('sh', ['-e', '-c', script.replace(PORT, port)], {
      cwd: clone,
      env: environment(work),
      encoding: 'utf8',
    });
    const said = status === exitCode ? '' : stderr;
    expect({ script, status, said }).toEqual({ script, status: exitCode, said: '' });
    if (printed.length > 0)
      expect(stdout.trimEnd().split('\n').map(withoutChance)).toEqual(printed.map(withoutChance));
  }

  /** Resolves when it serves. */
  function start({ script }: MarkedBlock): Promise<ChildProcess> {
    const child = spawn('sh', ['-e', '-c', script.replace(PORT, port)], {
      cwd: clone,
      env: environment(work),
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return new Promise((resolve, reject) => {
      let text = '';
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        if (text.includes(READY)) resolve(child);
      });
      child.once('error', reject).once('exit', (code) => {
        reject(new Error(`\`${script}\` ended with ${String(code)}: ${text}`));
      });
    });
  }
});

/**
 * Does what `npm run -s flowkeeper --` does in a clone that is set up, without what npm itself costs each time; any
 * other use of npm is none that the page may make.
 */
const NPM = `#!/bin/sh
[ "$1 $2 $3 $4" = 'run -s flowkeeper --' ] || { echo "npm $*?" >&2; exit 1; }
shift 4
exec "${process.execPath}" "${fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))}" "$@"
`;

/** A folder in which the page's commands work as in a clone, on what is built. */
async function standInForClone(work: string): Promise<string> {
  const clone = join(work, 'flowkeeper');
  await mkdir(clone);
  await mkdir(join(work, 'bin'));
  await writeFile(join(work, 'bin', 'npm'), NPM);
  await chmod(join(work, 'bin', 'npm'), 0o755);
  if (spawnSync('curl', ['--version']).status !== 0) {
    await writeFile(join(work, 'bin', 'curl'), CURL);
    await chmod(join(work, 'bin', 'curl'), 0o755);
  }
  return clone;
}

/** A person's, whatever the machine's git is configured to, and without what an outer npm leaves behind. */
function environment(work: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|GIT_|NODE_OPTIONS$|INIT_CWD$)/.test(name),
  );
  const person = { NAME: 'Pat Platform', EMAIL: 'pat@example.com' };
  return {
    ...Object.fromEntries(inherited),
    PATH: [join(work, 'bin'), process.env['PATH']].join(delimiter),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    ...Object.fromEntries(
      Object.entries(person).flatMap(([key, value]) => [
        [`GIT_AUTHOR_${key}`, value],
        [`GIT_COMMITTER_${key}`, value],
      ]),
    ),
    NPM_CONFIG_UPDATE_NOTIFIER: 'false',
    NPM_CONFIG_LOGLEVEL: 'error',
  };
}

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}
