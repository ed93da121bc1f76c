import { asFlowkeeperError, isError } from '../../domain/errors.ts';
import { parseRetryAfter } from '../../domain/retry-after.ts';
import type { Clock } from '../../ports/clock.ts';
import type { HttpAnswer, HttpClient } from '../../ports/http-client.ts';
import type { Delivery } from '../../ports/transports.ts';
import { plainWords } from './plain-words.ts';

const TIMEOUTS = { connectMs: 10_000, answerMs: 15_000, callMs: 30_000 };
/** A receiver has little to say; that it says more does not undo that it took the message. */
const MAX_ANSWER_BYTES = 64 * 1024;
const MAX_WORDS = 120;
/** The message itself is what is refused. */
const FINAL: ReadonlySet<number> = new Set([400, 405, 406, 411, 413, 414, 415, 422, 431]);

export interface PostPorts {
  readonly http: HttpClient;
  readonly clock: Pick<Clock, 'now'>;
}

/** Sends JSON to a receiver, once, and follows no redirect. */
export async function postJson(
  { http, clock }: PostPorts,
  {
    url,
    body,
    headers = {},
  }: {
    readonly url: string;
    readonly body: string;
    readonly headers?: Readonly<Record<string, string>>;
  },
  signal: AbortSignal,
): Promise<Delivery> {
  try {
    const answer = await http.send(
      {
        method: 'POST',
        url,
        headers: { 'content-type': 'application/json', ...headers },
        body,
        timeouts: TIMEOUTS,
        maxAnswerBytes: MAX_ANSWER_BYTES,
        retry: 'never',
      },
      signal,
    );
    return deliveryOf(answer, clock.now());
  } catch (error) {
    signal.throwIfAborted();
    if (isError(error, 'api.too-large') && isGood(error.details.status ?? 0))
      return { kind: 'delivered', answer: `${String(error.details.status)}, at length` };
    return { kind: 'failed', reason: reasonOf(error), isFinal: false };
  }
}

/** @param now epoch ms, to count a date of Retry-After from */
function deliveryOf({ status, headers, body }: HttpAnswer, now: number): Delivery {
  const said = plainWords(new TextDecoder().decode(body.subarray(0, 4 * MAX_WORDS)), MAX_WORDS);
  const words = said === '' ? String(status) : `${String(status)} ${said}`;
  if (isGood(status)) return { kind: 'delivered', answer: words };
  const retryAfterMs = parseRetryAfter(headers['retry-after'], now);
  const isRedirect = status >= 300 && status < 400;
  return {
    kind: 'failed',
    reason: isRedirect
      ? `it answered ${String(status)}, and redirects are not followed`
      : `it answered ${words}`,
    isFinal: FINAL.has(status),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

function isGood(status: number): boolean {
  return status >= 200 && status < 300;
}

/** The URL may be a credential itself: its host is enough. */
function reasonOf(thrown: unknown): string {
  const { message, details } = asFlowkeeperError(thrown);
  const { url } = details as { readonly url?: string };
  const host = url === undefined ? undefined : URL.parse(url)?.host;
  return host === undefined ? message : message.replaceAll(url ?? '', host);
}
