/**
 * What the engine does next when it meets the error: `retry` soon; `wait` as long as the
 * service asks; `replan` from a fresh read; `read-back` because a write may have landed;
 * `stall` this flow until a person acts; `stop` the run.
 */
export type NextMove = 'retry' | 'wait' | 'replan' | 'read-back' | 'stall' | 'stop';

/** 0 done · 1 failed · 2 differences remain · 3 config or desired state invalid · 4 a gate denied the run. */
export type ExitCode = 0 | 1 | 2 | 3 | 4;

export interface CatalogEntry {
  readonly next: NextMove;
  readonly exit: ExitCode;
  /** The next step for a person. */
  readonly advice: string;
}
