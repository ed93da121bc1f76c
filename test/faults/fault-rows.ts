import type { FaultKind, FaultOf } from '../../src/simulator/fault.ts';
import { IS_WHOLE_PROOF } from '../support/proof-size.ts';

/** Longest times of a request in a fault world, in virtual milliseconds. */
export const ANSWER_MS = 1_000;
export const CALL_MS = 2_000;
/** More of an answer is not read. */
export const MAX_ANSWER_BYTES = 64 * 1024;
/** Time between two runs: what was under way has landed by then. */
export const BETWEEN_RUNS_MS = 180_000;

type AnyOf<K extends FaultKind> = K extends FaultKind
  ? Omit<FaultOf<K>, 'id' | 'nth' | 'from' | 'to' | 'times'>
  : never;

/**
 * What goes wrong, by name: each kind of fault that the simulator knows, at least once, and more often where its
 * fields make it another fault. The first of each kind is in every run of the tests, the rest in `npm run proofs`.
 */
export const FAULT_ROWS = {
  'status 500': { kind: 'status', status: 500 },
  'status 302': { kind: 'status', status: 302 },
  'status 400': { kind: 'status', status: 400 },
  'status 401': { kind: 'status', status: 401 },
  'status 403': { kind: 'status', status: 403 },
  'status 404': { kind: 'status', status: 404 },
  'status 409': { kind: 'status', status: 409 },
  'status 429': { kind: 'status', status: 429, retryAfter: 1 },
  'status 503': { kind: 'status', status: 503, retryAfter: 2 },
  reset: { kind: 'reset' },
  hang: { kind: 'hang' },
  garbage: { kind: 'garbage' },
  'apply-then-hang': { kind: 'apply-then-hang' },
  'apply-then-reset': { kind: 'apply-then-reset' },
  'apply-then-status': { kind: 'apply-then-status', status: 500 },
  'cut-body': { kind: 'cut-body' },
  'huge-body': { kind: 'huge-body', sizeBytes: 2 * MAX_ANSWER_BYTES },
  'wrong-shape': { kind: 'wrong-shape' },
  'slow, handled too late': { kind: 'slow', delayMs: 1.5 * ANSWER_MS },
  'slow, in time': { kind: 'slow', delayMs: ANSWER_MS / 2 },
  'slow, handled at once': { kind: 'slow', delayMs: 1.5 * ANSWER_MS, applies: 'before-delay' },
  'slow, handled after the run': { kind: 'slow', delayMs: BETWEEN_RUNS_MS / 2 },
  'slow-body, too slow': { kind: 'slow-body', chunkBytes: 4, delayMs: ANSWER_MS / 2 },
  'slow-body, in time': { kind: 'slow-body', chunkBytes: 256, delayMs: 10 },
  'short-page': { kind: 'short-page' },
  'repeat-entity': { kind: 'repeat-entity' },
  'wrong-total, above': { kind: 'wrong-total', by: 1 },
  'wrong-total, below': { kind: 'wrong-total', by: -1 },
  'partial-page': { kind: 'partial-page', keep: 1 },
  'empty-page': { kind: 'empty-page' },
  'repeat-token': { kind: 'repeat-token' },
  'store-differently, told as asked': {
    kind: 'store-differently',
    pointer: '/routing/maxWaitTime',
    value: 1,
  },
  'store-differently, told as stored': {
    kind: 'store-differently',
    pointer: '/routing/maxWaitTime',
    value: 1,
    answer: 'as-stored',
  },
} as const satisfies Readonly<Record<string, AnyOf<FaultKind>>>;

export type FaultName = keyof typeof FAULT_ROWS;

const ALL_NAMES = Object.keys(FAULT_ROWS) as readonly FaultName[];

export const FAULT_NAMES: readonly FaultName[] = IS_WHOLE_PROOF
  ? ALL_NAMES
  : ALL_NAMES.filter((name) => name === firstOf(FAULT_ROWS[name].kind));

function firstOf(kind: FaultKind): FaultName | undefined {
  return ALL_NAMES.find((name) => FAULT_ROWS[name].kind === kind);
}
