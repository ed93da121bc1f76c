import { parse } from 'yaml';
import type { FlowStatus } from '../domain/flow-status.ts';
import { orgStatusPathOf } from '../domain/org-status.ts';
import type { OrgStatus } from '../domain/org-status.ts';
import type { Revision } from '../domain/flow.ts';
import type { BranchTip } from '../ports/status-branch.ts';
import type { App } from './create-app.ts';

/** What the status branch says of one org. */
export interface OrgStatusView {
  readonly name: string;
  /** Undefined: nothing was recorded yet. */
  readonly org?: OrgStatus;
  /** By path, so by flowId. */
  readonly flows: readonly FlowStatus[];
}

/** Reads the status branch as the remote has it now; needs neither the org nor the state of the controller. */
export async function readStatus(
  app: App,
  orgs: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<readonly OrgStatusView[]> {
  const names = app.orgNames(orgs);
  return app.inTime(signal, (alive) => read(app, names, alive));
}

/** The same, unless the branch is still as it was at `known`. */
export async function readStatusSince(
  app: App,
  {
    orgs,
    known,
  }: { readonly orgs: readonly string[] | undefined; readonly known: Revision | undefined },
  signal: AbortSignal,
): Promise<{ readonly revision: Revision; readonly views: readonly OrgStatusView[] } | undefined> {
  const names = app.orgNames(orgs);
  return app.inTime(signal, async (alive) => {
    const tip = await app.statusTip(alive);
    const { revision = '' } = tip;
    return revision === known ? undefined : { revision, views: await viewsOf(tip, names) };
  });
}

async function read(
  app: App,
  names: readonly string[],
  signal: AbortSignal,
): Promise<readonly OrgStatusView[]> {
  return viewsOf(await app.statusTip(signal), names);
}

function viewsOf(tip: BranchTip, names: readonly string[]): Promise<readonly OrgStatusView[]> {
  return Promise.all(
    names.map(async (name) => {
      const org = await tip.read(orgStatusPathOf(name));
      const files = await tip.readAll(`status/${name}`);
      const flows = [...files.values()].map((text) => parse(text) as FlowStatus);
      return { name, flows, ...(org !== undefined && { org: parse(org) as OrgStatus }) };
    }),
  );
}
