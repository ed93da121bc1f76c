import type { FlowStatus } from '../../domain/flow-status.ts';
import { isError } from '../../domain/errors.ts';
import type { FlowId, Settings } from '../../domain/flow.ts';
import type { PinnedRevision } from '../../ports/desired-source.ts';
import type { Ports } from '../../ports/ports.ts';
import { loadDesiredOrg } from '../load-desired.ts';
import type { DesiredLoader } from '../load-desired.ts';
import type { OrgRun } from '../org-run.ts';
import { pinIfThere } from '../pin-if-there.ts';

/** What of a flow was last applied, by name: its settings are in the history of the desired state. */
type Wanted = Pick<FlowStatus, 'flowId' | 'file' | 'lastAppliedHash' | 'lastAppliedRevision'>;

/**
 * Finds in the history of the desired state the settings that were last applied to each flow, by their hash: at the
 * head, where most flows still are as they were, then at the revisions that the others name.
 *
 * @returns those that were found; a revision that the repository no longer has, or where the file said something else, has none
 * @throws git.* when the repository cannot be read
 */
export async function findAppliedSettings(
  { source, loader }: Pick<Ports, 'source'> & { readonly loader: DesiredLoader },
  run: OrgRun,
  flows: readonly Wanted[],
  signal: AbortSignal,
): Promise<ReadonlyMap<FlowId, Settings>> {
  const found = new Map<FlowId, Settings>();
  let left = flows.filter(({ lastAppliedHash }) => lastAppliedHash !== undefined);
  const lookAt = async (pinned: PinnedRevision, wanted: readonly Wanted[]): Promise<void> => {
    for (const [flowId, settings] of await settingsAt(loader, { ...run, pinned }, wanted, signal))
      found.set(flowId, settings);
  };
  await lookAt(run.pinned, left);
  left = left.filter(({ flowId }) => !found.has(flowId));
  const byRevision = Map.groupBy(left, ({ lastAppliedRevision }) => lastAppliedRevision);
  for (const [revision, wanted] of byRevision) {
    const pinned = revision === undefined ? undefined : await pinIfThere(source, revision, signal);
    if (pinned) await lookAt(pinned, wanted);
  }
  return found;
}

async function settingsAt(
  loader: DesiredLoader,
  run: OrgRun,
  wanted: readonly Wanted[],
  signal: AbortSignal,
): Promise<readonly (readonly [FlowId, Settings])[]> {
  let flows;
  try {
    ({ flows } = await loadDesiredOrg(loader, run, signal));
  } catch (error) {
    if (isError(error, 'desired.no-org')) return [];
    throw error;
  }
  const byId = new Map(flows.map((flow) => [flow.flowId, flow]));
  const byFile = new Map(flows.map((flow) => [flow.file, flow]));
  return wanted.flatMap(({ flowId, file, lastAppliedHash }) => {
    const flow = byId.get(flowId) ?? byFile.get(file);
    return flow?.hash === lastAppliedHash && flow ? [[flowId, flow.settings] as const] : [];
  });
}
