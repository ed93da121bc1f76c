import type { OrgName } from '../../domain/flow.ts';
import { countOf } from '../../plan/plan-wording.ts';
import type { BranchTip } from '../../ports/status-branch.ts';
import type { PendingRecords, StateStore } from '../../ports/state-store.ts';
import { ok, warn } from './check.ts';
import type { Check } from './check.ts';

/** Below this much free space a person should look: every write needs some first. */
const FEW_BYTES = 256 * 1024 * 1024;

export interface StateParts {
  readonly state: Pick<StateStore, 'journal' | 'outbox'>;
  readonly directory: string;
  /** Undefined: the system does not tell. */
  readonly freeBytes: number | undefined;
  readonly orgs: readonly OrgName[];
}

/** What a store that could be opened tells of itself. @throws state.* */
export async function checkState(parts: StateParts): Promise<Check> {
  const { state, directory, freeBytes = Infinity } = parts;
  let open = 0;
  let waiting = 0;
  for (const org of parts.orgs) {
    open += (await state.journal.unfinished(org)).length;
    waiting += recordsIn(await state.outbox.pending(org));
  }
  const subject = { check: 'state' } as const;
  const message = `${directory} is whole and can be written; ${told(open, waiting)}`;
  if (freeBytes < FEW_BYTES) {
    const space = `${String(Math.floor(freeBytes / 1024 / 1024))} MiB are free on its disk`;
    return warn(subject, `${message}; ${space}`, 'Make room: without any nothing is written.');
  }
  if (open + waiting === 0) return ok(subject, message);
  return warn(subject, message, 'Run `flowkeeper reconcile`: each run begins and ends with these.');
}

/** Orgs of which the state knows nothing though the status branch does: it is new, and what was known is lost. */
export async function checkMemory(
  { state, tip }: { readonly state: Pick<StateStore, 'flows'>; readonly tip: BranchTip },
  orgs: readonly OrgName[],
): Promise<readonly Check[]> {
  const checks: Check[] = [];
  for (const org of orgs) {
    if ((await state.flows.index(org)).size > 0) continue;
    const { length } = await tip.list(`status/${org}`);
    if (length === 0) continue;
    const message = `the state knows nothing of ${org}, and the status branch knows ${countOf(length, 'flow')}`;
    const next =
      'Run `flowkeeper doctor --rebuild-state` before the next run: it brings back reverts, intervals, and what is held back.';
    checks.push(warn({ check: 'state', org }, message, next));
  }
  return checks;
}

function told(open: number, waiting: number): string {
  if (open + waiting === 0) return 'nothing of an earlier run is open or waits to be pushed';
  const attempts = counted(open, 'attempt');
  return `of earlier runs ${attempts} open, and ${counted(waiting, 'record')} not pushed yet`;
}

function counted(count: number, noun: string): string {
  return count === 1 ? `1 ${noun} is` : `${String(count)} ${noun}s are`;
}

function recordsIn({ statuses, removed, audits, snapshots, orgStatus }: PendingRecords): number {
  const lists = [statuses, removed, audits, snapshots];
  return lists.reduce((sum, { length }) => sum + length, orgStatus ? 1 : 0);
}
