import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { Generation } from '../app/controller.ts';
import { reportedError } from '../engine/reported-error.ts';
import type { Clock } from '../ports/clock.ts';
import { requireAccess } from './access.ts';
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

/** Everything that the controller serves; no socket of its own. */
export function makeServerApp(parts: ServerParts): Hono {
  const { current, clock, metrics } = parts;
  const app = new Hono();
  app.use(secureHeaders());
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

  const access = requireAccess(() => current().config.server.token);
  app.get('/metrics', access, async (c) => {
    c.header('content-type', metrics.contentType);
    return c.body(await metrics.text());
  });
  app.get('/readyz/details', access, async (c) => c.json({ checks: await readiness(parts) }));
  return app;
}

async function readiness({ current, clock }: ServerParts): Promise<readonly Check[]> {
  const { loop, app, config } = current();
  const now = clock.now();
  try {
    const lasts = await Promise.all(config.orgs.map(({ name }) => app.triggers.runs(name, 1)));
    const newest = lasts.flat().toSorted((a, b) => b.startedAt - a.startedAt)[0];
    return checkReadiness(loop.view(), { now, ...(newest && { newest }) });
  } catch (thrown) {
    return checkReadiness(loop.view(), { now, state: reportedError(thrown).message });
  }
}
