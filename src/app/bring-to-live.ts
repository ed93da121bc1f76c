import { editYaml } from '../config/edit-yaml.ts';
import type { YamlEdit } from '../config/edit-yaml.ts';
import type { DesiredFlow, FlowId, LiveFlow, OrgName } from '../domain/flow.ts';
import type { Diagnostic } from '../domain/diagnostic.ts';
import type { Json } from '../domain/json.ts';
import { keysOf } from '../plan/json-pointer.ts';
import { makeLiveComparison } from '../plan/live-comparison.ts';
import type { LiveComparisonResult, ObservedFlow } from '../plan/live-comparison.ts';
import { placeOf } from '../plan/settings-meaning.ts';
import { loadFolderOrg, withTexts } from './desired-folder.ts';
import type { DesiredFolder } from './desired-folder.ts';

export interface LiveOrg {
  readonly org: OrgName;
  readonly orgId: string;
  /** All of them, with settings. */
  readonly live: readonly LiveFlow[];
  /** Epoch ms, for the ends of ignore rules. */
  readonly now: number;
}

/** A file that could not be made to say what the org has. */
export interface Untouched {
  readonly file: string;
  readonly reason: string;
}

export interface BroughtToLive {
  /** New text by path; files that say it already are not in it. */
  readonly texts: ReadonlyMap<string, string>;
  readonly untouched: readonly Untouched[];
  /** As it is with the new texts. */
  readonly comparison: LiveComparisonResult;
}

/** A file may stand under others by `extends`: changing it may make these differ. */
const MAX_ROUNDS = 8;

/**
 * Edits the files of an org until they declare what the org has, each field in place with its comments; nothing is
 * written. Fields that no file declares stay undeclared, ignored ones stay as they are; of a renamed flow the name is
 * taken over too.
 *
 * @param isWanted limits which flows and fields are taken over; all by default
 */
export function bringToLive(
  folder: DesiredFolder,
  org: LiveOrg,
  isWanted: (flowId: FlowId, path: string) => boolean = () => true,
): BroughtToLive {
  const texts = new Map<string, string>();
  const untouched = new Map<string, string>();
  const take = ({ file, edits }: FileEdits): void => {
    const edited = editYaml(texts.get(file) ?? textOf(folder, file), edits);
    if (edited.ok) texts.set(file, edited.text);
    else untouched.set(file, edited.reason);
  };
  for (let round = 0; ; round += 1) {
    const { flows, invalid } = loadFolderOrg(withTexts(folder, texts), org.org);
    for (const { file, diagnostics } of invalid.filter((each) => texts.has(each.file)))
      untouched.set(file, `it may not say so: ${diagnostics[0]?.message ?? ''}`);
    const comparison = compareOrg(flows, org);
    const edits = [...nameEdits(comparison, org), ...settingsEdits(comparison.observed, isWanted)];
    const open = edits.filter(({ file }) => !untouched.has(file));
    if (open.length === 0) return ended(texts, untouched, comparison);
    if (round < MAX_ROUNDS) open.forEach(take);
    else for (const { file } of open) untouched.set(file, 'files that extend each other disagree');
  }
}

function ended(
  texts: Map<string, string>,
  untouched: ReadonlyMap<string, string>,
  comparison: LiveComparisonResult,
): BroughtToLive {
  for (const file of untouched.keys()) texts.delete(file);
  return { texts, untouched: [...untouched].map(asUntouched), comparison };
}

function asUntouched([file, reason]: readonly [string, string]): Untouched {
  return { file, reason };
}

export function compareOrg(
  desired: readonly DesiredFlow[],
  { orgId, live, now }: LiveOrg,
): LiveComparisonResult {
  const comparison = makeLiveComparison({ desired, orgId, now });
  comparison.add(live);
  return comparison.finish();
}

interface FileEdits {
  readonly file: string;
  readonly edits: readonly YamlEdit[];
}

function nameEdits({ invalid }: LiveComparisonResult, { live }: LiveOrg): FileEdits[] {
  const nameOf = new Map(live.map(({ id, name }) => [id.toLowerCase(), name]));
  const isRenamed = ({ code }: Diagnostic): boolean => code === 'desired.name-mismatch';
  return invalid
    .filter(({ diagnostics }) => diagnostics.every(isRenamed))
    .map(({ file, flowId = '' }) => ({
      file,
      edits: [{ path: ['name'], value: nameOf.get(flowId) ?? '' }],
    }));
}

function settingsEdits(
  observed: readonly ObservedFlow[],
  isWanted: (flowId: FlowId, path: string) => boolean,
): FileEdits[] {
  return observed.flatMap(({ flow, flowId, differences }) => {
    const edits = differences
      .filter(({ path }) => isWanted(flowId, path))
      .map(({ path, live, desired }) => {
        const keys = keysOf(path);
        return { path: ['settings', ...keys], value: inOrderOf(keys, desired, live ?? null) };
      });
    return edits.length === 0 ? [] : [{ file: flow.file, edits }];
  });
}

/** A set keeps the order in which its file has it, so that only what is new is a change. */
function inOrderOf(keys: readonly string[], desired: Json | undefined, live: Json): Json {
  if (placeOf(keys) !== 'set' || !Array.isArray(desired) || !Array.isArray(live)) return live;
  const known = desired as readonly Json[];
  const all = live as readonly Json[];
  const kept = known.filter((item) => all.includes(item));
  return [...kept, ...all.filter((item) => !known.includes(item))];
}

function textOf({ bytes }: DesiredFolder, file: string): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.get(file));
}
