import { spawn } from 'node:child_process';

/** Runs git as a person's script would. @throws when it fails, with its words */
export async function git(
  folder: string,
  args: readonly string[],
  input: string | Buffer = '',
): Promise<string> {
  const child = spawn('git', [...args], { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  // a command that reads no input may be gone by then; its exit code tells
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code === 0) return Buffer.concat(out).toString('utf8');
  throw new Error(`git ${args[0] ?? ''} failed: ${Buffer.concat(err).toString('utf8')}`);
}

/** One commit of these files as input for `git fast-import --date-format=now`; of a bare repository, without a work tree. */
export function commitStream(
  branch: string,
  parent: string | undefined,
  files: Iterable<readonly [path: string, text: string]>,
): string {
  const parts = [`commit ${branch}\ncommitter Bench <bench@example.com> now\ndata 5\nbench\n`];
  if (parent !== undefined) parts.push(`from ${parent}\n`);
  for (const [path, text] of files)
    parts.push(`M 100644 inline ${path}\ndata ${String(Buffer.byteLength(text))}\n${text}\n`);
  parts.push('\ndone\n');
  return parts.join('');
}

export const FAST_IMPORT = ['fast-import', '--quiet', '--done', '--date-format=now'];
