import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Removes the lock files that a killed git left in a bare repository. Every git of ours ends within
 * `maxAgeMs`, so an older lock has no owner.
 */
export async function removeStaleLocks(directory: string, maxAgeMs: number): Promise<void> {
  const inRefs = await readdir(join(directory, 'refs'), { recursive: true });
  const names = [
    ...(await readdir(directory)),
    ...inRefs.map((name) => join('refs', name)),
    join('objects', 'maintenance.lock'),
  ];
  for (const name of names.filter((name) => name.endsWith('.lock'))) {
    const path = join(directory, name);
    const found = await stat(path).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > maxAgeMs) await rm(path, { force: true });
  }
}
