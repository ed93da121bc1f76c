import { html } from 'hono/html';
import type { RunEntry } from '../../domain/trigger.ts';
import type { Visitor } from '../access.ts';
import { countStates } from '../flow-rows.ts';
import type { FlowFilter, FlowRow } from '../flow-rows.ts';
import { runCharts } from './charts.ts';
import { flowTable } from './flow-table.ts';
import { crumbs, instant, layout, table, tile } from './layout.ts';
import type { Html } from './html.ts';
import { lastRun, nextRun, stateTiles } from './overview-page.ts';
import type { OrgSummary } from './overview-page.ts';
import { stateMark } from './state-mark.ts';

const SHOWN_RUNS = 20;

export interface OrgPageParts extends OrgSummary {
  readonly runs: readonly RunEntry[];
  readonly filter: FlowFilter;
  /** Those that pass the filter. */
  readonly found: readonly FlowRow[];
  /** From 1. */
  readonly page: number;
}

/** One org: how it is, what it waits for, its last runs, and its flows. */
export function orgPage(parts: OrgPageParts, visitor: Visitor): Html {
  const { worker, runs } = parts;
  const { org } = worker;
  return layout(
    org,
    visitor,
    html`${crumbs({ href: '/', text: 'Orgs' })}
      <section id="org" data-live>${heading(parts, visitor)} ${tiles(parts)}</section>
      <section id="waiting" data-live>
        ${heldPlan(org, worker.last, visitor)} ${waitingList(org, worker.last)}
      </section>
      <section id="charts" data-live aria-label="Last runs as charts">${runCharts(runs)}</section>
      <div class="card">
        <h2>Flows</h2>
        ${filterForm(parts)}
        <div id="flows" data-live>${flowTable(parts)}</div>
      </div>
      <div class="card">
        <h2>Last runs</h2>
        <div id="runs" data-live>${runTable(runs.slice(0, SHOWN_RUNS))}</div>
      </div>`,
  );
}

function heading({ worker: { org }, status }: OrgPageParts, visitor: Visitor): Html {
  const run = html`<form method="post" action="/orgs/${org}/run">
    <button class="main" data-name="run">Reconcile now</button>
  </form>`;
  return html`<div class="title">
      <h1>${org}</h1>
      ${status ? stateMark(status.state) : ''}
      ${visitor.mayAct ? html`<div class="end">${run}</div>` : ''}
    </div>
    ${status?.reason === undefined ? '' : html`<p class="soft">${status.reason}</p>`}`;
}

function tiles({ worker, rows }: OrgPageParts): Html {
  return html`<div class="tiles">
      ${tile(String(rows.length), 'flows in git')} ${stateTiles(countStates(rows))}
    </div>
    <dl class="card">
      <dt>Last run</dt>
      <dd>${lastRun(worker.last)}</dd>
      <dt>Next run</dt>
      <dd>${nextRun(worker)}</dd>
    </dl>`;
}

/** What a gate on the plan said, and the form to approve exactly that plan. */
function heldPlan(org: string, run: RunEntry | undefined, visitor: Visitor): Html | '' {
  if (run?.held === undefined) return '';
  return html`<div class="card note">
    <h2>Held by a gate</h2>
    <p>${run.held}</p>
    ${run.heldPlan === undefined ? '' : approval(org, run.heldPlan, visitor)}
  </div>`;
}

function approval(org: string, digest: string, visitor: Visitor): Html {
  const form = html`<details data-name="approve">
    <summary>Approve this plan</summary>
    <form method="post" action="/orgs/${org}/approve">
      <input type="hidden" name="digest" value="${digest}" />
      <p>
        The next run writes it, if it is still this very plan: any other commit, live change or
        policy voids the approval. Your name goes into the audit.
      </p>
      <button class="main">Approve and write</button>
    </form>
  </details>`;
  return html`<p><a href="/orgs/${org}?state=Blocked">Look at the flows that it would write</a></p>
    <p class="soft small">Plan <code>${digest}</code></p>
    ${visitor.mayAct ? form : ''}`;
}

function waitingList(org: string, run: RunEntry | undefined): Html | '' {
  if (!run || run.waiting.length === 0) return '';
  const items = run.waiting.map(
    ({ flowId, name, status, reason = '' }) =>
      html`<li>
        <a href="/orgs/${org}/flows/${flowId}">${name}</a> ${stateMark(status)}
        <span class="small">${reason}</span>
      </li>`,
  );
  return html`<div class="card note">
    <h2>Waiting since the last run</h2>
    <ul class="plain">
      ${items}
    </ul>
  </div>`;
}

function filterForm({ worker, rows, filter }: OrgPageParts): Html {
  const options = countStates(rows).map(
    ([state, count]) =>
      html`<option value="${state}" ${filter.state === state ? html` selected` : ''}>
        ${state} (${String(count)})
      </option>`,
  );
  return html`<form
    class="row"
    method="get"
    action="/orgs/${worker.org}"
    role="search"
    aria-label="Flows"
  >
    <label class="grow"
      >Name, id or file <input type="search" name="q" value="${filter.q}" autocomplete="off"
    /></label>
    <label
      >State
      <select name="state">
        <option value="">all (${String(rows.length)})</option>
        ${options}
      </select></label
    >
    <button>Show</button>
  </form>`;
}

const COLUMNS = [
  { text: 'Began' },
  { text: 'Took', kind: 'num' },
  { text: 'Revision', kind: 'wide' },
  { text: 'Ended' },
] as const;

function runTable(runs: readonly RunEntry[]): Html {
  if (runs.length === 0) return html`<p class="soft">No run yet.</p>`;
  const rows = runs.map(
    ({ startedAt, durationMs, revision, summary, error, runId }) =>
      html`<tr>
        <td>
          ${instant(startedAt)}<br /><span class="soft small"><code>${runId}</code></span>
        </td>
        <td class="num nowrap">${(durationMs / 1000).toFixed(1)} s</td>
        <td class="wide"><code>${revision.slice(0, 10)}</code></td>
        <td>${error ? html`<span class="bad">${error.message}</span>` : summary}</td>
      </tr>`,
  );
  return table('Last runs', COLUMNS, rows);
}
