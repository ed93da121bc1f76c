import { inlineYaml } from '../config/write-yaml.ts';
import { usageError } from '../domain/usage-error.ts';
import type { Difference } from '../plan/compare-settings.ts';
import { bringToLive } from './bring-to-live.ts';
import type { App } from './create-app.ts';
import { filesThatExtend } from './files-that-extend.ts';
import { writeTexts } from './desired-folder.ts';
import { flowInFolder } from './flow-in-folder.ts';
import type { FlowInFolderRequest } from './flow-in-folder.ts';

type FieldsRequest = FlowInFolderRequest & {
  /** JSON pointers; each covers what is below it. Undefined: every field that differs. */
  readonly fields?: readonly string[];
};

/** Defined by schemas/accepted.schema.json. */
export interface Accepted {
  readonly apiVersion: 'flowkeeper/v1';
  readonly kind: 'Accepted';
  readonly org: string;
  readonly flowId: string;
  readonly name: string;
  readonly folder: string;
  readonly file: string;
  /** Set when the file knew the flow by another name, and now has this one. */
  readonly formerName?: string;
  /** What differed, and now stands in the file; `desired` is what stood there. */
  readonly fields: readonly Difference[];
  /** Files that say more on top of this one (`extends`), and say something else with it. */
  readonly extendedBy?: readonly string[];
  /** Why the file was left as it is. */
  readonly untouched?: string;
}

/**
 * Writes what the org has into the flow's file, field by field with its comments; what a base declares is declared anew
 * in the flow's own file. Nothing is committed.
 *
 * @throws as `flowInFolder`; cli.usage for a field that does not differ
 */
export async function acceptLive(
  app: App,
  { fields, ...request }: FieldsRequest,
  signal: AbortSignal,
): Promise<Accepted> {
  const found = await flowInFolder(app, request, signal);
  const { root, folder, org, desired, flowId, name } = found;
  const chosen = chosenOf(found.differences, fields, name);
  const paths = new Set(chosen.map(({ path }) => path));
  const { texts, untouched } = bringToLive(folder, org, (_flow, path) => paths.has(path));
  const own = texts.get(desired.file);
  if (own !== undefined) await writeTexts(root, new Map([[desired.file, own]]));
  const extendedBy = own === undefined ? [] : filesThatExtend(folder, desired.file);
  const left = untouched.find(({ file }) => file === desired.file);
  return {
    apiVersion: 'flowkeeper/v1',
    kind: 'Accepted',
    org: org.org,
    flowId,
    name,
    folder: root,
    file: desired.file,
    ...(!left &&
      desired.name !== undefined &&
      desired.name !== name && { formerName: desired.name }),
    fields: left ? [] : chosen,
    ...(extendedBy.length > 0 && { extendedBy }),
    ...(left && { untouched: left.reason }),
  };
}

/** The `ignore` entries that leave what differs of a flow to others for a while. */
export interface IgnoreEntries {
  readonly file: string;
  readonly hasIgnore: boolean;
  /** YAML, a line each; none when nothing differs. */
  readonly lines: readonly string[];
}

/** @throws as `acceptLive` */
export async function ignoreEntries(
  app: App,
  request: FieldsRequest & {
    readonly until: string;
    readonly reason: string;
    readonly owner?: string;
  },
  signal: AbortSignal,
): Promise<IgnoreEntries> {
  const { fields, until, reason, owner, ...asked } = request;
  const found = await flowInFolder(app, asked, signal);
  const chosen = chosenOf(found.differences, fields, found.name);
  const { desired } = found;
  return {
    file: desired.file,
    hasIgnore: desired.ignore.length > 0,
    lines: chosen.map(
      ({ path }) =>
        `  - ${inlineYaml({ path, reason, ...(owner !== undefined && { owner }), until })}`,
    ),
  };
}

function chosenOf(
  differences: readonly Difference[],
  fields: readonly string[] | undefined,
  name: string,
): readonly Difference[] {
  if (fields === undefined) return differences;
  const covers = (field: string, path: string): boolean =>
    path === field || path.startsWith(`${field}/`);
  const idle = fields.filter((field) => !differences.some(({ path }) => covers(field, path)));
  if (idle.length === 0)
    return differences.filter(({ path }) => fields.some((field) => covers(field, path)));
  const known = differences.map(({ path }) => path).join(', ');
  throw usageError(
    `${name} does not differ in ${idle.join(', ')}`,
    known === ''
      ? 'Nothing is to do: it is as its file says.'
      : `Name a field that differs: ${known}.`,
  );
}
