import axios from 'axios';
import type { InternalAxiosRequestConfig } from 'axios';
import { urlWithoutValues } from '../../domain/api-url.ts';
import { FlowkeeperError } from '../../domain/errors.ts';
import type { HttpRequest } from '../../ports/http-client.ts';

/** Which of an attempt's bounds ran out. */
export type Expired = 'connect' | 'answer' | 'call';

/** How far an attempt had come when it failed. */
export interface AttemptState {
  /** False: no byte of the request can have left. */
  readonly connected: boolean;
  readonly expired: Expired | undefined;
  /** Of the answer, once its head was there. */
  readonly status?: number | undefined;
}

/** What Node and axios tell of a failure; the rest of an AxiosError holds credentials and stays behind. */
interface RawFailure {
  readonly code: string;
  readonly message: string;
  readonly hasResponse: boolean;
}

/** Translates one failed attempt; `thrown` is whatever axios or Node threw. */
export function failureOf(
  request: HttpRequest,
  state: AttemptState,
  thrown: unknown,
): FlowkeeperError {
  const raw = rawOf(thrown);
  const facts = { method: request.method, url: urlWithoutValues(request.url) };
  const call = `${facts.method} ${facts.url}`;
  const cause = Object.assign(new Error(raw.message), { code: raw.code });

  if (!state.connected) {
    const reason =
      state.expired === undefined
        ? raw.message
        : `no connection within ${String(limitOf(request, state.expired))} ms`;
    const message = `${call}: not reached: ${reason}`;
    return new FlowkeeperError('api.unreachable', message, { ...facts, reason }, { cause });
  }
  if (state.expired === 'answer' || state.expired === 'call') {
    const afterMs = limitOf(request, state.expired);
    const what = state.expired === 'answer' ? 'no answer' : 'the answer was not complete';
    const message = `${call}: ${what} within ${String(afterMs)} ms`;
    const details = { ...facts, phase: state.expired, afterMs };
    return new FlowkeeperError('api.timeout', message, details);
  }
  if (isTooLarge(raw)) {
    const maxBytes = request.maxAnswerBytes;
    const message = `${call}: the answer is longer than ${String(maxBytes)} bytes`;
    const { status } = state;
    const details = { ...facts, maxBytes, ...(status !== undefined && { status }) };
    return new FlowkeeperError('api.too-large', message, details, { cause });
  }
  const reason = raw.message;
  const message = `${call}: the connection broke: ${reason}`;
  return new FlowkeeperError('api.reset', message, { ...facts, reason }, { cause });
}

/**
 * The same failure in the only shape that axios-retry can repeat: it wants `config` and `code`.
 * Lives between adapter and client; `repeatable.cause` is what leaves.
 */
export function repeatable(
  failure: FlowkeeperError,
  thrown: unknown,
  config: InternalAxiosRequestConfig,
): Error {
  const code = failure.code === 'api.timeout' ? axios.AxiosError.ETIMEDOUT : rawOf(thrown).code;
  const error = new axios.AxiosError(failure.message, code, config);
  error.cause = failure;
  return error;
}

/** axios gives no code of its own for this: it is its only "bad response" that carries no response. */
function isTooLarge(raw: RawFailure): boolean {
  return raw.code === axios.AxiosError.ERR_BAD_RESPONSE && !raw.hasResponse;
}

function limitOf(request: HttpRequest, expired: Expired): number {
  const { connectMs, answerMs, callMs } = request.timeouts;
  return { connect: connectMs, answer: answerMs, call: callMs }[expired];
}

function rawOf(thrown: unknown): RawFailure {
  if (!(thrown instanceof Error)) {
    return { code: 'UNKNOWN', message: String(thrown), hasResponse: false };
  }
  const { code, response } = thrown as Error & { code?: unknown; response?: unknown };
  return {
    code: typeof code === 'string' ? code : thrown.name,
    message: thrown.message.slice(0, 200) || thrown.name,
    hasResponse: response !== undefined,
  };
}
