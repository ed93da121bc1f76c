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

/**
 * One attempt through axios' own Node adapter, with the three bounds of `request.timeouts` and
 * knowledge of whether a connection stood, which decides if a failed write may have landed.
 * Resolves with any whole answer.
 */
export async function attempt(
  config: InternalAxiosRequestConfig,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<AxiosResponse> {
  const watch = new AttemptWatch(request, signal);
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
  readonly #abort = new AbortController();
  readonly #caller: AbortSignal;
  readonly #timers: Readonly<Record<Expired, NodeJS.Timeout>>;

  constructor(request: HttpRequest, caller: AbortSignal) {
    this.#caller = caller;
    caller.addEventListener('abort', this.#onCallerAbort, { once: true });
    if (caller.aborted) this.#onCallerAbort();
    const { connectMs, answerMs, callMs } = request.timeouts;
    this.#timers = {
      connect: setTimeout(this.#expire, connectMs, 'connect'),
      answer: setTimeout(this.#expire, answerMs, 'answer'),
      call: setTimeout(this.#expire, callMs, 'call'),
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
        clearTimeout(this.#timers.answer);
        onAnswer(answer);
      });
      sent.once('socket', (socket) => {
        this.#followSocket(sent, socket);
      });
      return sent;
    },
  };

  stop(): void {
    for (const timer of Object.values(this.#timers)) clearTimeout(timer);
    this.#caller.removeEventListener('abort', this.#onCallerAbort);
  }

  #followSocket(sent: ClientRequest, socket: Socket): void {
    const secure = socket instanceof TLSSocket;
    if (sent.reusedSocket || (!secure && !socket.connecting)) this.#onConnected();
    else socket.once(secure ? 'secureConnect' : 'connect', this.#onConnected);
  }

  readonly #onConnected = (): void => {
    this.connected = true;
    clearTimeout(this.#timers.connect);
  };

  readonly #onCallerAbort = (): void => {
    this.#abort.abort();
  };

  readonly #expire = (bound: Expired): void => {
    this.expired ??= bound;
    this.#abort.abort();
  };
}
