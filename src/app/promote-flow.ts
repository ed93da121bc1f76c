import { posix } from 'node:path';
import { editYaml } from '../config/edit-yaml.ts';
import type { LoadedOrg } from '../config/load-desired.ts';
import type { DesiredFlow, OrgName, Settings } from '../domain/flow.ts';
import { isJsonObject } from '../domain/json.ts';
import type { Json } from '../domain/json.ts';
import { usageError } from '../domain/usage-error.ts';
import { onlyOne } from '../engine/find-flow.ts';
import { compareSettings } from '../plan/compare-settings.ts';
import type { Difference } from '../plan/compare-settings.ts';
import { keysOf } from '../plan/json-pointer.ts';
import type { App } from './create-app.ts';
import { loadFolderOrg, readDesiredFolder, withTexts, writeTexts } from './desired-folder.ts';
import type { DesiredFolder } from './desired-folder.ts';
import { isNamed } from './is-named.ts';
import { workTree } from './work-tree.ts';

export interface PromoteRequest {
  /** Id, exact name, or path of the file in the org that it comes from. */
  readonly flow: string;
  readonly from: OrgName;
  readonly to: OrgName;
  /** The work tree; undefined: the one that the config names, where it is one of this machine. */
  readonly folder?: string;
  /** Epoch ms. */
  readonly now: number;
}

/** Defined by schemas/promoted.schema.json. */
export interface Promoted {
  readonly apiVersion: 'flowkeeper/v1';
  readonly kind: 'Promoted';
  readonly folder: string;
  readonly name: string;
  readonly from: { readonly org: OrgName; readonly file: string };
  readonly to: { readonly org: OrgName; readonly file: string };
  /** The org had no file of the flow; it knows the flow by its name now. */
  readonly isNew: boolean;
  /** `live` is what the file said, `desired` what it says now. */
  readonly fields: readonly Difference[];
  /** Fields that only the file of `to` declares; they stay. */
  readonly kept: readonly string[];
  /** Why the file was left as it is. */
  readonly untouched?: string;
}

/**
 * Makes the file of a flow in one org say what the file of the same flow in another says: the one with the same path
 * below `flows/`, else with the same name, else a new one. Field by field, comments kept; nothing is committed.
 *
 * @throws cli.usage, cli.unknown-flow, cli.ambiguous-flow
 */
export async function promoteFlow(app: App, request: PromoteRequest): Promise<Promoted> {
  const { flow, from, to } = request;
  app.orgNames([from, to]);
  if (from === to)
    throw usageError('--from and --to are the same org', 'Name two orgs of the config.');
  const root = await workTree(app, request.folder);
  const folder = await readDesiredFolder(root, app.config.source.directory);
  const orgs = { from: loadFolderOrg(folder, from), to: loadFolderOrg(folder, to) };
  const named = orgs.from.flows.filter(isNamed(flow));
  const found = named.map((one) => ({ org: from, flowId: one.flowId ?? one.file, one }));
  const { one: source } = onlyOne(flow, [from], found);
  const ids = new Map([[orgIdOf(app, from), orgIdOf(app, to)]]);
  const target = targetOf(orgs.to, source, folder);
  const change = target
    ? editedFile(folder, { source, target, ids, now: request.now })
    : newFile(folder, { source, from, to, ids });
  const { file, text, fields, kept, untouched } = change;
  if (text !== undefined) await writeTexts(root, new Map([[file, text]]));
  return {
    apiVersion: 'flowkeeper/v1',
    kind: 'Promoted',
    folder: root,
    name: source.name ?? source.flowId ?? source.file,
    from: { org: from, file: source.file },
    to: { org: to, file },
    isNew: !target,
    fields,
    kept,
    ...(untouched !== undefined && { untouched }),
  };
}

interface FileChange extends Pick<Promoted, 'fields' | 'kept' | 'untouched'> {
  readonly file: string;
  /** Undefined: it stays as it is. */
  readonly text?: string;
}

/** Ids of orgs, by those that they are replaced for. */
type OrgIds = ReadonlyMap<string, string>;

function orgIdOf({ config }: App, org: OrgName): string {
  return config.orgs.find(({ name }) => name === org)?.orgId ?? '';
}

/** @throws cli.usage when the file that it would be has faults */
function targetOf(
  { flows, invalid }: LoadedOrg,
  source: DesiredFlow,
  { directory }: DesiredFolder,
): DesiredFlow | undefined {
  const path = belowFlows(directory, source.file);
  const faulty = invalid.find(({ file }) => belowFlows(directory, file) === path);
  if (faulty)
    throw usageError(
      `${faulty.file} has faults`,
      'Mend them first: `flowkeeper validate` tells them.',
    );
  const samePath = flows.find(({ file }) => belowFlows(directory, file) === path);
  if (samePath || source.name === undefined) return samePath;
  const sameName = flows.filter(({ name }) => name === source.name);
  if (sameName.length > 1)
    throw usageError(
      `several files describe ${source.name}`,
      'Leave one, or give it the same path below `flows/` in both orgs.',
    );
  return sameName[0];
}

/** The path without the directory and the org. */
function belowFlows(directory: string, file: string): string {
  return file
    .slice(directory.length + 1)
    .split('/')
    .slice(1)
    .join('/');
}

interface Editing {
  readonly source: DesiredFlow;
  readonly target: DesiredFlow;
  readonly ids: OrgIds;
  readonly now: number;
}

function editedFile(folder: DesiredFolder, { source, target, ids, now }: Editing): FileChange {
  const { file, ignore } = target;
  const wanted = withIds(source.settings, ids) as Settings;
  // what the org leaves to others is none of a promotion's business
  const context = { orgId: [...ids.values()][0] ?? '', ignore, now };
  const fields = compareSettings(wanted, target.settings, context);
  const kept = compareSettings(target.settings, wanted, { ...context, ignore: [] })
    .filter(({ live }) => live === undefined)
    .map(({ path }) => path);
  if (fields.length === 0) return { file, fields, kept };
  const edits = fields.map(({ path, desired }) => ({
    path: ['settings', ...keysOf(path)],
    value: desired ?? null,
  }));
  const edited = editYaml(textIn(folder, file), edits);
  if (edited.ok) return { file, text: edited.text, fields, kept };
  return { file, fields: [], kept, untouched: edited.reason };
}

interface Making {
  readonly source: DesiredFlow;
  readonly from: OrgName;
  readonly to: OrgName;
  readonly ids: OrgIds;
}

/** The same file without its id: that of the flow in the other org is another, and its name tells which it is. */
function newFile(folder: DesiredFolder, { source, from, to, ids }: Making): FileChange {
  if (source.name === undefined)
    throw usageError(
      `${source.file} has no \`name\`, by which the flow of ${to} could be found`,
      'Add `name` to that file.',
    );
  const file = posix.join(folder.directory, to, belowFlows(folder.directory, source.file));
  let text = textIn(folder, source.file).replace(/^flowId:[^\n]*\n/m, '');
  for (const [id, other] of ids) text = text.replaceAll(id, other);
  const loaded = loadFolderOrg(withTexts(folder, new Map([[file, text]])), to);
  const fault = loaded.invalid.find((one) => one.file === file)?.diagnostics[0];
  if (fault)
    return { file, fields: [], kept: [], untouched: `copied from ${from}: ${fault.message}` };
  const fields = Object.entries(source.settings).map(([block, value]) => ({
    path: `/${block}`,
    desired: withIds(value, ids),
  }));
  return { file, text, fields, kept: [] };
}

function withIds(value: Json, ids: OrgIds): Json {
  if (typeof value === 'string') return ids.get(value) ?? value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => withIds(item, ids));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withIds(item, ids)]));
}

function textIn({ bytes }: DesiredFolder, file: string): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.get(file));
}
