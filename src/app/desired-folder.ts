import { chmod, lstat, mkdir, readFile, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import pLimit from 'p-limit';
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

/** What was read of a file, and how the file looked then; a file that still looks so is not read again. */
export type FolderMemory = Map<
  string,
  { readonly stamp: string; readonly bytes: Uint8Array; readonly parsed: ParsedFile }
>;

/**
 * Reads and parses all of it; a directory that is not there has no files.
 *
 * @param memory of the last time, brought up to date
 */
export async function readDesiredFolder(
  root: string,
  directory: string,
  memory: FolderMemory = new Map(),
): Promise<DesiredFolder> {
  const listed = (await isFolder(join(root, directory))) ? await listFiles(root, directory) : [];
  const files = listed.map(({ entry }) => entry);
  const read = listed.flatMap(({ entry, stamp = '' }) => {
    const { kind } = classifyDesiredPath(directory, entry.path);
    return entry.refused || kind === 'other' ? [] : [{ path: entry.path, kind, stamp }];
  });
  const paths = new Set(read.map(({ path }) => path));
  for (const path of memory.keys()) if (!paths.has(path)) memory.delete(path);
  for (const { path, kind, stamp } of read) {
    if (stamp !== '' && memory.get(path)?.stamp === stamp) continue;
    const bytes = await readFile(join(root, path));
    memory.set(path, { stamp, bytes, parsed: parseDesiredFile(kind, bytes) });
  }
  return {
    root,
    directory,
    files,
    bytes: new Map([...memory].map(([path, { bytes }]) => [path, bytes])),
    parsed: new Map([...memory].map(([path, { parsed }]) => [path, parsed])),
  };
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

interface ListedFile {
  readonly entry: DesiredFileEntry;
  /** Equal while the file was not written; undefined: it was just written, and may be again without looking other. */
  readonly stamp?: string;
}

/** Clocks of file systems tick so slowly that a second write may not show. */
const TICK_MS = 50;
/** Files that are looked at side by side. */
const AT_ONCE = 64;

/** The same list that git would give, with the same refusals. */
async function listFiles(root: string, directory: string): Promise<ListedFile[]> {
  const entries = await readdir(join(root, directory), { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => !entry.isDirectory());
  const limit = pLimit(AT_ONCE);
  const listed = await Promise.all(
    files.map((entry) => limit(() => listOne(root, join(entry.parentPath, entry.name)))),
  );
  return listed.sort((a, b) => (a.entry.path < b.entry.path ? -1 : 1));
}

async function listOne(root: string, full: string): Promise<ListedFile> {
  const path = relative(root, full).split(sep).join('/');
  const stat = await lstat(full, { bigint: true });
  const refused = stat.isSymbolicLink()
    ? 'source.symlink'
    : stat.size > MAX_FILE_BYTES
      ? 'source.too-large'
      : undefined;
  const isOld = Date.now() - Number(stat.ctimeMs) > TICK_MS;
  const stamp = [stat.ino, stat.size, stat.mtimeNs, stat.ctimeNs].join(':');
  return { entry: { path, ...(refused && { refused }) }, ...(isOld && { stamp }) };
}
