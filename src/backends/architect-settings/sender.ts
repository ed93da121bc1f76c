import type { HttpAnswer, HttpClient, HttpRequest } from '../../ports/http-client.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { RateGate, RequestPriority } from '../../ports/rate-gate.ts';
import type { ResolvedOptions } from './options.ts';

/** Silence after a 429 that names no delay. */
const DEFAULT_STALL_MS = 5_000;
/** Nobody is kept waiting longer than this by one 429; if the service means it, it says so again. */
const MAX_STALL_MS = 120_000;

export interface SenderPorts {
  readonly http: HttpClient;
  readonly rateGate: RateGate;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

interface SendRequest extends Pick<HttpRequest, 'method' | 'url' | 'retry'> {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Which budget it takes from; a `read` if absent. */
  readonly budget?: 'read' | 'write';
  /** Whose request it is; people's if absent. */
  readonly priority?: RequestPriority;
}

/** Sends under the org's bounds: timeouts, size, and the rate gate before every attempt. */
export interface Sender {
  (request: SendRequest, signal: AbortSignal): Promise<HttpAnswer>;
  /** The service asked for silence, in whatever form. */
  throttled(retryAfterMs: number | undefined): Promise<void>;
}

export function makeSender(options: ResolvedOptions, ports: SenderPorts): Sender {
  const { http, rateGate, clock, log } = ports;

  const throttled = async (retryAfterMs: number | undefined): Promise<void> => {
    const stallMs = Math.min(retryAfterMs ?? DEFAULT_STALL_MS, MAX_STALL_MS);
    log.warn('throttled by the service', { retryAfterMs, stallMs });
    await rateGate.stall(clock.now() + stallMs);
  };

  const send = (
    { budget = 'read', priority, headers, body, ...request }: SendRequest,
    signal: AbortSignal,
  ) =>
    http.send(
      {
        ...request,
        headers: { accept: 'application/json', ...headers },
        ...(body !== undefined && { body }),
        timeouts: options.timeouts,
        maxAnswerBytes: options.maxAnswerBytes,
        admit: (attemptSignal) => rateGate.admit(budget, attemptSignal, priority),
        onThrottled: throttled,
      },
      signal,
    );

  return Object.assign(send, { throttled });
}
