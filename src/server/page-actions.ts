import type { Context, Hono } from 'hono';
import type { Generation } from '../app/controller.ts';
import type { Access } from './access.ts';
import { FLOW_ACTIONS, ORG_ACTIONS } from './actions.ts';
import type { ActionResult } from './actions.ts';
import { knowsOrg, page, statusOf, visitorOf } from './page-routes.ts';
import { refusedPage } from './pages/refused-page.ts';

export interface ActionParts {
  readonly current: () => Generation;
  readonly access: Access;
  /** Epoch ms. */
  readonly now: () => number;
}

/** What a signed-in person can start by the forms of the pages. */
export function addPageActions(routes: Hono, { current, access, now }: ActionParts): void {
  const wishOf = async (c: Context) => ({
    ...{ visitor: visitorOf(access, c), sent: await c.req.parseBody(), now: now() },
    signal: c.req.raw.signal,
  });
  for (const [name, act] of Object.entries(ORG_ACTIONS))
    routes.post(`/orgs/:org/${name}`, access.act, async (c) => {
      const org = c.req.param('org');
      if (!knowsOrg(current(), org)) return c.notFound();
      return tell(c, await act(current(), { org, ...(await wishOf(c)) }), `/orgs/${org}`);
    });
  for (const [name, act] of Object.entries(FLOW_ACTIONS))
    routes.post(`/orgs/:org/flows/:flow/${name}`, access.act, async (c) => {
      const { org, flow } = c.req.param();
      if (!(await statusOf(current(), org, flow))) return c.notFound();
      const result = await act(current(), { org, flow, ...(await wishOf(c)) });
      return tell(c, result, `/orgs/${org}/flows/${flow}`);
    });
}

/** To the page again, that shows what came of it; or why nothing did. */
async function tell(c: Context, result: ActionResult, back: string): Promise<Response> {
  if (result.kind === 'done') return c.redirect(back, 303);
  c.status(409);
  return page(c, refusedPage(result.reason, back));
}
