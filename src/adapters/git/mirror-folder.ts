import { access, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { GitAddress } from './git-address.ts';

export type ObjectFormat = 'sha1' | 'sha256';

/**
 * Written last into a new mirror: says whose it is, and is at the same time the only configuration file that
 * its gits read. (`safe.directory` counts in a file alone: git hides GIT_CONFIG_* from the process that
 * serves a local repository.)
 */
export const MARKER = 'flowkeeper.gitconfig';

/** What a finished bare repository has. */
const PARTS = ['HEAD', 'objects', 'refs'];

export async function writeMarker(
  directory: string,
  address: GitAddress,
  format: ObjectFormat,
): Promise<void> {
  const id = `[flowkeeper]\n\tid = ${nonce()}\n`;
  await writeFile(join(directory, MARKER), `${markerText(address, format)}${id}`);
}

/** Tells every later process that the mirror must be made anew. */
export async function markDamaged(directory: string): Promise<void> {
  // where even this cannot be written, the mirror is gone, or its state is told by the next failure
  await writeFile(join(directory, MARKER), '[flowkeeper]\n\tisDamaged\n').catch(() => undefined);
}

export interface MirrorFolder {
  readonly format: ObjectFormat;
  /** Differs from that of any mirror that was here before. */
  readonly id: string;
}

/** The mirror in a folder; undefined when there is none of this remote, or parts of it are missing. */
export async function findMirror(
  directory: string,
  address: GitAddress,
): Promise<MirrorFolder | undefined> {
  const text = await readMarker(directory);
  const formats: readonly ObjectFormat[] = ['sha1', 'sha256'];
  const format = formats.find((format) => text?.startsWith(markerText(address, format)));
  if (text === undefined || format === undefined) return undefined;
  for (const part of PARTS) if (!(await exists(join(directory, part)))) return undefined;
  return { format, id: text };
}

/**
 * Puts a finished mirror in place of what is there, unless that is a good one by now: another process was
 * quicker. What has no marker of ours is kept beside under another name: it may be somebody's work.
 */
export async function replaceMirror(
  directory: string,
  fresh: string,
  isGood: () => Promise<boolean>,
): Promise<void> {
  if ((await renamed(fresh, directory)) || (await isGood())) return;
  const old = besideOf(directory, 'old');
  await rename(directory, old).catch(ignoring('ENOENT'));
  await renamed(fresh, directory);
  if ((await readMarker(old)) !== undefined) await rm(old, { recursive: true, force: true });
}

/** False where there is something in the way. */
async function renamed(from: string, to: string): Promise<boolean> {
  return rename(from, to).then(() => true, orFalse('ENOTEMPTY', 'EEXIST', 'ENOTDIR'));
}

/** A name in the same folder that nobody else uses. */
export function besideOf(directory: string, kind: 'new' | 'old'): string {
  return `${directory}.${kind}-${nonce()}`;
}

function nonce(): string {
  return randomBytes(8).toString('hex');
}

/** 40 hex digits are sha1, 64 sha256. */
export function formatOfId(id: string): ObjectFormat {
  return id.length === 64 ? 'sha256' : 'sha1';
}

function markerText(address: GitAddress, format: ObjectFormat): string {
  const lines = [
    '[flowkeeper]',
    `\tmirrorOf = ${quoted(address.url)}`,
    `\tobjectFormat = ${format}`,
  ];
  if (address.localPaths.length > 0) lines.push('[safe]');
  for (const path of address.localPaths) lines.push(`\tdirectory = ${quoted(path)}`);
  return `${lines.join('\n')}\n`;
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, String.raw`\$&`)}"`;
}

async function readMarker(directory: string): Promise<string | undefined> {
  return readFile(join(directory, MARKER), 'utf8').catch(ignoring('ENOENT', 'ENOTDIR'));
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function orFalse(...codes: readonly string[]): (error: unknown) => false {
  const ignore = ignoring(...codes);
  return (error) => {
    ignore(error);
    return false;
  };
}

function ignoring(...codes: readonly string[]): (error: unknown) => undefined {
  return (error) => {
    if (!codes.some((code) => code === systemCodeOf(error))) throw error;
    return undefined;
  };
}

/** `ENOENT`, …; undefined for what is no fault of the system. */
export function systemCodeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error && 'syscall' in error
    ? error.code
    : undefined;
}
