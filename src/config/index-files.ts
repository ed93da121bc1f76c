import type { Diagnostic } from '../domain/diagnostic.ts';
import type { DiagnosticCode } from '../domain/diagnostic-codes.ts';
import type { OrgName } from '../domain/flow.ts';
import { classifyDesiredPath, isShared, partsBelow } from './desired-path.ts';
import type { DesiredPath } from './desired-path.ts';
import { FILE_START, faultAt, withFile } from './fault.ts';

/** One file below the desired-state directory, as the source lists it. */
export interface DesiredFileEntry {
  /** From the root of the repository. */
  readonly path: string;
  /** Set when it is refused by what it is; its content is never read. */
  readonly refused?: DiagnosticCode;
}

interface OrgFiles {
  readonly flows: readonly string[];
  readonly policies: readonly string[];
}

/** What the list of files alone tells. */
export interface FileIndex {
  /** Undefined: the org has no folder. */
  ofOrg(org: OrgName): OrgFiles | undefined;
  /** Undefined: there is no such file. */
  kindOf(path: string): DesiredPath['kind'] | undefined;
  /** Why a file is not read, whatever it says. */
  refusal(path: string): Diagnostic | undefined;
}

const REFUSED_WORDS: Partial<Readonly<Record<DiagnosticCode, string>>> = {
  'source.symlink': 'this is a symbolic link, and links are not followed',
  'source.submodule': 'this is a submodule, and submodules are not read',
  'source.bad-path': 'the path has a part that is refused',
  'source.too-large': 'the file is larger than 256 KiB',
};

/** One list serves all orgs of a run. */
const kept = new WeakMap<readonly DesiredFileEntry[], Map<string, FileIndex>>();

export function indexFiles(directory: string, files: readonly DesiredFileEntry[]): FileIndex {
  const ofFiles = kept.get(files) ?? new Map<string, FileIndex>();
  const index = ofFiles.get(directory) ?? makeIndex(directory, files);
  kept.set(files, ofFiles.set(directory, index));
  return index;
}

function makeIndex(directory: string, files: readonly DesiredFileEntry[]): FileIndex {
  const orgs = new Map<OrgName, { flows: string[]; policies: string[] }>();
  const kinds = new Map<string, DesiredPath['kind']>();
  const refusals = collisionsOf(files);
  for (const file of files) {
    const place = placeOf(directory, file);
    kinds.set(file.path, place.kind);
    if (file.refused) refusals.set(file.path, refusalOf(file.path, file.refused));
    const org = 'org' in place ? place.org : partsBelow(directory, file.path)[0];
    if (org === undefined) continue;
    const ofOrg = orgs.get(org) ?? { flows: [], policies: [] };
    orgs.set(org, ofOrg);
    if (place.kind === 'flow') ofOrg.flows.push(file.path);
    if (place.kind === 'policy') ofOrg.policies.push(file.path);
  }
  return {
    ofOrg: (org) => orgs.get(org),
    kindOf: (path) => kinds.get(path),
    refusal: (path) => refusals.get(path),
  };
}

/** A link or submodule may stand for a whole folder: of flows, or of the org. */
function placeOf(directory: string, { path, refused }: DesiredFileEntry): DesiredPath {
  const place = classifyDesiredPath(directory, path);
  const mayBeFolder = refused === 'source.symlink' || refused === 'source.submodule';
  return place.kind === 'other' && mayBeFolder ? folderOf(directory, path) : place;
}

function folderOf(directory: string, path: string): DesiredPath {
  const [org = '', flows = 'flows', ...deeper] = partsBelow(directory, path);
  const isFile = /.\./.test(path.split('/').at(-1) ?? '');
  if (org === '' || isShared(org) || isFile || !/^flows$/i.test(flows)) return { kind: 'other' };
  // the whole org, or all of its flows: then the org stops
  return { kind: deeper.length > 0 ? 'flow' : 'policy', org };
}

function collisionsOf(files: readonly DesiredFileEntry[]): Map<string, Diagnostic> {
  const byFolded = new Map<string, string>();
  const refusals = new Map<string, Diagnostic>();
  for (const { path } of files) {
    const folded = path.normalize('NFC').toLowerCase();
    const other = byFolded.get(folded);
    if (other === undefined) byFolded.set(folded, path);
    else {
      refusals.set(path, collisionOf(path, other));
      refusals.set(other, collisionOf(other, path));
    }
  }
  return refusals;
}

function collisionOf(path: string, other: string): Diagnostic {
  const message = `\`${other}\` differs only in upper and lower case`;
  return withFile(path, faultAt(FILE_START, 'source.case-collision', message, 'Rename one.'));
}

function refusalOf(path: string, code: DiagnosticCode): Diagnostic {
  return withFile(path, faultAt(FILE_START, code, REFUSED_WORDS[code] ?? 'the file is refused'));
}
