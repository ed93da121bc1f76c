/**
 * A process that journals one attempt after the other until it is killed, and says each thing that is
 * done only when it is done. Arguments: the state folder, and a name for its attempts.
 */
import { writeSync } from 'node:fs';
import { systemClock } from '../../src/adapters/clock/system-clock.ts';
import { openSqliteLease } from '../../src/adapters/state/sqlite-lease.ts';
import { openSqliteStateStore } from '../../src/adapters/state/sqlite-state-store.ts';
import { aFlowRecord, aFlowStatus, anAuditDraft } from './builders.ts';
import { MemoryLog } from './fakes/memory-log.ts';

const [directory = '', name = ''] = process.argv.slice(2);
const log = new MemoryLog();
const store = await openSqliteStateStore({ directory, clock: systemClock, log });
await openSqliteLease({ store, clock: systemClock, log }).acquire(
  'acme',
  new AbortController().signal,
);

function say(...words: readonly (string | number)[]): void {
  writeSync(1, `${words.join(' ')}\n`);
}

for (let n = 0; ; n += 1) {
  const attemptId = `${name}-${String(n)}`;
  const flowId = `flow-of-${attemptId}`;
  const start = { attemptId, org: 'acme', flowId, runId: name, startedAt: n };
  await store.journal.open({ ...start, data: { n } });
  say('open', attemptId, 0);
  for (let step = 1; step <= 3; step += 1) {
    await store.journal.append(attemptId, { from: 'a', event: 'b', to: 'c', at: step });
    say('entry', attemptId, step);
  }
  const record = aFlowRecord({ flowId, status: aFlowStatus({ flowId }) });
  const end = { from: 'c', event: 'd', to: 'end', at: 4 };
  await store.journal.close(attemptId, end, { record, audit: anAuditDraft({ attemptId }) });
  say('closed', attemptId, 4);
}
