import type { OrgName } from '../../domain/flow.ts';
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
    waiting += countOf(await state.outbox.pending(org));
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

function told(open: number, waiting: number): string {
  if (open + waiting === 0) return 'nothing of an earlier run is open or waits to be pushed';
  const attempts = counted(open, 'attempt');
  return `of earlier runs ${attempts} open, and ${counted(waiting, 'record')} not pushed yet`;
}

function counted(count: number, noun: string): string {
  return count === 1 ? `1 ${noun} is` : `${String(count)} ${noun}s are`;
}

function countOf({ statuses, removed, audits, snapshots, orgStatus }: PendingRecords): number {
  const lists = [statuses, removed, audits, snapshots];
  return lists.reduce((sum, { length }) => sum + length, orgStatus ? 1 : 0);
}
