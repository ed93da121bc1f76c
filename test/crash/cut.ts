/**
 * The calls that change something outside the process's own memory: a process that dies at one of them dies at a
 * boundary between two steps.
 */
export const CUT_CALLS = [
  'state.journal.open',
  'state.journal.append',
  'state.journal.close',
  'state.snapshots.put',
  'state.flows.save',
  'state.flows.saveOrg',
  'state.outbox.markPublished',
  'statusBranch.commit',
  'backend.write',
  'backend.reload',
] as const;

export type CutCall = (typeof CUT_CALLS)[number];

/** When the process kills itself: `during` is while the n-th call is under way. */
export interface Cut {
  readonly call: CutCall;
  /** Of the calls of this name, from 1. */
  readonly nth: number;
  readonly time: 'before' | 'during' | 'after';
  /** How long the call is under way by then, with `during`. */
  readonly afterMs?: number;
}

/** A hand edit that is made right before the process writes this flow for the first time. */
export interface HandEdit {
  readonly simulatorUrl: string;
  readonly flowId: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** What the process that may kill itself is told. */
export interface MortalOrder {
  readonly config: string;
  /** Undefined: it lives. */
  readonly cut?: Cut;
  readonly handEdit?: HandEdit;
}

/** What it says when it was not killed. */
export interface MortalReport {
  readonly calls: readonly CutCall[];
}

export function renderCut({ call, nth, time, afterMs }: Cut): string {
  const delay = afterMs === undefined ? '' : `, ${String(afterMs)} ms into it`;
  return `${time} ${call} ${String(nth)}${delay}`;
}
