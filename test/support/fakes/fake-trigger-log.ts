import type { OrgName } from '../../../src/domain/flow.ts';
import type { NewTrigger, RunEntry, Trigger } from '../../../src/domain/trigger.ts';
import type { TriggerLog } from '../../../src/ports/trigger-log.ts';

/**
 * Triggers without a file: passes `test/contract/trigger-log.contract.ts`, as the real log does.
 *
 * Lies: nothing is ever forgotten.
 */
export class FakeTriggerLog implements TriggerLog {
  readonly accepted: (Trigger & { answeredBy?: string })[] = [];
  readonly ended: RunEntry[] = [];
  readonly #faults: Error[] = [];

  /** The next `accept` fails with this error, and accepts nothing. */
  failNext(error: Error): this {
    this.#faults.push(error);
    return this;
  }

  async accept(triggers: readonly NewTrigger[]): Promise<readonly number[]> {
    const fault = this.#faults.shift();
    if (fault) throw fault;
    return triggers.map((trigger) => {
      const number = this.accepted.length + 1;
      this.accepted.push({ ...trigger, number });
      return number;
    });
  }

  async latest(): Promise<ReadonlyMap<OrgName, number>> {
    return new Map(this.accepted.map(({ org, number }) => [org, number]));
  }

  async pending(org: OrgName): Promise<readonly Trigger[]> {
    return this.accepted
      .filter((trigger) => trigger.org === org && trigger.answeredBy === undefined)
      .map(({ number, reason, at, by }) => ({
        org,
        number,
        reason,
        at,
        ...(by !== undefined && { by }),
      }));
  }

  async runEnded(run: RunEntry, answers: number | undefined): Promise<void> {
    this.ended.push(structuredClone(run));
    for (const trigger of this.accepted)
      if (trigger.org === run.org && trigger.number <= (answers ?? 0))
        trigger.answeredBy ??= run.runId;
  }

  async runs(org: OrgName, limit: number): Promise<readonly RunEntry[]> {
    return this.ended
      .filter((run) => run.org === org)
      .toReversed()
      .slice(0, limit);
  }
}
