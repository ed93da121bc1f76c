import { errorBody } from './answer.ts';
import type { Answer } from './answer.ts';
import type { ByFault, FaultOf } from './fault.ts';

/** How an answer goes over the wire. */
export type Delivery =
  | { readonly how: 'send' | 'cut'; readonly answer: Answer }
  | {
      readonly how: 'drip';
      readonly answer: Answer;
      readonly chunkBytes: number;
      readonly delayMs: number;
    }
  | { readonly how: 'huge'; readonly answer: Answer; readonly sizeBytes: number }
  | { readonly how: 'reset' }
  | { readonly how: 'hang' };

const HUGE_BYTES = 64 * 1024 * 1024;
const GARBAGE =
  '<!doctype html><html><head><title>Please wait</title></head><body>One moment.</body></html>';

/** Faults that stand in the place of the handler. `contextId` is for error bodies. */
export const INSTEAD: ByFault<[contextId: string], Delivery> = {
  status: (fault, contextId) => ({ how: 'send', answer: statusAnswer(fault, contextId) }),
  reset: () => ({ how: 'reset' }),
  hang: () => ({ how: 'hang' }),
  garbage: ({ status = 200 }) => ({
    how: 'send',
    answer: { status, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body: GARBAGE },
  }),
};

/** Faults that spoil the answer of the handler. */
export const AFTERWARDS: ByFault<[answer: Answer, contextId: string], Delivery> = {
  'apply-then-hang': () => ({ how: 'hang' }),
  'apply-then-reset': () => ({ how: 'reset' }),
  'apply-then-status': (fault, _answer, contextId) => ({
    how: 'send',
    answer: statusAnswer(fault, contextId),
  }),
  'wrong-shape': ({ body = { result: 'ok', items: [1, 2, 3] } }, { status }) => ({
    how: 'send',
    answer: { status, body: JSON.stringify(body) },
  }),
  'cut-body': (_fault, answer) => ({ how: 'cut', answer }),
  'huge-body': ({ sizeBytes = HUGE_BYTES }, answer) => ({ how: 'huge', answer, sizeBytes }),
  'slow-body': ({ chunkBytes = 16, delayMs = 50 }, answer) => ({
    how: 'drip',
    answer,
    chunkBytes,
    delayMs,
  }),
};

type StatusFault = FaultOf<'status'> | FaultOf<'apply-then-status'>;

function statusAnswer(fault: StatusFault, contextId: string): Answer {
  const { status, retryAfter, body } = fault;
  const headers = {
    ...(retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }),
    ...fault.headers,
  };
  if (typeof body === 'string') return { status, headers, body };
  const code = status === 429 ? 'too.many.requests.retry.after' : `simulated.${String(status)}`;
  const shown =
    body ?? errorBody(status, contextId, code, `The simulator answers ${String(status)}`);
  return { status, headers, body: JSON.stringify(shown) };
}
