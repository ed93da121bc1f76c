import { FlowkeeperError } from '../../domain/errors.ts';
import type { GitRunner } from './git-runner.ts';

export interface ResolvedObject {
  readonly id: string;
  readonly type: 'commit' | 'tree' | 'blob' | 'tag';
}

export interface TreeEntry {
  /** Six octal digits. */
  readonly mode: string;
  readonly id: string;
  /** Undefined for what is no blob. */
  readonly sizeBytes: number | undefined;
  /** From the listed tree; what is not UTF-8 in it has become U+FFFD. */
  readonly path: string;
}

/**
 * What each name (an id, a ref, `commit:path`) stands for, in order, with one process; undefined where there
 * is nothing of that name, or several things. @throws git.failed when the repository cannot be read
 */
export async function resolveObjects(
  git: GitRunner,
  names: readonly string[],
  signal: AbortSignal,
): Promise<readonly (ResolvedObject | undefined)[]> {
  const args = ['cat-file', '--batch-check'];
  const output = await git.run(
    { args, input: linesOf(names), timeoutMs: git.timeouts.localMs },
    signal,
  );
  const answers = output.toString('utf8').split('\n');
  return names.map((_name, index) => parseHeader(answers[index] ?? ''));
}

/** The objects of these names, in order, with one process. @throws git.failed */
export async function readObjects(
  git: GitRunner,
  names: readonly string[],
  signal: AbortSignal,
): Promise<
  readonly ({ readonly type: ResolvedObject['type']; readonly bytes: Uint8Array } | undefined)[]
> {
  const args = ['cat-file', '--batch'];
  const output = await git.run(
    { args, input: linesOf(names), timeoutMs: git.timeouts.localMs },
    signal,
  );
  let at = 0;
  return names.map(() => {
    const lineEnd = output.indexOf(0x0a, at);
    if (lineEnd < 0) throw cutShort();
    const header = output.toString('utf8', at, lineEnd);
    at = lineEnd + 1;
    const parsed = parseHeader(header);
    if (parsed === undefined) return undefined;
    const end = at + parsed.sizeBytes;
    if (end >= output.length) throw cutShort();
    const bytes = output.subarray(at, end);
    at = end + 1;
    return { type: parsed.type, bytes };
  });
}

/** Objects asked of git at once: few at first, then as many as their size so far lets expect in memory. */
const FIRST_AT_ONCE = 256;
const MOST_AT_ONCE = 1024;
const BYTES_AT_ONCE = 32 * 1024 * 1024;

/** The bytes of blobs, in order, a batch a process, the next one on its way meanwhile. @throws git.failed also when one is not there */
export async function* readBlobs(
  git: GitRunner,
  ids: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<{ readonly blobId: string; readonly bytes: Uint8Array }> {
  let [bytesSoFar, count, at] = [0, FIRST_AT_ONCE, 0];
  const next = (): Batch | undefined => {
    const batch = ids.slice(at, at + count);
    at += batch.length;
    if (batch.length === 0) return undefined;
    const objects = readObjects(git, batch, signal);
    // asked for ahead, and awaited only if the reader comes that far
    objects.catch(() => undefined);
    return { ids: batch, objects };
  };
  let ahead = next();
  while (ahead) {
    const batch = ahead;
    const objects = await batch.objects;
    bytesSoFar = objects.reduce((sum, object) => sum + (object?.bytes.length ?? 0), bytesSoFar);
    // half of it is read while the other half is in use
    const most = Math.floor((BYTES_AT_ONCE * at) / (2 * bytesSoFar));
    count = Math.max(1, Math.min(MOST_AT_ONCE, most));
    ahead = next();
    for (const [index, blobId] of batch.ids.entries()) {
      const object = objects[index];
      if (object?.type !== 'blob') throw catFileFailure(`the mirror has no file content ${blobId}`);
      yield { blobId, bytes: object.bytes };
    }
  }
}

interface Batch {
  readonly ids: readonly string[];
  readonly objects: ReturnType<typeof readObjects>;
}

/**
 * Every entry below a tree that is not itself a tree, with one process.
 * @param folder only what is below it; empty for all. Paths count from the tree nevertheless
 * @throws git.failed
 */
export async function listTree(
  git: GitRunner,
  treeish: string,
  folder: string,
  signal: AbortSignal,
): Promise<readonly TreeEntry[]> {
  const args = ['ls-tree', '-r', '-l', '-z', '--full-tree', treeish, '--'];
  if (folder !== '') args.push(`${folder}/`);
  const output = await git.run({ args, timeoutMs: git.timeouts.localMs }, signal);
  return output
    .toString('utf8')
    .split('\0')
    .flatMap((record) => {
      const match = /^(\d{6}) \S+ ([0-9a-f]+) +(\d+|-|BAD)\t([\s\S]*)$/.exec(record);
      if (match === null) return [];
      const [, mode = '', id = '', size = '', path = ''] = match;
      return [{ mode, id, sizeBytes: /^\d+$/.test(size) ? Number(size) : undefined, path }];
    });
}

function parseHeader(
  header: string,
): (ResolvedObject & { readonly sizeBytes: number }) | undefined {
  const match = /^([0-9a-f]{40}|[0-9a-f]{64}) (commit|tree|blob|tag) (\d+)$/.exec(header);
  if (match === null) return undefined;
  const [, id = '', type, size] = match;
  return { id, type: type as ResolvedObject['type'], sizeBytes: Number(size) };
}

/** One name a line; a name with a line end would answer for two. */
function linesOf(names: readonly string[]): string {
  return names.map((name) => `${name.replaceAll('\n', '\u0000')}\n`).join('');
}

function cutShort(): FlowkeeperError {
  return catFileFailure('the answer of git cat-file was cut short');
}

function catFileFailure(reason: string): FlowkeeperError {
  return new FlowkeeperError('git.failed', reason, {
    command: 'git cat-file',
    exitCode: 0,
    reason,
  });
}
