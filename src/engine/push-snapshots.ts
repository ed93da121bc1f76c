import type { GateVerdict } from '../domain/verdict.ts';
import type { Snapshot } from '../ports/state-store.ts';
import type { Publishing, ReportedError } from './run-report.ts';
import { shareCalls } from './shared-calls.ts';

/** Brings snapshots to the status branch, unless they are known to be there. @returns why it failed, if it did */
export type SnapshotPusher = (snapshots: readonly Snapshot[]) => Promise<ReportedError | undefined>;

/**
 * A pusher for one run. What it is asked for while a push is under way goes together with the next one.
 *
 * @param publish commits these snapshots, in whatever order; `nothing` means that the branch has them already
 */
export function makeSnapshotPusher(
  publish: (snapshots: readonly Snapshot[]) => Promise<Publishing>,
): SnapshotPusher {
  const pushed = new Set<string>();
  let waiting: readonly Snapshot[] = [];
  const pushWaiting = shareCalls(async () => {
    const batch = waiting;
    waiting = [];
    const publishing = await publish(batch);
    if (publishing.kind === 'kept') return publishing.error;
    for (const snapshot of batch) pushed.add(keyOf(snapshot));
    return undefined;
  });
  return async (snapshots) => {
    const missing = snapshots.filter((snapshot) => !pushed.has(keyOf(snapshot)));
    if (missing.length === 0) return undefined;
    waiting = [...waiting, ...missing];
    return pushWaiting();
  };
}

/** A flow that was made anew counts its versions from the start. */
function keyOf({ flowId, version, hash, takenAt }: Snapshot): string {
  return `${flowId} ${String(version)} ${hash} ${takenAt}`;
}

/** @param count flows that are not written because of it */
export function unpushedVerdict(
  count: number,
  { message, code, advice }: ReportedError,
): Extract<GateVerdict, { kind: 'deny' }> {
  const whose = count === 1 ? 'the snapshot' : `the snapshots of ${String(count)} flows`;
  return {
    kind: 'deny',
    gate: 'snapshots',
    reason: `${whose} could not be pushed to the status branch, so nothing was written: ${message} [${code}]`,
    goOn: `mend the push and run again (${advice}), or set \`apply.pushSnapshotsFirst: false\` in policy.yaml`,
  };
}
