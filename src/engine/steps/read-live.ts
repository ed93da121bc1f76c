import { compareSettings } from '../../plan/compare-settings.ts';
import type { Difference } from '../../plan/compare-settings.ts';
import type { LiveFlow, Settings } from '../../domain/flow.ts';
import type { FieldChange } from '../../domain/plan.ts';
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

/** What still differs from the wanted settings. */
export function differencesOf(task: FlowTask, live: Settings): readonly Difference[] {
  return compareSettings(task.wanted.settings, live, {
    orgId: task.run.orgId,
    ignore: task.wanted.ignore,
    now: task.run.ports.clock.now(),
  });
}

/** True when everything that our write carried is there: what was declared and what was kept. */
export function carriesOurWrite(task: FlowTask, live: Settings): boolean {
  const body = task.blocks ?? {};
  const context = { orgId: task.run.orgId, ignore: [], now: task.run.ports.clock.now() };
  return (
    differencesOf(task, live).length === 0 && compareSettings(body, live, context).length === 0
  );
}

/** Differences as field changes; a field that the plan did not have was moved by somebody since. */
export function asFields(task: FlowTask, differences: readonly Difference[]): FieldChange[] {
  const planned = new Map(task.fields.map((field) => [field.path, field]));
  return differences.map((difference) => {
    const before = planned.get(difference.path);
    return { ...difference, cause: before?.cause ?? 'both-changed' };
  });
}
