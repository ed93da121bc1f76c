import { Refusal } from './answer.ts';

export interface RateLimitOptions {
  /** Of one client; token requests are not counted. */
  readonly requestsPerMinute: number;
  /**
   * `window` (default): so many in a minute that begins with the first request.
   * `bucket`: refilled evenly, holding a minute's worth.
   */
  readonly algorithm?: 'window' | 'bucket';
  /** How a 429 tells when to come back; `seconds` when not given. */
  readonly retryAfter?: 'seconds' | 'http-date' | 'absent';
}

interface Account {
  /** Start of the window, or when the bucket was last filled; epoch milliseconds. */
  since: number;
  /** Requests still allowed. */
  left: number;
}

const MINUTE_MS = 60_000;
/** A bucket is filled by fractions, whose sum may stay a hair below a whole request. */
const ROUNDING = 1e-6;

/** Requests per minute of each client. */
export class RateLimit {
  readonly #options: RateLimitOptions;
  readonly #now: () => number;
  readonly #accounts = new Map<string, Account>();

  constructor(options: RateLimitOptions, now: () => number) {
    this.#options = options;
    this.#now = now;
  }

  /** Counts one request. @throws Refusal (429) when it is one too many; it is not counted then */
  admit(clientId: string): void {
    const account = this.#accountOf(clientId);
    if (account.left >= 1 - ROUNDING) {
      account.left -= 1;
      return;
    }
    throw this.#refusal(this.#freeAt(account));
  }

  #accountOf(clientId: string): Account {
    const { requestsPerMinute: limit, algorithm } = this.#options;
    const now = this.#now();
    const known = this.#accounts.get(clientId);
    const account = known ?? { since: now, left: limit };
    if (known === undefined) this.#accounts.set(clientId, account);
    const elapsedMs = now - account.since;
    if (algorithm === 'bucket') {
      account.left = Math.min(limit, account.left + (elapsedMs * limit) / MINUTE_MS);
      account.since = now;
    } else if (elapsedMs >= MINUTE_MS) {
      account.left = limit;
      account.since = now;
    }
    return account;
  }

  #freeAt(account: Account): number {
    const { requestsPerMinute: limit, algorithm } = this.#options;
    if (algorithm !== 'bucket') return account.since + MINUTE_MS;
    return account.since + ((1 - account.left) * MINUTE_MS) / limit;
  }

  #refusal(freeAt: number): Refusal {
    const seconds = Math.max(1, Math.ceil((freeAt - this.#now()) / 1_000));
    // an HTTP date has whole seconds: rounded up, so that obeying it is always late enough
    const date = new Date(Math.ceil(freeAt / 1_000) * 1_000).toUTCString();
    const style = this.#options.retryAfter ?? 'seconds';
    const headers: Record<string, string> =
      style === 'absent' ? {} : { 'Retry-After': style === 'seconds' ? String(seconds) : date };
    const message = `Rate limit exceeded the maximum. Retry the request in [${String(seconds)}] seconds`;
    return new Refusal(429, 'too.many.requests.retry.after', message, { headers });
  }
}
