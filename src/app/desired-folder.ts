import { chmod, lstat, mkdir, readFile, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { classifyDesiredPath } from '../config/desired-path.ts';
import type { DesiredFileEntry } from '../config/index-files.ts';
import { loadOrg } from '../config/load-desired.ts';
import type { LoadedOrg } from '../config/load-desired.ts';
import { MAX_FILE_BYTES, parseDesiredFile } from '../config/parse-desired-file.ts';
import type { ParsedFile } from '../config/parse-desired-file.ts';
import type { OrgName } from '../domain/flow.ts';

/** The desired state as it lies in a folder of this machine, committed or not. */
export interface DesiredFolder {
  /** What paths count from: the work tree of the repository. */
  readonly root: string;
  /** Of the desired state, below the root. */
  readonly directory: string;
  /** Sorted by path, with the same refusals that git would give. */
  readonly files: readonly DesiredFileEntry[];
  /** Of the files that are read. */
  readonly bytes: ReadonlyMap<string, Uint8Array>;
  readonly parsed: ReadonlyMap<string, ParsedFile>;
}

/** Reads and parses all of it; a directory that is not there has no files. */
export async function readDesiredFolder(root: string, directory: string): Promise<DesiredFolder> {
  const files = (await isFolder(join(root, directory))) ? await listFiles(root, directory) : [];
  const bytes = new Map<string, Uint8Array>();
  const parsed = new Map<string, ParsedFile>();
  for (const file of files) {
    const { kind } = classifyDesiredPath(directory, file.path);
    if (file.refused !== undefined || kind === 'other') continue;
    const content = await readFile(join(root, file.path));
    bytes.set(file.path, content);
    parsed.set(file.path, parseDesiredFile(kind, content));
  }
  return { root, directory, files, bytes, parsed };
}

/** What one org's part of it says. */
export function loadFolderOrg(folder: DesiredFolder, org: OrgName): LoadedOrg {
  const { directory, files, parsed } = folder;
  return loadOrg({ org, directory, files, parsed: (path) => parsed.get(path) });
}

/** The same folder, with these texts in it; nothing is written. */
export function withTexts(
  folder: DesiredFolder,
  texts: ReadonlyMap<string, string>,
): DesiredFolder {
  const bytes = new Map(folder.bytes);
  const parsed = new Map(folder.parsed);
  const files = new Map(folder.files.map((file) => [file.path, file]));
  for (const [path, text] of texts) {
    const { kind } = classifyDesiredPath(folder.directory, path);
    if (kind === 'other') continue;
    const content = Buffer.from(text);
    bytes.set(path, content);
    parsed.set(path, parseDesiredFile(kind, content));
    files.set(path, { path });
  }
  const sorted = [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  return { ...folder, files: sorted, bytes, parsed };
}

export async function isFolder(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isDirectory();
  } catch {
    return false;
  }
}

export async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch {
    return false;
  }
}

/** Each file is there whole, as it was or as it is to be, whenever the process dies. */
export async function writeTexts(root: string, texts: ReadonlyMap<string, string>): Promise<void> {
  for (const [path, text] of texts) {
    const file = join(root, path);
    const draft = `${file}.${String(process.pid)}.tmp`;
    await mkdir(dirname(file), { recursive: true });
    await writeFile(draft, text);
    const mode = await modeOf(file);
    if (mode !== undefined) await chmod(draft, mode);
    await rename(draft, file);
  }
}

async function modeOf(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).mode;
  } catch {
    return undefined;
  }
}

/** The same list that git would give, with the same refusals. */
async function listFiles(root: string, directory: string): Promise<DesiredFileEntry[]> {
  const entries = await readdir(join(root, directory), { withFileTypes: true, recursive: true });
  const files: DesiredFileEntry[] = [];
  for (const entry of entries) {
    if (entry.isDirectory()) continue;
    const full = join(entry.parentPath, entry.name);
    const path = relative(root, full).split(sep).join('/');
    const { size } = await lstat(full);
    const refused = entry.isSymbolicLink()
      ? 'source.symlink'
      : size > MAX_FILE_BYTES
        ? 'source.too-large'
        : undefined;
    files.push({ path, ...(refused && { refused }) });
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}
