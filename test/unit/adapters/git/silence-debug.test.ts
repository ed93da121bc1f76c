import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const TOKEN = 'not-a-real-token-0123456789';

test('DEBUG=* does not make simple-git print the credential of its processes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'flowkeeper-debug-'));
  const source = new URL('../../../../src/adapters/git/simple-git-source.ts', import.meta.url).href;
  const options = {
    repository: 'http://127.0.0.1:1/x.git',
    branch: 'main',
    directory: '',
    mirrorDirectory: join(folder, 'mirror.git'),
    token: TOKEN,
  };
  const script = `
    const { makeSimpleGitSource } = await import(${JSON.stringify(source)});
    const log = { debug() {}, warn() {} };
    const source = makeSimpleGitSource(${JSON.stringify(options)}, { log });
    await source.pinHead(new AbortController().signal).catch((error) => console.log(error.code));
  `;
  try {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '-e', script],
      { env: { ...process.env, DEBUG: '*' } },
    );

    expect(stdout).toBe('git.unreachable\n');
    // the variable is heard, by others
    expect(stderr).not.toBe('');
    expect(stderr).not.toMatch(/Authorization|simple-git /);
    expect(stderr).not.toContain(Buffer.from(TOKEN).toString('base64').slice(0, 20));
  } finally {
    await rm(folder, { recursive: true });
  }
});
