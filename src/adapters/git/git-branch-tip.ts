import type { Revision } from '../../domain/flow.ts';
import type { BranchTip, CommitTrailer } from '../../ports/status-branch.ts';
import type { Mirror } from './mirror.ts';
import { listTree, readBlobs, readObjects } from './objects.ts';
import type { TreeEntry } from './objects.ts';
import { isBadPath } from './source-path.ts';

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
    const ids = [...new Set(files.map(({ id }) => id))];
    const texts = new Map<string, string>();
    await this.#mirror.guarded(async () => {
      for await (const { blobId, bytes } of readBlobs(this.#mirror.git, ids, this.#signal))
        texts.set(blobId, textOf(bytes));
    });
    return new Map(files.map(({ path, id }) => [path, texts.get(id) ?? '']));
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
