import { FlowkeeperError } from '../../domain/errors.ts';
import { untilAborted } from '../../domain/until-aborted.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import { Exchange, refusalOf, sentence } from './answer-errors.ts';
import { bodyAs } from './answer-body.ts';
import { urlOf } from './options.ts';
import type { ResolvedOptions } from './options.ts';
import type { Tidy } from './redaction.ts';
import type { Sender } from './sender.ts';

/** Renewed this long before it ends, or at half of its life if that is shorter. */
const MARGIN_MS = 30_000;
/** A login host that throttles is asked this often in all. */
const THROTTLED_TRIES = 3;

interface Token {
  readonly text: string;
  /** Epoch ms. */
  readonly renewAt: number;
}

interface Refresh {
  readonly token: Promise<Token>;
  readonly abort: AbortController;
  waiting: number;
}

export interface TokenParts {
  readonly options: ResolvedOptions;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  readonly send: Sender;
  readonly tidy: Tidy;
}

/** The client-credentials token of one org: kept, renewed in time, and got once however many ask. */
export class TokenSource {
  readonly #parts: TokenParts;
  #token: Token | undefined;
  #secrets: readonly string[] = [];
  #refresh: Refresh | undefined;

  constructor(parts: TokenParts) {
    this.#parts = parts;
  }

  /** What must not be shown, beside the client secret: this token and the ones before it. */
  get secrets(): readonly string[] {
    return this.#secrets;
  }

  /** A token that is good for a while. @throws api.token-refused, and what any call may throw */
  async current(signal: AbortSignal): Promise<string> {
    const token = this.#token;
    if (token !== undefined && this.#parts.clock.now() < token.renewAt) return token.text;
    return this.#renewed(signal);
  }

  /** A token other than `refused`, which the service did not take. */
  async after(refused: string, signal: AbortSignal): Promise<string> {
    if (this.#token?.text === refused) this.#token = undefined;
    return this.current(signal);
  }

  /** The refresh belongs to all who wait for it: it is cancelled only when the last of them leaves. */
  async #renewed(signal: AbortSignal): Promise<string> {
    const refresh = (this.#refresh ??= this.#start());
    refresh.waiting += 1;
    try {
      return (await untilAborted(refresh.token, signal)).text;
    } finally {
      refresh.waiting -= 1;
      if (refresh.waiting === 0) this.#end(refresh);
    }
  }

  #start(): Refresh {
    const abort = new AbortController();
    const token = this.#fetch(abort.signal);
    // heard even if every caller has left
    token.catch(() => undefined);
    return { token, abort, waiting: 0 };
  }

  #end(refresh: Refresh): void {
    if (this.#refresh === refresh) this.#refresh = undefined;
    refresh.abort.abort();
  }

  async #fetch(signal: AbortSignal): Promise<Token> {
    const { clock, log } = this.#parts;
    const askedAt = clock.now();
    const exchange = await this.#ask(signal, THROTTLED_TRIES);
    const { access_token: text, expires_in: lifeSeconds } = bodyAs('token', exchange);
    const lifeMs = lifeSeconds * 1000;
    const renewAt = askedAt + lifeMs - Math.min(MARGIN_MS, lifeMs / 2);
    log.debug('token renewed', { lifeSeconds });
    this.#token = { text, renewAt };
    this.#secrets = [text, ...this.#secrets.slice(0, 2)];
    return this.#token;
  }

  async #ask(signal: AbortSignal, tries: number): Promise<Exchange> {
    const { options, send, clock, tidy } = this.#parts;
    const asked = { method: 'POST', url: tokenUrl(options), isSecret: true } as const;
    const answer = await send({ ...asked, ...credentials(options), retry: 'reads' }, signal);
    const exchange = new Exchange(asked, answer, tidy);
    if (answer.status >= 200 && answer.status < 300) return exchange;
    if (answer.status === 400 && isThrottling(exchange)) {
      await send.throttled(undefined);
      if (tries > 1) return this.#ask(signal, tries - 1);
      const facts = exchange.facts();
      throw new FlowkeeperError('api.rate-limited', sentence(facts, 'throttled'), facts);
    }
    throw isRefusal(answer.status) ? tokenRefused(exchange) : refusalOf(exchange, clock.now());
  }
}

function tokenUrl({ environment, auth, paths }: ResolvedOptions): string {
  return auth.url ?? urlOf(environment, paths.token);
}

function credentials(options: ResolvedOptions): { headers: Record<string, string>; body: string } {
  const { clientId, clientSecret, auth } = options;
  const scope = auth.scope ?? '';
  const grant = { grant_type: 'client_credentials' };
  if (auth.style === 'form-basic') {
    return {
      headers: {
        authorization: `Basic ${basicOf(options)}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ ...grant, ...(scope !== '' && { scope }) }).toString(),
    };
  }
  const client = { client_id: clientId, client_secret: clientSecret };
  return {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...grant, ...client, ...(scope !== '' && { scope }) }),
  };
}

/** Id and secret as they are: Genesys Cloud does not take them percent-encoded. */
export function basicOf({ clientId, clientSecret }: ResolvedOptions): string {
  return Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
}

/** Any 4xx but those that say "not now". */
function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && ![408, 425, 429].includes(status);
}

/** Login hosts throttle with a 400 that differs from other 400s only in its words. */
function isThrottling(exchange: Exchange): boolean {
  return /rate limit exceeded/i.test(exchange.text);
}

function tokenRefused(exchange: Exchange): FlowkeeperError {
  const { error, error_description, description, message, code } = exchange.refusal;
  const facts = exchange.facts(
    exchange.answer.headers['inin-correlation-id'] ?? exchange.refusal.contextId ?? undefined,
  );
  const told = [error ?? code, error_description ?? description ?? message].filter(Boolean);
  const reason = exchange.tidy(told.join(': ')) || `status ${String(facts.status)}`;
  const sentenceOf = sentence(facts, 'no token was given', reason);
  return new FlowkeeperError('api.token-refused', sentenceOf, { ...facts, reason });
}
