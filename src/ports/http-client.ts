/** Milliseconds; each bounds one attempt. */
export interface HttpTimeouts {
  /** Until the connection (with TLS) stands. */
  readonly connectMs: number;
  /** Until the head of the answer is there. */
  readonly answerMs: number;
  /** Until the whole answer is read. */
  readonly callMs: number;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeouts: HttpTimeouts;
  /** A longer answer is `api.too-large`. */
  readonly maxAnswerBytes: number;
  /**
   * `reads`: repeated on a broken connection, a timeout, 429 and 5xx, as axios-retry is configured.
   * `never`: sent at most once, whatever happens (writes).
   */
  readonly retry: 'reads' | 'never';
  /** Awaited before every attempt, repeats included: the rate gate. */
  readonly admit?: (signal: AbortSignal) => Promise<void>;
  /** Told of every 429; `retryAfterMs` undefined when the service named no (sane) delay. */
  readonly onThrottled?: (retryAfterMs: number | undefined) => Promise<void>;
}

export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** One HTTP exchange, with no opinion on statuses beyond the retry rule. */
export interface HttpClient {
  /**
   * Resolves with any answer whose body is whole, whatever its status.
   * @throws api.unreachable (surely nothing was sent), api.timeout, api.reset (also: a cut body),
   *   api.too-large; the signal's reason when it aborts
   */
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer>;
}
