import { Hono } from 'hono';
import type { Context } from 'hono';
import type { Generation } from '../app/controller.ts';
import { readHistory } from '../app/read-history.ts';
import type { FlowStatus } from '../domain/flow-status.ts';
import { reportedError } from '../engine/reported-error.ts';
import type { Access, Visitor } from './access.ts';
import { filterRows, readFlowRows } from './flow-rows.ts';
import { flowPage } from './pages/flow-page.ts';
import type { FlowPageParts } from './pages/flow-page.ts';
import { PAGE_SIZE } from './pages/flow-table.ts';
import { ICON, signInPage } from './pages/layout.ts';
import type { Html } from './pages/html.ts';
import { orgPage } from './pages/org-page.ts';
import { overviewPage } from './pages/overview-page.ts';
import type { OrgSummary } from './pages/overview-page.ts';
import { SCRIPT } from './pages/script.ts';
import { STYLE } from './pages/style.ts';

const CHARTED_RUNS = 60;
/** Rather a page without history than none. */
const HISTORY_MS = 10_000;

/** The status page: plain pages that are whole without scripts. */
export function makePageRoutes(current: () => Generation, access: Access, now: () => number): Hono {
  const routes = new Hono();
  routes.get('/assets/style.css', (c) => asset(c, STYLE, 'text/css'));
  routes.get('/assets/page.js', (c) => asset(c, SCRIPT, 'text/javascript'));
  routes.get('/assets/icon.svg', (c) => asset(c, ICON, 'image/svg+xml'));
  addSignIn(routes, access);

  routes.get('/', access.read, async (c) => {
    const generation = current();
    const { orgs } = generation.loop.view();
    const summaries = await Promise.all(orgs.map(({ org }) => summaryOf(generation, org)));
    const known = summaries.filter((summary) => summary !== undefined);
    return page(c, overviewPage(generation.loop.view(), known, visitorOf(access, c)));
  });
  routes.get('/orgs/:org', access.read, async (c) => {
    const org = c.req.param('org');
    const generation = current();
    const summary = await summaryOf(generation, org);
    if (!summary) return c.notFound();
    const runs = await generation.app.triggers.runs(org, CHARTED_RUNS);
    const { q = '', state = '', page: asked = '1' } = c.req.query();
    const filter = { q, state };
    const found = filterRows(summary.rows, filter);
    const pages = Math.max(1, Math.ceil(found.length / PAGE_SIZE));
    const number = Math.min(pages, Math.max(1, Math.trunc(Number(asked)) || 1));
    const parts = { ...summary, runs, filter, found, page: number };
    return page(c, orgPage(parts, visitorOf(access, c)));
  });
  routes.get('/orgs/:org/flows/:flow', access.read, async (c) => {
    const { org, flow } = c.req.param();
    const status = await statusOf(current(), org, flow);
    if (!status) return c.notFound();
    const parts = await withHistory(current(), status, c.req.raw.signal);
    return page(c, flowPage({ ...parts, now: now() }, visitorOf(access, c)));
  });
  return routes;
}

export function visitorOf(access: Access, c: Context): Visitor {
  return access.visitor(c) ?? { name: 'nobody', mayAct: false };
}

export function knowsOrg({ config }: Generation, org: string): boolean {
  return config.orgs.some(({ name }) => name === org);
}

export async function summaryOf(
  generation: Generation,
  org: string,
): Promise<OrgSummary | undefined> {
  const { app, loop } = generation;
  const worker = loop.view().orgs.find((each) => each.org === org);
  if (!worker) return undefined;
  const [rows, status] = await Promise.all([readFlowRows(app, org), app.orgStatus(org)]);
  return { worker, rows, status };
}

export async function statusOf(
  generation: Generation,
  org: string,
  flow: string,
): Promise<FlowStatus | undefined> {
  if (!knowsOrg(generation, org)) return undefined;
  return (await generation.app.flowRecords(org, [flow])).get(flow)?.status;
}

async function withHistory(
  { app }: Generation,
  status: FlowStatus,
  signal: AbortSignal,
): Promise<Omit<FlowPageParts, 'now'>> {
  const { org, flowId } = status;
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(HISTORY_MS)]);
    const { entries } = await readHistory(app, { flow: flowId, orgs: [org] }, limit);
    return { status, history: entries.toReversed() };
  } catch (thrown) {
    const { code, message } = reportedError(thrown);
    return { status, historyError: `The status branch could not be read: ${message} [${code}]` };
  }
}

function addSignIn(routes: Hono, access: Access): void {
  routes.get('/login', (c) => page(c, signInPage(false)));
  routes.post('/login', async (c) => {
    const { token, name } = await c.req.parseBody();
    const who = typeof name === 'string' ? name : '';
    const isIn = typeof token === 'string' && access.signIn(c, token, who);
    if (isIn) return c.redirect('/', 303);
    c.status(401);
    return page(c, signInPage(true));
  });
  routes.post('/logout', (c) => {
    access.signOut(c);
    return c.redirect('/login', 303);
  });
}

export async function page(c: Context, content: Html): Promise<Response> {
  c.header('cache-control', 'no-store');
  return c.html(await content);
}

function asset(c: Context, text: string, type: string): Response {
  c.header('cache-control', 'max-age=300');
  c.header('content-type', `${type}; charset=utf-8`);
  return c.body(text);
}
