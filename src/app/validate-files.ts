import { basename, join, resolve } from 'node:path';
import { checkOrgFolders } from '../config/check-org-folders.ts';
import { classifyDesiredPath, isShared } from '../config/desired-path.ts';
import type { LoadedOrg } from '../config/load-desired.ts';
import type { ParsedFile } from '../config/parse-desired-file.ts';
import type { Diagnostic } from '../domain/diagnostic.ts';
import { usageError } from '../domain/usage-error.ts';
import { isFolder, isThere, loadFolderOrg, readDesiredFolder } from './desired-folder.ts';
import type { FolderMemory } from './desired-folder.ts';

/** What an offline check of a desired-state folder found. */
export interface ValidationResult {
  readonly directory: string;
  readonly orgs: readonly { readonly name: string; readonly flows: number }[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The same with what a report on files needs. */
export interface CheckedFolder {
  readonly result: ValidationResult;
  /** Absolute path of what the files' paths count from. */
  readonly root: string;
  /** Every file that was checked, by org; bases that several share are in none. */
  readonly files: readonly { readonly name: string; readonly files: readonly string[] }[];
  readonly loaded: LoadedFolder;
}

/**
 * Checks the desired state of a folder as it lies on the disk, without git and network, by the very code that a
 * reconcile uses.
 *
 * @param path the folder of orgs itself, or a repository that holds `desired-state`
 * @throws cli.usage when there is no such folder, or nothing in it is an org: a check of nothing must not pass
 */
export async function checkFolder(path: string, memory?: FolderMemory): Promise<CheckedFolder> {
  const loaded = await loadFolder(path, memory);
  const { root, directory, orgs, strangers, misplaced } = loaded;
  if (orgs.length === 0) {
    throw usageError(
      `${path} is no desired state: no folder in it has flows/ or policy.yaml`,
      WHERE,
    );
  }
  const diagnostics = unique([
    ...strangers,
    ...misplaced,
    ...orgs.flatMap(({ policyFaults, invalid }) => [
      ...policyFaults,
      ...invalid.flatMap((file) => file.diagnostics),
    ]),
  ]);
  const counts = orgs.map(({ org, flows, invalid }) => ({
    name: org,
    flows: flows.length + invalid.length,
  }));
  const files = orgs.map(({ org, policyFile, policyFaults, flows, invalid }) => {
    const paths = [
      ...(policyFile === undefined ? policyFaults.map(({ file }) => file) : [policyFile]),
      ...flows.map(({ file }) => file),
      ...invalid.map(({ file }) => file),
    ];
    return { name: org, files: [...new Set(paths)].sort() };
  });
  return { result: { directory, orgs: counts, diagnostics }, root, files, loaded };
}

/** Every org that a folder describes. */
export interface LoadedFolder {
  readonly root: string;
  readonly directory: string;
  readonly orgs: readonly LoadedOrg[];
  /** Of the files that are read. */
  readonly bytes: ReadonlyMap<string, Uint8Array>;
  /** Faults of folders that are no org. */
  readonly strangers: readonly Diagnostic[];
  /** Faults of flow files that nothing reads. */
  readonly misplaced: readonly Diagnostic[];
}

/**
 * @param memory of the last time, when it is read again and again
 * @throws cli.usage when there is no such folder
 */
export async function loadFolder(path: string, memory?: FolderMemory): Promise<LoadedFolder> {
  const { root, directory } = await locate(resolve(path));
  const folder = await readDesiredFolder(root, directory, memory);
  const paths = folder.files.map((file) => file.path);
  const names = orgNamesOf(directory, paths);
  const orgs = names.map((org) => loadFolderOrg(folder, org));
  return {
    ...{
      root,
      directory,
      orgs,
      bytes: folder.bytes,
      strangers: checkOrgFolders(directory, paths, names),
    },
    misplaced: [...folder.parsed].flatMap(([file, parsed]) =>
      misplacedFaults(directory, file, parsed),
    ),
  };
}

const WHERE =
  'Name the repository that has desired-state/, or the folder whose folders are the orgs.';

/** A flow beside `flows/` counts as a base that nobody extends: no run would ever tell. */
function misplacedFaults(directory: string, file: string, parsed: ParsedFile): Diagnostic[] {
  const isBase = classifyDesiredPath(directory, file).kind === 'base';
  if (!isBase || parsed.kind !== 'faulty' || parsed.flowId === undefined) return [];
  const message = 'this file describes a flow, and nothing reads it here';
  const hint = 'Move it below `flows/` of its org.';
  return [{ file, line: 1, column: 1, code: 'desired.misplaced', message, hint }];
}

async function locate(
  path: string,
): Promise<{ readonly root: string; readonly directory: string }> {
  const inside = join(path, 'desired-state');
  if (await isFolder(inside)) return { root: path, directory: 'desired-state' };
  if (await isFolder(path)) return { root: resolve(path, '..'), directory: basename(path) };
  throw usageError(
    (await isThere(path)) ? `${path} is no folder` : `there is no folder ${path}`,
    WHERE,
  );
}

function orgNamesOf(directory: string, paths: readonly string[]): string[] {
  const names = new Set<string>();
  for (const path of paths) {
    const place = classifyDesiredPath(directory, path);
    if ((place.kind === 'flow' || place.kind === 'policy') && !isShared(place.org))
      names.add(place.org);
  }
  return [...names].sort();
}

/** A fault of a shared base is told by every org that uses it: once is enough. */
function unique(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...new Map(diagnostics.map((fault) => [JSON.stringify(fault), fault])).values()];
}
