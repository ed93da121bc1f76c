import { relative } from 'node:path/posix';
import { describeFlow, describePolicy } from '../config/describe-flow.ts';
import { flowFileNames } from '../config/flow-file-names.ts';
import type { Diagnostic, InvalidFlow } from '../domain/diagnostic.ts';
import type { MissingFlow } from '../domain/plan.ts';
import { bringToLive, compareOrg } from './bring-to-live.ts';
import type { LiveOrg, Untouched } from './bring-to-live.ts';
import { loadFolderOrg, withTexts } from './desired-folder.ts';
import type { DesiredFolder } from './desired-folder.ts';

/** What an export of one org would do. */
export interface ExportSummary {
  readonly org: string;
  readonly liveCount: number;
  /** Not empty: nothing is written, since a file that nobody can read may describe any flow. */
  readonly faults: readonly Diagnostic[];
  readonly added: readonly string[];
  readonly updated: readonly string[];
  /** Files of flows that say what the org has already. */
  readonly unchanged: number;
  readonly untouched: readonly Untouched[];
  /** In git, not in the org; their files stay. */
  readonly missing: readonly MissingFlow[];
  /** Live settings that no file says, with the number of flows that have them. By path. */
  readonly leftOut: readonly { readonly path: string; readonly flows: number }[];
}

export interface OrgExport {
  readonly summary: ExportSummary;
  /** What it would write: text by path. */
  readonly texts: ReadonlyMap<string, string>;
}

/**
 * The files that make an org's desired state say what the org has: a policy that only reports, unless there is one, a
 * file for each flow that has none, and the files that are there edited in place. Pure; equal input gives equal bytes.
 *
 * @param schemas folder of the schemas, from the root of the folder
 */
export function exportOrg(
  folder: DesiredFolder,
  org: LiveOrg,
  options: { readonly allBlocks: boolean; readonly schemas: string },
): OrgExport {
  const before = loadFolderOrg(folder, org.org);
  const unreadable = before.invalid.filter(({ flowId }) => flowId === undefined);
  const faults = [...before.policyFaults, ...unreadable.flatMap(({ diagnostics }) => diagnostics)];
  if (faults.length > 0) return nothing(org, faults);

  const home = `${folder.directory}/${org.org}`;
  const added = new Map<string, string>();
  if (before.policyFile === undefined)
    added.set(`${home}/policy.yaml`, describePolicy(schemaFrom(home, options.schemas, 'policy')));
  const flows = newFlows(folder, org, { ...options, home });
  for (const [path, { text }] of flows) added.set(path, text);
  const brought = bringToLive(withTexts(folder, added), org);

  const updated = [...brought.texts.keys()].filter((path) => !added.has(path));
  const untouched = [...brought.untouched, ...unusable(withTexts(folder, added), org.org, added)];
  const refused = new Set(untouched.map(({ file }) => file));
  const written = [...added, ...brought.texts].filter(([path]) => !refused.has(path));
  const invalid = before.invalid.map((file) => ({ file: file.file, reason: faultOf(file) }));
  const summary: ExportSummary = {
    org: org.org,
    liveCount: org.live.length,
    faults: [],
    added: [...added.keys()].filter((path) => !refused.has(path)),
    updated: updated.sort(),
    unchanged: before.flows.length - updated.length - brought.comparison.missing.length,
    untouched: [...invalid, ...untouched],
    missing: brought.comparison.missing,
    leftOut: countPaths([...flows.values()].map(({ leftOut }) => leftOut)),
  };
  return { summary, texts: new Map(written) };
}

/** New files that would have faults: what the org has is more than a file may say. */
function unusable(
  folder: DesiredFolder,
  org: string,
  added: ReadonlyMap<string, string>,
): readonly Untouched[] {
  return loadFolderOrg(folder, org)
    .invalid.filter(({ file }) => added.has(file))
    .map((file) => ({ file: file.file, reason: faultOf(file) }));
}

function faultOf({ diagnostics }: InvalidFlow): string {
  return diagnostics[0]?.message ?? 'it has faults';
}

function nothing({ org, live }: LiveOrg, faults: readonly Diagnostic[]): OrgExport {
  const none = { added: [], updated: [], unchanged: 0, untouched: [], missing: [], leftOut: [] };
  return { summary: { org, liveCount: live.length, faults, ...none }, texts: new Map() };
}

interface NewFlow {
  readonly text: string;
  readonly leftOut: readonly string[];
}

/** By path, sorted. */
function newFlows(
  folder: DesiredFolder,
  org: LiveOrg,
  options: { readonly allBlocks: boolean; readonly schemas: string; readonly home: string },
): ReadonlyMap<string, NewFlow> {
  const { flows, invalid } = loadFolderOrg(folder, org.org);
  const described = new Set(invalid.map(({ flowId }) => flowId));
  const without = new Set(
    compareOrg(flows, org)
      .unmanaged.map(({ flowId }) => flowId)
      .filter((flowId) => !described.has(flowId)),
  );
  const fresh = org.live.filter(({ id }) => without.has(id.toLowerCase()));
  const home = `${options.home}/flows`;
  const taken = new Set(folder.files.map(({ path }) => path.toLowerCase()));
  const names = flowFileNames(fresh, (file) => taken.has(`${home}/${file}`.toLowerCase()));
  const schema = schemaFrom(home, options.schemas, 'flow');
  const made = fresh.map((flow): [string, NewFlow] => [
    `${home}/${names.get(flow.id) ?? flow.id}`,
    describeFlow(flow, schema, { orgId: org.orgId, allBlocks: options.allBlocks }),
  ]);
  return new Map(made.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** How a file of a folder names the schema, both from the root of the work tree. */
export function schemaFrom(folder: string, schemas: string, name: string): string {
  return `${relative(`/${folder}`, `/${schemas}`)}/${name}.schema.json`;
}

function countPaths(lists: readonly (readonly string[])[]): ExportSummary['leftOut'] {
  const counts = new Map<string, number>();
  for (const path of lists.flat()) counts.set(path, (counts.get(path) ?? 0) + 1);
  return [...counts]
    .map(([path, flows]) => ({ path, flows }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
