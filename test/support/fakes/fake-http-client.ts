import type { HttpAnswer, HttpClient, HttpRequest } from '../../../src/ports/http-client.ts';

/** What the fake answers: JSON for an object, text or bytes as they are; or an error that is thrown. */
export interface FakeAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object | string | Uint8Array;
}

export type FakeHandler = (
  request: HttpRequest,
  /** How many calls came before. */
  nth: number,
) => FakeAnswer | Error | Promise<FakeAnswer | Error>;

/**
 * Answers from a function, without a network. Passes the contract suite of HttpClient, but repeats nothing
 * and knows no timeouts.
 */
export class FakeHttpClient implements HttpClient {
  readonly requests: HttpRequest[] = [];
  /** Those whose signal aborted before they were answered. */
  readonly cancelled: HttpRequest[] = [];
  readonly #handle: FakeHandler;

  constructor(handle: FakeHandler) {
    this.#handle = handle;
  }

  async send(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    signal.throwIfAborted();
    await request.admit?.(signal);
    signal.throwIfAborted();
    this.requests.push(request);
    const reply = await this.#reply(request, signal);
    signal.throwIfAborted();
    if (reply instanceof Error) throw reply;
    const { status = 200, headers = {}, body = '' } = reply;
    if (status === 429) {
      const seconds = headers['retry-after'];
      await request.onThrottled?.(seconds === undefined ? undefined : Number(seconds) * 1000);
    }
    return { status, headers, body: bytesOf(body) };
  }

  #reply(request: HttpRequest, signal: AbortSignal): Promise<FakeAnswer | Error> {
    const handled = Promise.resolve(this.#handle(request, this.requests.length - 1));
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.cancelled.push(request);
        resolve(new Error('aborted'));
      };
      signal.addEventListener('abort', onAbort, { once: true });
      handled.then(resolve, reject).finally(() => {
        signal.removeEventListener('abort', onAbort);
      });
    });
  }
}

function bytesOf(body: object | string | Uint8Array): Uint8Array {
  if (body instanceof Uint8Array) return body;
  return new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
}
