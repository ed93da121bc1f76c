import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { Generation } from '../app/controller.ts';
import { reportedError } from '../engine/reported-error.ts';
import type { Clock } from '../ports/clock.ts';
import { makeAccess } from './access.ts';
import { makeApiRoutes } from './api-routes.ts';
import { addEvents } from './events.ts';
import type { Events } from './events.ts';
import { addPageActions } from './page-actions.ts';
import { makePageRoutes } from './page-routes.ts';
import { checkReadiness } from './readiness.ts';
import type { Check } from './readiness.ts';
import { makeWebhookRoutes } from './webhooks/webhook-routes.ts';

export interface ServerParts {
  readonly clock: Clock;
  /** What works right now: another one after each reload of the config. */
  readonly current: () => Generation;
  readonly metrics: {
    readonly contentType: string;
    text(): Promise<string>;
    delivered(host: string, result: string): void;
  };
}

const OWN_ONLY = ["'self'"];

/** Nothing from elsewhere, nothing inline, in nobody's frame. */
const POLICY = {
  defaultSrc: ["'none'"],
  styleSrc: OWN_ONLY,
  scriptSrc: OWN_ONLY,
  connectSrc: OWN_ONLY,
  imgSrc: ["'self'", 'data:'],
  formAction: OWN_ONLY,
  frameAncestors: ["'none'"],
  baseUri: ["'none'"],
};

const HEADERS = {
  contentSecurityPolicy: POLICY,
  xFrameOptions: 'DENY',
  // with `no-referrer` a browser does not even tell our own forms' origin, and each would be refused
  referrerPolicy: 'same-origin',
} as const;

/** Everything that the controller serves; no socket of its own. */
export function makeServerApp(parts: ServerParts): { readonly app: Hono; readonly events: Events } {
  const { current, clock, metrics } = parts;
  const app = new Hono();
  app.use(secureHeaders(HEADERS));
  app.onError((error, c) => {
    const { code, message } = reportedError(error);
    current().log.error('a request failed', { path: c.req.path, code, reason: message });
    return c.json({ error: code }, 500);
  });

  app.get('/healthz', (c) => c.text('ok\n'));
  app.get('/readyz', async (c) => {
    const checks = await readiness(parts);
    const isReady = checks.every(({ ok }) => ok);
    const body = Object.fromEntries(checks.map(({ name, ok }) => [name, ok ? 'ok' : 'failed']));
    return c.json({ ready: isReady, checks: body }, isReady ? 200 : 503);
  });
  app.route(
    '/hooks',
    makeWebhookRoutes({
      clock,
      log: current().log,
      secretsOf: (host) => current().config.server.webhooks[host] ?? [],
      branch: () => current().config.source.branch,
      onPush: () => current().loop.accept('push', { by: 'webhook' }),
      onDelivery: (host, result) => {
        metrics.delivered(host, result);
      },
    }),
  );

  const access = makeAccess(
    () => current().config.server,
    () => clock.now(),
  );
  app.get('/metrics', access.read, async (c) => {
    c.header('content-type', metrics.contentType);
    return c.body(await metrics.text());
  });
  app.get('/readyz/details', access.read, async (c) => c.json({ checks: await readiness(parts) }));
  const events = addEvents(app, { clock, read: access.read });
  const now = (): number => clock.now();
  app.route('/api/v1', makeApiRoutes({ current, access, now }));
  const pages = makePageRoutes(current, access, now);
  addPageActions(pages, { current, access, now });
  app.route('/', pages);
  return { app, events };
}

async function readiness({ current, clock }: ServerParts): Promise<readonly Check[]> {
  const { loop, app, config } = current();
  const now = clock.now();
  try {
    const lasts = await Promise.all(config.orgs.map(({ name }) => app.triggers.runs(name, 1)));
    const newest = lasts.flat().toSorted((a, b) => b.startedAt - a.startedAt)[0];
    const notices = await app.noticeCounts();
    return checkReadiness(loop.view(), { now, notices, ...(newest && { newest }) });
  } catch (thrown) {
    return checkReadiness(loop.view(), { now, state: reportedError(thrown).message });
  }
}
