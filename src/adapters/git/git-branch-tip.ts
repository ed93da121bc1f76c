import type { Revision } from '../../domain/flow.ts';
import type { BranchTip, CommitTrailer, FileVersion } from '../../ports/status-branch.ts';
import type { Mirror } from './mirror.ts';
import { listTree, readBlobs, readObjects } from './objects.ts';
import type { TreeEntry } from './objects.ts';
import { isBadPath } from './source-path.ts';

/** Versions of files that are in memory at once. */
const VERSIONS_AT_ONCE = 2000;

/** One commit of the status branch, read from the mirror. */
export class GitBranchTip implements BranchTip {
  readonly revision: Revision | undefined;
  readonly #mirror: Mirror;
  readonly #signal: AbortSignal;

  constructor(mirror: Mirror, revision: Revision | undefined, signal: AbortSignal) {
    this.revision = revision;
    this.#mirror = mirror;
    this.#signal = signal;
  }

  async read(path: string): Promise<string | undefined> {
    const { revision } = this;
    if (revision === undefined || isBadPath(path)) return undefined;
    const { git } = this.#mirror;
    const [object] = await this.#mirror.guarded(() =>
      readObjects(git, [`${revision}:${path}`], this.#signal),
    );
    return object?.type === 'blob' ? textOf(object.bytes) : undefined;
  }

  async list(folder: string): Promise<readonly string[]> {
    return (await this.#filesBelow(folder)).map(({ path }) => path);
  }

  async readAll(folder: string): Promise<ReadonlyMap<string, string>> {
    const files = await this.#filesBelow(folder);
    const texts = await this.#textsOf(files.map(({ id }) => id));
    return new Map(files.map(({ path, id }) => [path, texts.get(id) ?? '']));
  }

  async *history(folder: string, commits: number): AsyncGenerator<FileVersion, void, undefined> {
    const { revision } = this;
    if (revision === undefined) return;
    const { git } = this.#mirror;
    const args = ['log', '-z', '--raw', '--no-abbrev', '--no-renames', '--format=', '--topo-order'];
    args.push(
      `--max-count=${String(commits)}`,
      '--no-show-signature',
      revision,
      '--',
      `${folder}/`,
    );
    const call = { args, timeoutMs: git.timeouts.transferMs };
    const output = await this.#mirror.guarded(() => git.run(call, this.#signal));
    const versions = versionsIn(output.toString('utf8')).toReversed();
    for (let at = 0; at < versions.length; at += VERSIONS_AT_ONCE) {
      const some = versions.slice(at, at + VERSIONS_AT_ONCE);
      const texts = await this.#textsOf(some.map(({ id }) => id));
      for (const { path, id } of some) yield { path, text: texts.get(id) ?? '' };
    }
  }

  async trailers(key: string): Promise<readonly CommitTrailer[]> {
    const { revision } = this;
    if (revision === undefined) return [];
    const { git } = this.#mirror;
    const values = `%(trailers:key=${key},valueonly,unfold,separator=%x0A)`;
    // --grep only spares git the commits that cannot have one; what is a trailer the format decides
    const args = ['log', '-z', `--format=%H%n${values}`, '--topo-order', '--no-show-signature'];
    args.push('--fixed-strings', '--regexp-ignore-case', `--grep=${key}:`, revision, '--');
    const call = { args, timeoutMs: git.timeouts.localMs };
    const output = await this.#mirror.guarded(() => git.run(call, this.#signal));
    return trailersIn(output.toString('utf8'));
  }

  async #textsOf(blobIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const ids = [...new Set(blobIds)];
    const texts = new Map<string, string>();
    await this.#mirror.guarded(async () => {
      for await (const { blobId, bytes } of readBlobs(this.#mirror.git, ids, this.#signal))
        texts.set(blobId, textOf(bytes));
    });
    return texts;
  }

  async #filesBelow(folder: string): Promise<readonly TreeEntry[]> {
    const { revision } = this;
    if (revision === undefined) return [];
    const below = folder.split('/').filter((part) => part !== '');
    const entries = await this.#mirror.guarded(() =>
      listTree(this.#mirror.git, revision, below.join('/'), this.#signal),
    );
    return entries
      .filter(({ mode }) => mode.startsWith('100'))
      .toSorted((a, b) => (a.path < b.path ? -1 : 1));
  }
}

/** `:100644 100644 <old id> <new id> M`, NUL, path, NUL, the newest commit first. */
function versionsIn(output: string): { readonly path: string; readonly id: string }[] {
  const parts = output.split('\0');
  return parts.flatMap((part, index) => {
    const match = /:\d{6} 100\d{3} [0-9a-f]+ ([0-9a-f]+) [A-Z]$/.exec(part);
    const path = parts[index + 1];
    return match?.[1] === undefined || path === undefined ? [] : [{ path, id: match[1] }];
  });
}

/** Commits end with NUL; each is its id and a line a value. */
function trailersIn(output: string): CommitTrailer[] {
  return output.split('\0').flatMap((commit) => {
    const [revision = '', ...lines] = commit.split('\n');
    const values = lines.map((line) => line.trim()).filter((value) => value !== '');
    return values.map((value) => ({ revision, value }));
  });
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}
