import type { DesiredFlow, LiveFlow } from '../domain/flow.ts';
import { onlyOne } from '../engine/find-flow.ts';
import type { Difference } from '../plan/compare-settings.ts';
import { compareOrg } from './bring-to-live.ts';
import type { LiveOrg } from './bring-to-live.ts';
import type { App } from './create-app.ts';
import { loadFolderOrg, readDesiredFolder } from './desired-folder.ts';
import type { DesiredFolder } from './desired-folder.ts';
import { isNamed } from './is-named.ts';
import { workTree } from './work-tree.ts';

export interface FlowInFolderRequest {
  /** Id, exact name, or path of the file. */
  readonly flow: string;
  readonly orgs?: readonly string[];
  /** The work tree; undefined: the one that the config names, where it is one of this machine. */
  readonly folder?: string;
  /** Epoch ms. */
  readonly now: number;
}

/** One flow as the files of a work tree have it, and as the org has it. */
export interface FlowInFolder {
  readonly root: string;
  readonly folder: DesiredFolder;
  /** With this flow alone. */
  readonly org: LiveOrg;
  readonly desired: DesiredFlow;
  readonly flowId: string;
  readonly name: string;
  readonly differences: readonly Difference[];
}

/**
 * Finds a flow among the files and compares it with the live one; only that flow is read from the org, unless its file
 * knows it by its name alone.
 *
 * @throws cli.usage, cli.unknown-flow, cli.ambiguous-flow, api.*
 */
export async function flowInFolder(
  app: App,
  { flow: named, orgs, now, ...asked }: FlowInFolderRequest,
  signal: AbortSignal,
): Promise<FlowInFolder> {
  const root = await workTree(app, asked.folder);
  const folder = await readDesiredFolder(root, app.config.source.directory);
  const names = app.orgNames(orgs);
  const found = names.flatMap((org) =>
    loadFolderOrg(folder, org)
      .flows.filter(isNamed(named))
      .map((desired) => ({ org, flowId: desired.flowId ?? desired.file, desired })),
  );
  const { org, desired } = onlyOne(named, names, found);
  const live = await readOne(app, org, { desired, named }, signal);
  const { orgId = '' } = app.config.orgs.find(({ name }) => name === org) ?? {};
  const alone = { org, orgId, live: [live], now };
  const [observed] = compareOrg([{ ...desired, name: live.name }], alone).observed;
  return {
    root,
    folder,
    org: alone,
    desired,
    flowId: live.id.toLowerCase(),
    name: live.name,
    differences: observed?.differences ?? [],
  };
}

async function readOne(
  app: App,
  org: string,
  { desired, named }: { readonly desired: DesiredFlow; readonly named: string },
  signal: AbortSignal,
): Promise<LiveFlow> {
  if (desired.flowId !== undefined) return app.liveFlow(org, desired.flowId, signal);
  const flows = (await app.live(org, signal)).filter(({ name }) => name === desired.name);
  return onlyOne(
    named,
    [org],
    flows.map((flow) => ({ ...flow, org, flowId: flow.id })),
  );
}
