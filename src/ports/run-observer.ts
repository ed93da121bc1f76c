import type { OrgName } from '../domain/flow.ts';
import type { FlowOutcome } from '../domain/outcome.ts';

export type RunPhase = 'source' | 'load' | 'live' | 'plan' | 'apply' | 'record';

/** Told what a run is doing, for progress and metrics. Must not throw; nothing waits for it. */
export interface RunObserver {
  /** `total` undefined: not known yet. */
  progress(event: {
    readonly org: OrgName;
    readonly phase: RunPhase;
    readonly done: number;
    readonly total?: number;
  }): void;
  flowEnded(org: OrgName, outcome: FlowOutcome): void;
}
