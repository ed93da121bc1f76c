import { parse } from 'yaml';
import type { FlowId, OrgName, Revision } from '../domain/flow.ts';
import { statusPathOf } from '../domain/flow-status.ts';
import type { FlowStatus } from '../domain/flow-status.ts';
import type { App } from './create-app.ts';
import { historyEntry, planApprovals } from './flow-history.ts';
import type { HistoryEntry } from './flow-history.ts';
import type { FlowByHand } from './flows-by-hand.ts';
import { findRecorded } from './read-history.ts';

/** Defined by schemas/flow-diff.schema.json. */
export interface FlowDiff {
  readonly apiVersion: 'flowkeeper/v1';
  readonly kind: 'FlowDiff';
  readonly org: OrgName;
  readonly flowId: FlowId;
  /** ISO 8601. */
  readonly at: string;
  /** The commit of the status branch that was the last one then; null: the branch did not exist. */
  readonly recordedIn: Revision | null;
  /** The status file as it was then; missing: nothing was recorded of the flow. */
  readonly status?: FlowStatus;
  /** The last write before, and the first after. */
  readonly lastWrite?: HistoryEntry;
  readonly nextWrite?: HistoryEntry;
}

/**
 * What was recorded of a flow at a time: what differed between git and the org, field by field, and the writes around.
 *
 * @throws git.*, cli.unknown-flow, cli.ambiguous-flow, cli.usage; deadline.command
 */
export async function diffFlow(
  app: App,
  { flow, orgs, at }: FlowByHand & { readonly at: number },
  signal: AbortSignal,
): Promise<FlowDiff> {
  const names = app.orgNames(orgs);
  return app.inTime(signal, async (alive) => {
    const tip = await app.statusTip(alive);
    const { found, flowId, records } = await findRecorded(tip, names, flow);
    const { org } = found;
    const approvals = planApprovals(found);
    const then = await app.statusTip(alive, at);
    const text = await then.read(statusPathOf(org, flowId));
    const isBefore = ({ timestamp }: { readonly timestamp: string }): boolean =>
      Date.parse(timestamp) <= at;
    const last = records.findLast(isBefore);
    const next = records.find((record) => !isBefore(record));
    return {
      apiVersion: 'flowkeeper/v1',
      kind: 'FlowDiff',
      org,
      flowId,
      at: new Date(at).toISOString(),
      recordedIn: then.revision ?? null,
      ...(text !== undefined && { status: parse(text) as FlowStatus }),
      ...(last && { lastWrite: historyEntry(last, approvals) }),
      ...(next && { nextWrite: historyEntry(next, approvals) }),
    };
  });
}
