import { formatDuration } from '../domain/duration.ts';
import { ALLOW } from '../domain/verdict.ts';
import type { GateVerdict } from '../domain/verdict.ts';

export interface PerFlowRateInput {
  /** Epoch ms of our last accepted write of this flow; undefined: never. */
  readonly lastUpdateAt: number | undefined;
  /** Shortest time between two updates of one flow. */
  readonly perFlowMs: number;
  /** Epoch ms. */
  readonly now: number;
  /** Whether git went back to settings that this flow had before. */
  readonly isRevert: boolean;
  /** Whether such a revert goes at once. */
  readonly revertsSkip: boolean;
}

/**
 * Defers a flow that was written less than `perFlowMs` ago; exactly that long ago is long enough.
 * An update that seems to lie further in the future than that tells of a clock that was set back, and holds
 * nothing: nobody waits for the old time to come round again.
 */
export function checkPerFlowRate(input: PerFlowRateInput): GateVerdict {
  const { lastUpdateAt, perFlowMs, now } = input;
  if (lastUpdateAt === undefined || (input.isRevert && input.revertsSkip)) return ALLOW;
  const untilAt = lastUpdateAt + perFlowMs;
  if (now >= untilAt || lastUpdateAt > now + perFlowMs) return ALLOW;
  const reason = `updated less than ${formatDuration(perFlowMs)} ago (rate.perFlow)`;
  return { kind: 'defer', gate: 'per-flow-rate', reason, untilAt };
}
