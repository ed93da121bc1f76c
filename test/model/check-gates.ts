import type { LiveFlow } from '../../src/domain/flow.ts';
import { mustHold } from './breach.ts';
import type { ControllerRun } from './controller-run.ts';
import { PER_FLOW_MS, validSpec } from './git-model.ts';
import type { PolicySpec } from './git-model.ts';
import { differencesOf, isFrozenAt, isSuspendedAt, lacksDependency } from './standing.ts';

/**
 * No flow is written that a person or a rule holds. Where a rule begins or ends while the run is at work, either
 * may be meant: only what held at the start and still holds is a breach.
 */
export function checkGates(run: ControllerRun, base: LiveFlow, isRevert: boolean): void {
  const { world, git } = run;
  const now = world.clock.now();
  const n = world.flowIds.indexOf(base.id) + 1;
  const spec = validSpec(git, n);
  const no = (why: string) => () => `flow ${String(n)} is written although ${why}`;
  mustHold(spec !== undefined, no('git does not describe it well'));
  const { policy } = git;
  mustHold(policy !== 'faulty', no('the policy has faults'));
  mustHold(!policy.isReportOnly && !spec.isReportOnly, no('it is only reported'));
  const isSuspended = isSuspendedAt(spec, run.startedAt) && isSuspendedAt(spec, now);
  mustHold(!isSuspended, no('it is suspended'));
  mustHold(!isFrozen(run, isRevert), no('a freeze window stands'));
  mustHold(!lacksDependency(spec), no('what it leans on is not there'));
  mustHold(!run.isListPartial, no('the list of flows was not whole'));
  mustHold(
    spec.dependsOn.every((id) => wasInSync(run, id)),
    no('what it depends on is not in sync'),
  );
  mustHold(!isTooSoon(run, base.id, isRevert), no('it was written a moment ago'));
  mustHold(!isTooMany(run, base.id, policy), no('too many were written at once'));
}

/** True when a window stood at the start of the run and stands now. */
export function isFrozen({ world, git, startedAt }: ControllerRun, isRevert: boolean): boolean {
  const { policy } = git;
  const passes = isRevert && policy !== 'faulty' && policy.freeze?.allowReverts === true;
  return !passes && isFrozenAt(git, startedAt) && isFrozenAt(git, world.clock.now());
}

/** A flow was in sync at some moment of this run. */
function wasInSync({ world, git, versions, startedAt }: ControllerRun, n: number): boolean {
  const spec = validSpec(git, n);
  const flowId = world.flowIds[n - 1] ?? '';
  if (!spec || !world.service.live(flowId)) return false;
  const isFulfilled = (at: number) => (settings: LiveFlow['settings']) =>
    differencesOf(spec, settings ?? {}, at).length === 0;
  return world.service.ledger
    .of(flowId)
    .filter(({ version }) => version >= (versions.get(flowId) ?? 0))
    .some(
      ({ settings }) =>
        isFulfilled(startedAt)(settings) || isFulfilled(world.clock.now())(settings),
    );
}

/** Less than the flow's interval after an earlier run's write; a clock that was set back tells nothing. */
function isTooSoon(
  { world, startedAt }: ControllerRun,
  flowId: string,
  isRevert: boolean,
): boolean {
  if (isRevert) return false;
  // what git does not describe is forgotten
  const forgotten = world.forgotten.get(flowId) ?? 0;
  const last = world.service.ledger.ours(flowId).findLast(({ version }) => version > forgotten);
  const attempt = last && world.state.attempts.get(last.write.attemptId);
  if (!attempt?.ended) return false;
  // as far as the controller knows when the service took it
  const times = attempt.entries.flatMap(({ data }) => data?.['lastUpdateAt'] ?? []);
  const at = Number(times.at(-1) ?? 0);
  return at < startedAt && world.clock.now() - at < PER_FLOW_MS;
}

/** More flows than one run may write, and nobody approved it. */
function isTooMany(
  run: ControllerRun,
  flowId: string,
  { maxFlows = Infinity }: PolicySpec,
): boolean {
  return !run.isApproved && new Set([...run.written, flowId]).size > maxFlows;
}
