import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { approvePlan, askForRun, resumeFlow, retryFlow, suspendFlow } from './actions.ts';
import type { ActionResult, FlowAction } from './actions.ts';
import type { ActionParts } from './page-actions.ts';
import { knowsOrg, statusOf, visitorOf } from './page-routes.ts';

/** What who may act can start by the API. */
export function addApiActions(api: Hono, { current, access, now }: ActionParts): void {
  const onOrg = (name: string, act: (c: Context, org: string) => Promise<ActionResult>): void => {
    api.post(`/orgs/:org/${name}`, access.act, SMALL, async (c) => {
      const org = c.req.param('org');
      if (!knowsOrg(current(), org)) return c.json({ error: 'unknown org' }, 404);
      return tell(c, await act(c, org));
    });
  };
  const onFlow = (
    name: string,
    act: (c: Context, asked: FlowAction) => Promise<ActionResult>,
  ): void => {
    api.post(`/orgs/:org/flows/:flow/${name}`, access.act, SMALL, async (c) => {
      const { org, flow } = c.req.param();
      if (!(await statusOf(current(), org, flow))) return c.json({ error: 'unknown flow' }, 404);
      return tell(c, await act(c, { org, flow, visitor: visitorOf(access, c) }));
    });
  };
  onOrg('run', async (c, org) => {
    await askForRun(current(), org, visitorOf(access, c));
    return { kind: 'done' };
  });
  onOrg('approve', async (c, org) => {
    const { digest } = await bodyOf(c);
    return approvePlan(current(), { org, digest, visitor: visitorOf(access, c) });
  });
  onFlow('retry', async (c, asked) => {
    await retryFlow(current(), asked, c.req.raw.signal);
    return { kind: 'done' };
  });
  onFlow('suspend', async (c, asked) => {
    const { until, reason } = await bodyOf(c);
    return suspendFlow(current(), asked, { until, reason, now: now() }, c.req.raw.signal);
  });
  onFlow('resume', async (c, asked) => {
    await resumeFlow(current(), asked, c.req.raw.signal);
    return { kind: 'done' };
  });
}

const SMALL = bodyLimit({
  maxSize: 16 * 1024,
  onError: (c) => c.json({ error: 'the body is too large' }, 413),
});

/** Empty for what is no JSON object. */
async function bodyOf(c: Context): Promise<Readonly<Record<string, unknown>>> {
  try {
    const body: unknown = await c.req.json();
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function tell(c: Context, result: ActionResult): Response {
  if (result.kind === 'done') return c.json({ accepted: true }, 202);
  return c.json({ error: result.reason }, 409);
}
