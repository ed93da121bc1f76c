import type { JsonObject } from '../../domain/json.ts';
import { Exchange, refusalOf } from './answer-errors.ts';
import type { Asked } from './answer-errors.ts';
import { urlOf, withDefaults } from './options.ts';
import type { ArchitectSettingsOptions, ResolvedOptions } from './options.ts';
import { makeQuoteFinder, makeTidy } from './redaction.ts';
import { makeSender } from './sender.ts';
import type { SenderPorts } from './sender.ts';
import type { RequestPriority } from '../../ports/rate-gate.ts';
import { basicOf, TokenSource } from './token-source.ts';

interface ApiCall extends Pick<Asked, 'flowId' | 'permission'> {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Under `environment`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: JsonObject;
  /** People's if absent, as are the calls for tokens: without one nobody can go on. */
  readonly priority?: RequestPriority;
}

/** The org's API behind its token: every call resolves with a 2xx or throws the error of its status. */
export interface ApiClient {
  readonly options: ResolvedOptions;
  /** Whether a text of the service holds a credential of ours. */
  readonly quotesUs: (text: string) => boolean;
  /** GETs are repeated as the HTTP client does; the rest is sent once, and once more after a 401. */
  call(call: ApiCall, signal: AbortSignal): Promise<Exchange>;
}

export function makeApiClient(given: ArchitectSettingsOptions, ports: SenderPorts): ApiClient {
  const options = withDefaults(given);
  const send = makeSender(options, ports);
  const own = [options.clientSecret, basicOf(options)];
  const secrets = (): readonly string[] => [...own, ...tokens.secrets];
  const tidy = makeTidy(secrets);
  const tokens = new TokenSource({ options, clock: ports.clock, log: ports.log, send, tidy });

  const attempt = async (call: ApiCall, token: string, signal: AbortSignal): Promise<Exchange> => {
    const { path, query, body, priority, ...rest } = call;
    const asked = { ...rest, url: urlOf(options.environment, path, query) };
    const answer = await send(
      {
        method: call.method,
        url: asked.url,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        retry: call.method === 'GET' ? 'reads' : 'never',
        budget: call.method === 'PATCH' ? 'write' : 'read',
        ...(priority && { priority }),
      },
      signal,
    );
    return new Exchange(asked, answer, tidy);
  };

  return {
    options,
    quotesUs: makeQuoteFinder(secrets),
    async call(call, signal) {
      const token = await tokens.current(signal);
      let exchange = await attempt(call, token, signal);
      if (exchange.answer.status === 401) {
        exchange = await attempt(call, await tokens.after(token, signal), signal);
      }
      const { status } = exchange.answer;
      if (status >= 200 && status < 300) return exchange;
      throw refusalOf(exchange, ports.clock.now());
    },
  };
}

/** The same client, with every call in this turn. */
export function withPriority(api: ApiClient, priority: RequestPriority): ApiClient {
  return { ...api, call: (call, signal) => api.call({ ...call, priority }, signal) };
}
