import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Stands before the real git on the PATH, and notes what each process is started with. */
export interface GitSpy {
  /** For `env` of an adapter. */
  readonly env: { readonly PATH: string };
  /** The arguments of each process so far, as one line; and forgets them. */
  takeCalls(): Promise<readonly string[]>;
}

export async function spyOnGit(folder: string): Promise<GitSpy> {
  const path = process.env['PATH'] ?? '';
  const { stdout } = await promisify(execFile)('sh', ['-c', 'command -v git']);
  const bin = join(folder, 'spy');
  const calls = join(bin, 'calls');
  await mkdir(bin);
  await writeFile(calls, '');
  const script = `#!/bin/sh\necho "$*" >> '${calls}'\nexec '${stdout.trim()}' "$@"\n`;
  await writeFile(join(bin, 'git'), script);
  await chmod(join(bin, 'git'), 0o755);
  return {
    env: { PATH: `${bin}:${path}` },
    async takeCalls() {
      const lines = (await readFile(calls, 'utf8')).trimEnd();
      await writeFile(calls, '');
      return lines === '' ? [] : lines.split('\n');
    },
  };
}
