import { isError } from '../../domain/errors.ts';
import type { LiveFlow, Settings } from '../../domain/flow.ts';
import type { FieldChange } from '../../domain/plan.ts';
import { compareSettings } from '../../plan/compare-settings.ts';
import type { Difference } from '../../plan/compare-settings.ts';
import type { FlowTask } from '../flow-task.ts';
import { noteError, rethrowIfAborted } from './api-move.ts';

/** The flow as it is now; undefined when it could not be read, with the error kept on the task. */
export async function readLive(task: FlowTask): Promise<LiveFlow | undefined> {
  try {
    return await task.run.ports.backend.read(task.flowId, task.run.signal);
  } catch (error) {
    rethrowIfAborted(task, error);
    noteError(task, error);
    return undefined;
  }
}

/** True when the last read said that the org has no such flow (any more). */
export function isGone(task: FlowTask): boolean {
  return isError(task.error, 'api.not-found');
}

/** What still differs from the wanted settings. */
export function differencesOf(task: FlowTask, live: Settings): readonly Difference[] {
  return compareSettings(task.wanted.settings, live, {
    orgId: task.run.orgId,
    ignore: task.wanted.ignore,
    now: task.run.ports.clock.now(),
  });
}

/**
 * True when everything that our write carried is there, what was declared and what was kept, and what it took away
 * is gone: a body that leaves a field out does not tell that somebody else put it back.
 */
export function carriesOurWrite(task: FlowTask, live: Settings): boolean {
  if (differencesOf(task, live).length > 0) return false;
  const context = { orgId: task.run.orgId, ignore: [], now: task.run.ports.clock.now() };
  return compareSettings(task.blocks ?? {}, live, context).length === 0;
}

/** Keeps who wrote while we did, for the audit. */
export function noteForeignWrite(task: FlowTask, live: LiveFlow): void {
  const by = live.modifiedBy?.name ?? live.modifiedBy?.id;
  if (by !== undefined) task.conflictBy = by;
}

/** Keeps what is there after the attempt. */
export function noteAfter(task: FlowTask, live: LiveFlow): Settings {
  const settings = live.settings ?? {};
  task.after = settings;
  task.afterVersion = live.version;
  return settings;
}

/**
 * Keeps that our write is what made this version. Where others may have written the same, what they did not
 * keep of the undeclared rest is theirs to answer for, and is not verified.
 */
export function noteLanded(task: FlowTask, live: LiveFlow): void {
  if (!carriesOurWrite(task, live.settings ?? {})) delete task.blocks;
  task.writtenVersion = live.version;
  task.lastUpdateAt ??= task.run.ports.clock.now();
  delete task.maybeLanded;
}

/** Differences as field changes; a field that the plan did not have was moved by somebody since. */
export function asFields(task: FlowTask, differences: readonly Difference[]): FieldChange[] {
  const planned = new Map(task.fields.map((field) => [field.path, field]));
  return differences.map((difference) => {
    const before = planned.get(difference.path);
    return { ...difference, cause: before?.cause ?? 'both-changed' };
  });
}
