import type { Settings } from '../../src/domain/flow.ts';
import type { FlowState } from '../../src/domain/flow-status.ts';
import type { FlowSpec, GitState } from './git-model.ts';
import { isInvalid, validSpec } from './git-model.ts';
import { APPLY_TO, isSameLeaf, leavesOf } from './leaves.ts';

/** At that moment and for that path git does not decide. */
export function isIgnoredAt({ ignore }: FlowSpec, path: string, at: number): boolean {
  if (!ignore || (ignore.untilAt !== undefined && at >= ignore.untilAt)) return false;
  return path === ignore.path || path.startsWith(`${ignore.path}/`);
}

/** Paths of the declared fields that live does not fulfil, sorted. */
export function differencesOf(spec: FlowSpec, live: Settings, at: number): string[] {
  const leaves = leavesOf(live);
  return Object.entries(spec.declared)
    .filter(
      ([path, value]) => !isIgnoredAt(spec, path, at) && !isSameLeaf(path, leaves.get(path), value),
    )
    .map(([path]) => path)
    .sort();
}

export function isSuspendedAt({ suspend }: FlowSpec, at: number): boolean {
  return suspend !== undefined && (suspend.untilAt === undefined || at < suspend.untilAt);
}

export function isFrozenAt({ policy }: GitState, at: number): boolean {
  if (policy === 'faulty' || !policy.freeze) return false;
  return policy.freeze.fromAt <= at && at < policy.freeze.untilAt;
}

/** What it leans on in the org is not there, or cannot be seen. */
export function lacksDependency({ requires, declared }: FlowSpec): boolean {
  const applyTo = declared[APPLY_TO];
  const needsTeams = Array.isArray(applyTo) && applyTo.includes('team');
  return needsTeams || (requires !== undefined && requires !== 'Support');
}

/** The world at rest, as far as it decides what becomes of the flows. */
export interface RestingWorld {
  readonly git: GitState;
  readonly now: number;
  /** Live settings of a flow by number; undefined: the org does not have it. */
  readonly live: (n: number) => Settings | undefined;
  /** Fields that git no longer declares, and that a revert is to give back; as the controller tells. */
  readonly givenBack: (n: number) => readonly string[];
  /** Whether what git says of the flow is held back. */
  readonly isHeldBack: (n: number) => boolean;
}

/** How a flow stands once nothing more happens. `states` are those that tell the truth. */
export interface Standing {
  readonly states: readonly FlowState[];
  /** Fields that still differ. */
  readonly differences: readonly string[];
}

const AT_REST: Standing = { states: ['InSync'], differences: [] };

/** Undefined for a flow that git does not describe. */
export function standingOf(world: RestingWorld, n: number): Standing | undefined {
  const { git, now } = world;
  if (!git.flows.has(n)) return undefined;
  if (isInvalid(git, n)) return { states: ['Invalid'], differences: [] };
  const differences = openDifferences(world, n);
  if (!differences) return { states: ['Missing'], differences: [] };
  if (differences.length === 0) return AT_REST;
  const spec = validSpec(git, n);
  return { states: spec ? whyOf(world, n, spec) : [], differences };

  function whyOf({ isHeldBack }: RestingWorld, flow: number, valid: FlowSpec): FlowState[] {
    if (isSuspendedAt(valid, now)) return ['Suspended'];
    if (isReportOnly(git, valid)) return ['Drifted'];
    if (isHeldBack(flow)) return ['RolledBack', 'Stuck', 'Failed', 'Blocked'];
    if (isMassChange(world)) return ['Blocked'];
    const mayBeBlocked = lacksDependency(valid) || world.givenBack(flow).includes(APPLY_TO);
    const blocked: FlowState[] = mayBeBlocked ? ['Blocked'] : [];
    // a revert may pass the window, and meet what holds it next
    if (isFrozenAt(git, now)) return ['Deferred', ...blocked];
    if (valid.dependsOn.some((id) => standingOf(world, id) !== AT_REST)) return ['Deferred'];
    return blocked;
  }
}

function openDifferences(
  { git, live, now, givenBack }: RestingWorld,
  n: number,
): readonly string[] | undefined {
  const settings = live(n);
  const spec = validSpec(git, n);
  return settings && spec ? [...differencesOf(spec, settings, now), ...givenBack(n)] : undefined;
}

function isReportOnly({ policy }: GitState, spec: FlowSpec): boolean {
  return spec.isReportOnly === true || (policy !== 'faulty' && policy.isReportOnly === true);
}

/** More flows differ, and could be written, than one run may write. */
export function isMassChange(world: RestingWorld): boolean {
  const { git, now } = world;
  if (git.policy === 'faulty' || git.policy.isReportOnly || git.policy.maxFlows === undefined)
    return false;
  const writable = [...git.flows.keys()].filter((n) => {
    const spec = validSpec(git, n);
    return (
      spec !== undefined &&
      !isSuspendedAt(spec, now) &&
      spec.isReportOnly !== true &&
      (openDifferences(world, n)?.length ?? 0) > 0
    );
  });
  return writable.length > git.policy.maxFlows;
}
