import http from 'node:http';
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import axios from 'axios';
import type { AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import type { HttpRequest } from '../../ports/http-client.ts';
import { failureOf, repeatable } from './http-failure.ts';
import type { Expired } from './http-failure.ts';

/** Calls `run` after `ms`, unless it is dismissed before: by calling what this returns. */
export type SetTimer = (run: () => void, ms: number) => () => void;

export const realTimer: SetTimer = (run, ms) => {
  const timer = setTimeout(run, ms);
  return () => {
    clearTimeout(timer);
  };
};

/** What bounds an attempt: whoever cancels it, and time. */
export interface AttemptBounds {
  readonly signal: AbortSignal;
  readonly setTimer: SetTimer;
}

/**
 * One attempt through axios' own Node adapter, with the three bounds of `request.timeouts` and
 * knowledge of whether a connection stood, which decides if a failed write may have landed.
 * Resolves with any whole answer.
 */
export async function attempt(
  config: InternalAxiosRequestConfig,
  request: HttpRequest,
  { signal, setTimer }: AttemptBounds,
): Promise<AxiosResponse> {
  const watch = new AttemptWatch(request, signal, setTimer);
  try {
    return await axios.getAdapter('http')({
      ...config,
      signal: watch.signal,
      transport: watch.transport,
      validateStatus: () => true,
    });
  } catch (error) {
    signal.throwIfAborted();
    throw repeatable(failureOf(request, watch, error), error, config);
  } finally {
    watch.stop();
  }
}

type OnAnswer = (answer: IncomingMessage) => void;

/** Follows one request from the outside: whether it is connected, and which bound it broke. */
class AttemptWatch {
  connected = false;
  expired: Expired | undefined = undefined;
  status: number | undefined = undefined;
  readonly #abort = new AbortController();
  readonly #caller: AbortSignal;
  readonly #dismiss: Readonly<Record<Expired, () => void>>;

  constructor(request: HttpRequest, caller: AbortSignal, setTimer: SetTimer) {
    this.#caller = caller;
    caller.addEventListener('abort', this.#onCallerAbort, { once: true });
    if (caller.aborted) this.#onCallerAbort();
    const { connectMs, answerMs, callMs } = request.timeouts;
    const timer = (bound: Expired, ms: number): (() => void) =>
      setTimer(() => {
        this.#expire(bound);
      }, ms);
    this.#dismiss = {
      connect: timer('connect', connectMs),
      answer: timer('answer', answerMs),
      call: timer('call', callMs),
    };
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** What axios calls in place of node:http and node:https. */
  readonly transport = {
    request: (options: RequestOptions, onAnswer: OnAnswer): ClientRequest => {
      const { request } = options.protocol === 'https:' ? https : http;
      const sent = request(options, (answer) => {
        this.#onConnected();
        this.#dismiss.answer();
        this.status = answer.statusCode;
        onAnswer(answer);
      });
      sent.once('socket', (socket) => {
        this.#followSocket(sent, socket);
      });
      return sent;
    },
  };

  stop(): void {
    for (const dismiss of Object.values(this.#dismiss)) dismiss();
    this.#caller.removeEventListener('abort', this.#onCallerAbort);
  }

  #followSocket(sent: ClientRequest, socket: Socket): void {
    const secure = socket instanceof TLSSocket;
    if (sent.reusedSocket || (!secure && !socket.connecting)) this.#onConnected();
    else socket.once(secure ? 'secureConnect' : 'connect', this.#onConnected);
  }

  readonly #onConnected = (): void => {
    this.connected = true;
    this.#dismiss.connect();
  };

  readonly #onCallerAbort = (): void => {
    this.#abort.abort();
  };

  #expire(bound: Expired): void {
    this.expired ??= bound;
    this.#abort.abort();
  }
}
