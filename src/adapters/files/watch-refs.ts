import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { watch } from 'chokidar';
import type { Log } from '../../ports/log.ts';

/**
 * Tells when a branch of a repository of this machine may have moved. A hint: the system forgets a folder that was
 * replaced, and says nothing of it, so that whoever needs the truth goes on looking at git by the clock.
 *
 * @param repository absolute path, bare or with a work tree
 * @returns what ends it
 */
export function watchRefs(
  {
    repository,
    branch,
    log,
  }: { readonly repository: string; readonly branch: string; readonly log: Log },
  onHint: () => void,
): () => Promise<void> {
  const folder = existsSync(join(repository, '.git')) ? join(repository, '.git') : repository;
  // a work tree beside the repository (`.git` is a file then) is left to the clock
  const watched = ['refs/heads', 'packed-refs'].map((path) => join(folder, path));
  const own = new Set([`refs/heads/${branch}`, 'packed-refs']);
  const watcher = watch(watched, { ignoreInitial: true, followSymlinks: false });
  watcher.on('all', (_event, path) => {
    if (own.has(relative(folder, path).replaceAll('\\', '/'))) onHint();
  });
  watcher.on('error', (error) => {
    const reason = error instanceof Error ? error.message : String(error);
    log.warn('the repository cannot be watched; it is looked at by the clock', { reason });
  });
  return () => watcher.close();
}
