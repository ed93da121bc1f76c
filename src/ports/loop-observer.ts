import type { OrgName } from '../domain/flow.ts';
import type { RunEntry, TriggerReason } from '../domain/trigger.ts';

/** Told what the loop does, for metrics and pages. Must not throw; nothing waits for it. */
export interface LoopObserver {
  runEnded(run: RunEntry): void;
  accepted(org: OrgName, reason: TriggerReason): void;
  /** Polling found that git moved. @param hinted somebody had said so */
  moved(hinted: boolean): void;
}
