import type { OrgName } from '../domain/flow.ts';
import type { NewTrigger, RunEntry, Trigger } from '../domain/trigger.ts';

/** Which triggers were accepted, and which run answered them. Shared by all processes on one state folder. */
export interface TriggerLog {
  /**
   * Takes them for good: on the disk (fsync) when it resolves.
   *
   * @returns their numbers, in the given order
   */
  accept(triggers: readonly NewTrigger[]): Promise<readonly number[]>;
  /** The highest number accepted so far, by org; an org without any is missing. */
  latest(): Promise<ReadonlyMap<OrgName, number>>;
  /** Those that no run has answered yet, oldest first. */
  pending(org: OrgName): Promise<readonly Trigger[]>;
  /**
   * Remembers a run, and with it, in one transaction, that it answered all triggers of its org up to a number.
   *
   * @param answers undefined: none, since the run did not get far enough
   */
  runEnded(run: RunEntry, answers: number | undefined): Promise<void>;
  /** The last runs of an org, newest first; those that changed nothing are forgotten sooner. */
  runs(org: OrgName, limit: number): Promise<readonly RunEntry[]>;
}
