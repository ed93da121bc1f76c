import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Context } from 'hono';
import { reportedError } from '../../engine/reported-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import { sourceOf } from '../source-address.ts';
import { makeDeliveries } from './deliveries.ts';
import { readPush } from './read-push.ts';
import { makeSourceRate } from './source-rate.ts';
import { makeTogether } from './together.ts';
import { HOST_RULES, isVerified } from './verify.ts';
import type { WebhookHost } from './verify.ts';

export const MAX_BODY_BYTES = 3 * 1024 * 1024;

/** What became of a delivery, as a metric and the answer tell it. */
export type DeliveryResult =
  'accepted' | 'ignored' | 'replayed' | 'unverified' | 'too-many' | 'too-large' | 'failed';

export interface WebhookParts {
  readonly clock: Pick<Clock, 'monotonicMs' | 'sleep'>;
  readonly log: Log;
  /** As the config says now. */
  readonly secretsOf: (host: WebhookHost) => readonly string[];
  readonly branch: () => string;
  /** A push was told of: on the disk when it resolves. */
  readonly onPush: () => Promise<void>;
  readonly onDelivery: (host: string, result: DeliveryResult) => void;
}

/** 200 deliveries a second from one host are well within; who cannot sign has spent all after some ten tries. */
const RATE = { burst: 1_000, perSecond: 400 };
/** However many push: what is told on is stored, with an fsync, no more often. */
const STORE_MS = 50;
const PRICE = { verified: 1, unverified: 100 };

/**
 * `POST /hooks/<host>`: a hint that git may have moved. Verified before anything of it is read; polling finds whatever
 * no hook tells of.
 */
export function makeWebhookRoutes(parts: WebhookParts): Hono {
  const { onDelivery } = parts;
  const rate = makeSourceRate(parts.clock, RATE);
  const known = makeDeliveries();
  const { clock, onPush } = parts;
  const forever = new AbortController().signal;
  const push = makeTogether(onPush, () => clock.sleep(STORE_MS, forever));
  const take = async (c: Context, host: WebhookHost): Promise<DeliveryResult> => {
    const source = sourceOf(c);
    if (!rate.spend(source, PRICE.verified)) return 'too-many';
    const body = new Uint8Array(await c.req.arrayBuffer());
    const headerOf = (name: string): string | undefined => c.req.header(name);
    if (!isVerified(host, parts.secretsOf(host), headerOf, body)) {
      rate.spend(source, PRICE.unverified);
      return 'unverified';
    }
    const id = deliveryOf(host, headerOf(HOST_RULES[host].deliveryHeader));
    if (id !== undefined && known.has(id)) return 'replayed';
    const isMoved = readPush(host, headerOf, body, parts.branch()) === 'moved';
    if (isMoved) await push();
    // one that could not be stored may come again
    if (id !== undefined) known.add(id);
    return isMoved ? 'accepted' : 'ignored';
  };

  const routes = new Hono();
  routes.use(
    '/:host',
    bodyLimit({ maxSize: MAX_BODY_BYTES, onError: (c) => tell(c, 'too-large') }),
  );
  routes.post('/:host', async (c) => {
    const host = c.req.param('host');
    if (!isHost(host) || parts.secretsOf(host).length === 0) return c.notFound();
    let result: DeliveryResult;
    try {
      result = await take(c, host);
    } catch (thrown) {
      const { code, message } = reportedError(thrown);
      parts.log.error(
        'a webhook could not be taken; the host may repeat it, and polling finds it',
        {
          ...{ host, code, reason: message },
        },
      );
      result = 'failed';
    }
    onDelivery(host, result);
    return tell(c, result);
  });
  return routes;
}

const STATUS = {
  accepted: 202,
  ignored: 200,
  replayed: 200,
  unverified: 401,
  'too-many': 429,
  'too-large': 413,
  failed: 503,
} as const satisfies Record<DeliveryResult, number>;

function tell(c: Context, result: DeliveryResult): Response {
  return c.json({ result }, STATUS[result]);
}

function isHost(host: string): host is WebhookHost {
  return Object.hasOwn(HOST_RULES, host);
}

/** Undefined where the host names none: then every delivery counts. */
function deliveryOf(host: WebhookHost, id: string | undefined): string | undefined {
  return id === undefined || id === '' ? undefined : `${host} ${id.slice(0, 200)}`;
}
