import { watch } from 'chokidar';
import type { Log } from '../../ports/log.ts';

/**
 * Tells when a file may have changed. A hint: the system says nothing of a link that points elsewhere now, or of a
 * folder that was replaced, so that whoever needs the truth goes on reading the file by the clock.
 *
 * @returns what ends it
 */
export function watchFile(
  { file, log }: { readonly file: string; readonly log: Log },
  onHint: () => void,
): () => Promise<void> {
  const watcher = watch(file, { ignoreInitial: true });
  watcher.on('all', () => {
    onHint();
  });
  watcher.on('error', (error) => {
    const reason = error instanceof Error ? error.message : String(error);
    log.warn('the file cannot be watched; it is read by the clock', { file, reason });
  });
  return () => watcher.close();
}
