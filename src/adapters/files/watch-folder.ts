import { statSync } from 'node:fs';
import { watch } from 'chokidar';
import type { Log } from '../../ports/log.ts';

export interface FolderWatch {
  /** Looks anew where the system lost the folder: one that was replaced is another folder to it, and it says nothing. */
  refresh(): void;
  close(): Promise<void>;
}

/**
 * Tells when something below a folder may have changed. A hint: whoever needs the truth looks at the files, and does so
 * by the clock too.
 *
 * @param folder absolute path; it may be made later
 */
export function watchFolder(folder: string, log: Log, onHint: () => void): FolderWatch {
  const open = (): { readonly id: string; readonly close: () => Promise<void> } => {
    const id = identityOf(folder);
    const watcher = watch(folder, { ignoreInitial: true, followSymlinks: false, atomic: false });
    watcher.on('all', onHint);
    watcher.on('error', (error) => {
      const reason = error instanceof Error ? error.message : String(error);
      log.warn('the folder cannot be watched; it is looked at by the clock', { reason });
    });
    return { id, close: () => watcher.close() };
  };
  let current = open();
  return {
    refresh() {
      if (current.id === identityOf(folder)) return;
      void current.close();
      current = open();
    },
    close: () => current.close(),
  };
}

function identityOf(folder: string): string {
  const { dev, ino } = statSync(folder, { throwIfNoEntry: false }) ?? {};
  return `${String(dev)}:${String(ino)}`;
}
