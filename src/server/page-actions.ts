import type { Context, Hono } from 'hono';
import type { Generation } from '../app/controller.ts';
import type { Access } from './access.ts';
import { approvePlan, askForRun, resumeFlow, retryFlow, suspendFlow } from './actions.ts';
import type { ActionResult, FlowAction } from './actions.ts';
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
  routes.post('/orgs/:org/run', access.act, async (c) => {
    const org = c.req.param('org');
    if (!knowsOrg(current(), org)) return c.notFound();
    await askForRun(current(), org, visitorOf(access, c));
    return c.redirect(`/orgs/${org}`, 303);
  });
  routes.post('/orgs/:org/approve', access.act, async (c) => {
    const org = c.req.param('org');
    if (!knowsOrg(current(), org)) return c.notFound();
    const { digest } = await c.req.parseBody();
    const asked = { org, digest, visitor: visitorOf(access, c) };
    return tell(c, await approvePlan(current(), asked), `/orgs/${org}`);
  });
  const onFlow = (
    name: string,
    act: (c: Context, asked: FlowAction) => Promise<ActionResult>,
  ): void => {
    routes.post(`/orgs/:org/flows/:flow/${name}`, access.act, async (c) => {
      const { org, flow } = c.req.param();
      if (!(await statusOf(current(), org, flow))) return c.notFound();
      const result = await act(c, { org, flow, visitor: visitorOf(access, c) });
      return tell(c, result, `/orgs/${org}/flows/${flow}`);
    });
  };
  onFlow('retry', async (c, asked) => {
    await retryFlow(current(), asked, c.req.raw.signal);
    return { kind: 'done' };
  });
  onFlow('suspend', async (c, asked) => {
    const { until, reason } = await c.req.parseBody();
    return suspendFlow(current(), asked, { until, reason, now: now() }, c.req.raw.signal);
  });
  onFlow('resume', async (c, asked) => {
    await resumeFlow(current(), asked, c.req.raw.signal);
    return { kind: 'done' };
  });
}

/** To the page again, that shows what came of it; or why nothing did. */
async function tell(c: Context, result: ActionResult, back: string): Promise<Response> {
  if (result.kind === 'done') return c.redirect(back, 303);
  c.status(409);
  return page(c, refusedPage(result.reason, back));
}
