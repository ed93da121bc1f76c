import { Hono } from 'hono';
import type { Generation } from '../app/controller.ts';
import { isError } from '../domain/errors.ts';
import { makeRunEntryDocument } from '../engine/loop/run-document.ts';
import { addApiActions } from './api-actions.ts';
import { countStates, filterRows, readFlowRows } from './flow-rows.ts';
import { OPENAPI } from './openapi.ts';
import type { ActionParts } from './page-actions.ts';
import { knowsOrg, statusOf, summaryOf } from './page-routes.ts';
import type { OrgSummary } from './pages/overview-page.ts';

const MAX_LIMIT = 1_000;

/** `/api/v1`: what the page shows, for programs; `openapi.json` describes it. */
export function makeApiRoutes(parts: ActionParts): Hono {
  const { current, access } = parts;
  const api = new Hono();
  api.get('/openapi.json', (c) => c.json(OPENAPI));
  api.use(access.read);
  api.get('/orgs', async (c) => {
    const generation = current();
    const { head, orgs } = generation.loop.view();
    const summaries = await Promise.all(orgs.map(({ org }) => summaryOf(generation, org)));
    return c.json({
      revision: head.pinned?.revision ?? null,
      orgs: summaries.filter((summary) => summary !== undefined).map(orgDocument),
    });
  });
  api.get('/orgs/:org/flows', async (c) => {
    const org = c.req.param('org');
    if (!knowsOrg(current(), org)) return c.json({ error: 'unknown org' }, 404);
    const { q = '', state = '', limit, offset } = c.req.query();
    const found = filterRows(await readFlowRows(current().app, org), { q, state });
    const from = numberOf(offset, 0, Infinity);
    const flows = found.slice(from, from + numberOf(limit, 100, MAX_LIMIT));
    return c.json({ total: found.length, flows });
  });
  api.get('/orgs/:org/runs', async (c) => {
    const org = c.req.param('org');
    if (!knowsOrg(current(), org)) return c.json({ error: 'unknown org' }, 404);
    const limit = numberOf(c.req.query('limit'), 100, MAX_LIMIT);
    return c.json({
      runs: (await current().app.triggers.runs(org, limit)).map(makeRunEntryDocument),
    });
  });
  addFlowReads(api, current);
  addApiActions(api, parts);
  return api;
}

/** What there is of one flow. */
function addFlowReads(api: Hono, current: () => Generation): void {
  api.get('/orgs/:org/flows/:flow', async (c) => {
    const { org, flow } = c.req.param();
    const status = await statusOf(current(), org, flow);
    return status ? c.json(status) : c.json({ error: 'unknown flow' }, 404);
  });
  api.get('/orgs/:org/flows/:flow/snapshots/:version', async (c) => {
    const { org, flow, version } = c.req.param();
    if (!/^\d{1,15}$/.test(version) || !(await statusOf(current(), org, flow)))
      return c.json({ error: 'unknown flow or version' }, 404);
    try {
      const asked = { org, flow, version: Number(version) };
      return c.json(await current().app.snapshot(asked, c.req.raw.signal));
    } catch (thrown) {
      if (isError(thrown, 'snapshot.unknown')) return c.json({ error: thrown.message }, 404);
      throw thrown;
    }
  });
}

function orgDocument({ worker, status, rows }: OrgSummary): object {
  const { org, failures, waiting, runningSince, nextRunAt, last } = worker;
  return {
    org,
    state: status?.state ?? null,
    ...(status?.reason !== undefined && { reason: status.reason }),
    flows: Object.fromEntries(countStates(rows)),
    ...{ failures, waiting },
    ...(runningSince === undefined
      ? { nextRunAt: instant(nextRunAt) }
      : { runningSince: instant(runningSince) }),
    ...(last && { lastRun: makeRunEntryDocument(last) }),
  };
}

function numberOf(text: string | undefined, otherwise: number, max: number): number {
  const number = /^\d{1,9}$/.test(text ?? '') ? Number(text) : otherwise;
  return Math.min(number, max);
}

function instant(at: number): string {
  return new Date(at).toISOString();
}
