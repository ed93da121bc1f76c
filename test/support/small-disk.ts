import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A real file system of its own, small enough to be filled: a tmpfs, which takes the right to mount one. */
export class SmallDisk {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** @throws Error with mount's own words where this machine or user may not */
  static mount(sizeKb: number): SmallDisk {
    if (process.platform !== 'linux') throw new Error('tmpfs is of Linux');
    const folder = mkdtempSync(join(tmpdir(), 'flowkeeper-disk-'));
    const options = `size=${String(sizeKb)}k`;
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'pipe' });
    } catch (error) {
      rmSync(folder, { recursive: true });
      throw error;
    }
    return new SmallDisk(folder);
  }

  /** Why none can be had here; undefined: one can. */
  static get reasonWithout(): string | undefined {
    try {
      SmallDisk.mount(64).remove();
      return undefined;
    } catch (error) {
      return String(error).split('\n').slice(0, 2).join(' ');
    }
  }

  /** Takes all the space that is left, before it returns. */
  fill(): void {
    const { bavail, bsize } = statfsSync(this.folder);
    try {
      writeFileSync(this.#ballast, Buffer.alloc((bavail + 1) * bsize));
    } catch (error) {
      if (!String(error).includes('ENOSPC')) throw error;
    }
  }

  free(): void {
    rmSync(this.#ballast, { force: true });
  }

  remove(): void {
    execFileSync('umount', ['--lazy', this.folder]);
    rmSync(this.folder, { recursive: true });
  }

  get #ballast(): string {
    return join(this.folder, 'ballast');
  }
}
