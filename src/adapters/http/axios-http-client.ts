import http from 'node:http';
import https from 'node:https';
import axios from 'axios';
import type {
  AxiosError,
  AxiosInstance,
  AxiosProxyConfig,
  AxiosResponse,
  InternalAxiosRequestConfig,
} from 'axios';
import axiosRetry from 'axios-retry';
import { FlowkeeperError, isError } from '../../domain/errors.ts';
import { parseRetryAfter } from '../../domain/retry-after.ts';
import type { Clock } from '../../ports/clock.ts';
import type { HttpAnswer, HttpClient, HttpRequest } from '../../ports/http-client.ts';
import { attempt, realTimer } from './attempt.ts';
import type { SetTimer } from './attempt.ts';

export interface HttpClientOptions {
  /** Repeats of a read beyond its first attempt. */
  readonly retries: number;
  /** Delay before the first repeat, doubled each time, where the service names none. */
  readonly firstDelayMs: number;
  /** Asked to wait longer, the client gives up at once and hands the answer to its caller. */
  readonly maxRetryAfterMs: number;
  /**
   * Idle connections are closed after this. Short on purpose: a write on a connection that the
   * service is just closing ends with an unknown outcome.
   */
  readonly idleSocketMs: number;
  readonly userAgent: string;
  /** URL of a proxy, credentials included. The environment's proxy variables are never read. */
  readonly proxy?: string;
}

const HTTP_CLIENT_DEFAULTS: HttpClientOptions = {
  retries: 3,
  firstDelayMs: 250,
  maxRetryAfterMs: 120_000,
  idleSocketMs: 4_000,
  userAgent: 'flowkeeper',
};

/** Time for the waits between attempts, and chance in [0, 1) for their jitter. */
export interface HttpClientPorts {
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
  readonly random: () => number;
  /** For the longest times of an attempt; the machine's timers where it is not given. */
  readonly setTimer?: SetTimer;
}

/** Answers that say "not now": a read is repeated. */
function isPassing(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500;
}

/**
 * HTTP/1.1 on axios, with axios-retry for reads. Redirects are ordinary answers, bodies are bytes,
 * and no AxiosError (it prints Authorization) ever leaves.
 */
export class AxiosHttpClient implements HttpClient {
  readonly #options: HttpClientOptions;
  readonly #ports: HttpClientPorts;
  readonly #axios: AxiosInstance;
  readonly #agents: readonly (http.Agent | https.Agent)[];

  constructor(ports: HttpClientPorts, options: Partial<HttpClientOptions> = {}) {
    this.#options = { ...HTTP_CLIENT_DEFAULTS, ...options };
    this.#ports = ports;
    const pool = { keepAlive: true, timeout: this.#options.idleSocketMs };
    const httpAgent = new http.Agent(pool);
    const httpsAgent = new https.Agent(pool);
    this.#agents = [httpAgent, httpsAgent];
    this.#axios = axios.create({
      httpAgent,
      httpsAgent,
      proxy: proxyOf(this.#options.proxy),
      maxRedirects: 0,
      responseType: 'arraybuffer',
      transformRequest: [],
      transformResponse: [],
      headers: { 'user-agent': this.#options.userAgent },
    });
    axiosRetry(this.#axios, {
      shouldResetTimeout: true,
      retryCondition: (error) => this.#mayRepeat(error),
      // the wait itself is in onRetry, which can be cancelled and goes by the clock
      retryDelay: () => 0,
      onRetry: (count, error, config) =>
        ports.clock.sleep(this.#delayMs(count, error), config.signal as AbortSignal),
    });
  }

  async send(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    signal.throwIfAborted();
    try {
      const response = await this.#axios.request<Uint8Array>({
        method: request.method,
        url: request.url,
        headers: { ...request.headers },
        data: request.body,
        maxContentLength: request.maxAnswerBytes,
        signal,
        adapter: (config) => this.#attempt(config, request, signal),
        'axios-retry': { retries: request.retry === 'reads' ? this.#options.retries : 0 },
      });
      return answerOf(response);
    } catch (error) {
      signal.throwIfAborted();
      if (!axios.isAxiosError<Uint8Array>(error)) throw error;
      if (error.response !== undefined) return answerOf(error.response);
      if (error.cause instanceof FlowkeeperError) throw error.cause;
      const reason = `axios: ${error.code ?? ''} ${error.message}`;
      throw new FlowkeeperError('bug.unexpected', reason, { reason });
    }
  }

  /** Closes the idle connections. Requests under way end by themselves. */
  close(): void {
    for (const agent of this.#agents) agent.destroy();
  }

  async #attempt(
    config: InternalAxiosRequestConfig,
    request: HttpRequest,
    signal: AbortSignal,
  ): Promise<AxiosResponse> {
    await request.admit?.(signal);
    const response = await attempt(config, request, {
      signal,
      setTimer: this.#ports.setTimer ?? realTimer,
    });
    if (response.status === 429) await request.onThrottled?.(this.#retryAfterMs(response));
    if (request.retry === 'never' || !isPassing(response.status)) return response;
    const message = `status ${String(response.status)}`;
    throw new axios.AxiosError(message, undefined, config, undefined, response);
  }

  #mayRepeat(error: AxiosError): boolean {
    if (error.response !== undefined) {
      return (this.#retryAfterMs(error.response) ?? 0) <= this.#options.maxRetryAfterMs;
    }
    const { cause } = error;
    if (isError(cause, 'api.timeout') || isError(cause, 'api.reset')) return true;
    // the library knows which causes never pass: an unknown host, a bad certificate
    return isError(cause, 'api.unreachable') && axiosRetry.isNetworkError(error);
  }

  /** What the service asks for, exactly; else exponential, of which chance takes up to half. */
  #delayMs(count: number, error: AxiosError): number {
    const asked = error.response && this.#retryAfterMs(error.response);
    if (asked !== undefined) return asked;
    const fullMs = this.#options.firstDelayMs * 2 ** (count - 1);
    return Math.round(fullMs * (1 - this.#ports.random() / 2));
  }

  #retryAfterMs(response: AxiosResponse): number | undefined {
    const header: unknown = response.headers['retry-after'];
    const text = typeof header === 'string' ? header : undefined;
    return parseRetryAfter(text, this.#ports.clock.now());
  }
}

function answerOf(response: AxiosResponse<Uint8Array>): HttpAnswer {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers)) {
    headers[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : String(value);
  }
  return { status: response.status, headers, body: response.data };
}

function proxyOf(url: string | undefined): AxiosProxyConfig | false {
  if (url === undefined) return false;
  const { protocol, hostname, port, username, password } = new URL(url);
  return {
    protocol,
    host: hostname,
    port: Number(port || (protocol === 'https:' ? 443 : 80)),
    ...(username !== '' && {
      auth: { username: decodeURIComponent(username), password: decodeURIComponent(password) },
    }),
  };
}
