import type { OrgRunReport } from '../../src/engine/run-report.ts';
import { renderStatus } from '../../src/engine/render-status.ts';
import { canonicalText } from '../../src/domain/hash.ts';
import { statusPathOf } from '../../src/domain/flow-status.ts';
import type { FlowStatus } from '../../src/domain/flow-status.ts';
import type { FlowRecord } from '../../src/ports/state-store.ts';
import type { Json } from '../../src/domain/json.ts';
import { mustHold } from './breach.ts';
import type { ControllerRun } from './controller-run.ts';
import { validSpec } from './git-model.ts';
import { differencesOf } from './standing.ts';
import { ORG } from './world.ts';

type Records = ReadonlyMap<string, FlowRecord>;

/** What must hold when a run came to its end. @throws Breach */
export async function checkRun(
  run: ControllerRun,
  report: OrgRunReport,
  before: Records,
): Promise<void> {
  const { world } = run;
  const after = await world.records();
  if (run.isListPartial) checkNothingChanged(report, before, after);
  if (report.error) return;
  // a policy with faults stops the org: all stays as it was told
  if (run.git.policy !== 'faulty')
    for (const record of after.values()) checkStatus(run, record.status);
  for (const n of world.numbers.filter((one) => !run.git.flows.has(one))) {
    const flowId = world.flowIds[n - 1] ?? '';
    world.forgotten.set(flowId, world.service.live(flowId)?.version ?? 0);
  }
  if (report.publishing.kind !== 'kept') checkPublished(run, after);
}

/** A list that was not whole is no ground for anything. */
function checkNothingChanged(report: OrgRunReport, before: Records, after: Records): void {
  mustHold(report.error !== undefined, () => 'a list that was not whole passed for one');
  const recovered = new Set(report.outcomes.map(({ flowId }) => flowId));
  for (const flowId of new Set([...before.keys(), ...after.keys()])) {
    if (recovered.has(flowId)) continue;
    mustHold(
      canonicalText((before.get(flowId) ?? null) as unknown as Json) ===
        canonicalText((after.get(flowId) ?? null) as unknown as Json),
      () => `a list that was not whole changed what is known of ${flowId}`,
    );
  }
}

/** How the status of such a flow begins: what is told of its differences is what was known before. */
const UNREAD = 'its live settings could not be read';

/** What a status says of its flow was so at the version that it names. */
function checkStatus(run: ControllerRun, status: FlowStatus): void {
  const { world, git } = run;
  const n = world.flowIds.indexOf(status.flowId) + 1;
  const what = `the status of flow ${String(n)} (${status.state} at version ${String(status.liveVersion)})`;
  const spec = validSpec(git, n);
  // what is not known yet is told to be so
  const isUnknown =
    status.state === 'Missing' ||
    status.state === 'Unresolved' ||
    status.lastOutcome?.code === 'api.not-found' ||
    status.conditions.some(({ message = '' }) => message.startsWith(UNREAD));
  if (!spec || status.liveVersion === undefined || isUnknown) return;
  const entry = world.service.ledger.at(status.flowId, status.liveVersion);
  mustHold(entry !== undefined, () => `${what} names a version that never was`);
  const told = status.differences
    .map(({ path }) => path)
    .filter((path) => !world.git.isGivenBack(git, n, path))
    .sort()
    .join(' ');
  const trueOnes = [run.startedAt, world.clock.now()].map((at) =>
    differencesOf(spec, entry.settings, at).join(' '),
  );
  mustHold(
    trueOnes.includes(told),
    () => `${what} tells the differences [${told}], and they are [${trueOnes[0] ?? ''}]`,
  );
  mustHold(
    status.state !== 'InSync' || told === '',
    () => `${what} says in sync, and tells differences`,
  );
  checkReloadTold(run, status, what);
}

/** What is stored and not in effect is told, unless what became of the write is not known yet. */
function checkReloadTold({ world }: ControllerRun, status: FlowStatus, what: string): void {
  const { flowId, conditions, lastOutcome } = status;
  if (!world.service.isUnloaded(flowId)) return;
  // what was stored other than it was asked for cannot be told from somebody else's
  const isTakenForOthers = lastOutcome?.status === 'conflict' && world.service.isTwisted(flowId);
  if (isTakenForOthers) return;
  const isOpen = [...world.state.attempts.values()].some(
    ({ start, ended }) => !ended && start.flowId === flowId,
  );
  const isTold = conditions.some(({ type }) => type === 'ReloadPending');
  mustHold(isOpen || isTold, () => `${what} does not tell that a reload is due`);
}

/** The status branch says what the controller knows. */
function checkPublished({ world }: ControllerRun, records: Records): void {
  const { files } = world.statusBranch;
  for (const flowId of world.flowIds) {
    const record = records.get(flowId);
    const text = files.get(statusPathOf(ORG, flowId));
    mustHold(
      text === (record && renderStatus(record.status)),
      () => `the status branch says of ${flowId} what the controller does not`,
    );
  }
}
