import { createHmac } from 'node:crypto';
import { makeWebhookRoutes } from '../../src/server/webhooks/webhook-routes.ts';
import { HOST_RULES } from '../../src/server/webhooks/verify.ts';
import type { WebhookHost } from '../../src/server/webhooks/verify.ts';
import { FakeClock } from './fakes/fake-clock.ts';
import { MemoryLog } from './fakes/memory-log.ts';

export const SECRET = 'a-long-secret-of-this-hook';
export const OLD_SECRET = 'the-one-that-was-before-it';

/** Where a host puts what a push moved, as its documentation shows it. */
export const PUSHES: Readonly<Record<WebhookHost, (branch: string) => object>> = {
  github: (branch) => ({ ref: `refs/heads/${branch}`, before: '6113728f', after: '0000000' }),
  gitlab: (branch) => ({ object_kind: 'push', event_name: 'push', ref: `refs/heads/${branch}` }),
  bitbucket: (branch) => ({
    push: { changes: [{ new: { type: 'branch', name: branch }, old: null, created: true }] },
  }),
  gitea: (branch) => ({
    ref: `refs/heads/${branch}`,
    after: 'bffeb74224043ba2feb48d137756c8a9331c449a',
  }),
  generic: (branch) => ({ ref: branch }),
};

/** The routes, without a socket. */
export class WebhookRig {
  readonly clock: FakeClock;
  readonly log = new MemoryLog();
  readonly results: string[] = [];
  secrets: readonly string[] = [SECRET];
  /** Pushes that were told on. */
  pushes = 0;
  onPush: () => Promise<void> = () => {
    this.pushes += 1;
    return Promise.resolve();
  };
  readonly #routes;

  /** @param clock by default one on which nobody waits */
  constructor(clock = new FakeClock({ autoAdvance: true })) {
    this.clock = clock;
    this.#routes = makeWebhookRoutes({
      clock,
      log: this.log,
      secretsOf: () => this.secrets,
      branch: () => 'main',
      onPush: () => this.onPush(),
      onDelivery: (_host, result) => void this.results.push(result),
    });
  }

  async post(
    host: string,
    body: string | Uint8Array<ArrayBuffer>,
    headers: Readonly<Record<string, string>> = {},
    source = '192.0.2.1',
  ): Promise<number> {
    const answer = await this.#routes.request(
      `/${host}`,
      { method: 'POST', body, headers },
      { incoming: { socket: { remoteAddress: source } } },
    );
    return answer.status;
  }

  /** A delivery as the host makes it. */
  deliver(
    host: WebhookHost,
    payload: object | string,
    more: {
      readonly id?: string;
      readonly secret?: string;
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ): Promise<number> {
    const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
    const { id = crypto.randomUUID(), secret = SECRET, headers } = more;
    return this.post(host, body, { ...headersOf(host, body, { id, secret }), ...headers });
  }
}

export function headersOf(
  host: WebhookHost,
  body: string | Uint8Array,
  { id, secret }: { readonly id: string; readonly secret: string },
): Record<string, string> {
  const { proof, deliveryHeader, eventHeader, pushEvents } = HOST_RULES[host];
  const hmac = `${proof.prefix}${createHmac('sha256', secret).update(body).digest('hex')}`;
  return {
    'content-type': 'application/json',
    [proof.header]: proof.kind === 'token' ? secret : hmac,
    [deliveryHeader]: id,
    ...(eventHeader !== undefined && { [eventHeader]: pushEvents[0] ?? '' }),
  };
}
