import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { FLOW_ACTIONS, ORG_ACTIONS } from './actions.ts';
import type { ActionResult } from './actions.ts';
import type { ActionParts } from './page-actions.ts';
import { knowsOrg, statusOf, visitorOf } from './page-routes.ts';

/** What who may act can start by the API. */
export function addApiActions(api: Hono, { current, access, now }: ActionParts): void {
  const wishOf = async (c: Context) => ({
    ...{ visitor: visitorOf(access, c), sent: await bodyOf(c), now: now() },
    signal: c.req.raw.signal,
  });
  for (const [name, act] of Object.entries(ORG_ACTIONS))
    api.post(`/orgs/:org/${name}`, access.act, SMALL, async (c) => {
      const org = c.req.param('org');
      if (!knowsOrg(current(), org)) return c.json({ error: 'unknown org' }, 404);
      return tell(c, await act(current(), { org, ...(await wishOf(c)) }));
    });
  for (const [name, act] of Object.entries(FLOW_ACTIONS))
    api.post(`/orgs/:org/flows/:flow/${name}`, access.act, SMALL, async (c) => {
      const { org, flow } = c.req.param();
      if (!(await statusOf(current(), org, flow))) return c.json({ error: 'unknown flow' }, 404);
      return tell(c, await act(current(), { org, flow, ...(await wishOf(c)) }));
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
