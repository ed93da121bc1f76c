import { html } from 'hono/html';
import type { OrgStatus } from '../../domain/org-status.ts';
import type { RunEntry } from '../../domain/trigger.ts';
import type { LoopView } from '../../engine/loop/run-loop.ts';
import type { WorkerView } from '../../engine/loop/org-worker.ts';
import type { Visitor } from '../access.ts';
import { countStates } from '../flow-rows.ts';
import type { FlowFilter, FlowRow } from '../flow-rows.ts';
import { runCharts } from './charts.ts';
import { instant, layout, stateMark } from './layout.ts';
import type { Html } from './layout.ts';

/** Flows on one page of the list. */
export const PAGE_SIZE = 100;

export interface OrgSummary {
  readonly worker: WorkerView;
  readonly status: OrgStatus | undefined;
  readonly rows: readonly FlowRow[];
}

export function overviewPage(
  { head }: LoopView,
  orgs: readonly OrgSummary[],
  visitor: Visitor,
): Html {
  const { pinned, lookedAt, error } = head;
  return layout(
    'Orgs',
    visitor,
    html`<h1>Orgs</h1>
      <section id="head" data-live>
        <p>
          git:
          ${pinned ? html`<code>${pinned.revision.slice(0, 10)}</code>, seen ${instant(lookedAt)}` : 'not read yet'}
          ${error ? html`<span class="bad">${error.message}</span>` : ''}
        </p>
      </section>
      <section id="orgs" data-live class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Org</th>
              <th scope="col">State</th>
              <th scope="col">Flows</th>
              <th scope="col">Last run</th>
              <th scope="col">Next run</th>
            </tr>
          </thead>
          <tbody>
            ${orgs.map(orgRow)}
          </tbody>
        </table>
      </section>`,
  );
}

function orgRow({ worker, status, rows }: OrgSummary): Html {
  const states = countStates(rows).map(([state, count]) => `${String(count)} ${state}`);
  return html`<tr>
    <th scope="row"><a href="/orgs/${worker.org}">${worker.org}</a></th>
    <td>${status ? stateMark(status.state) : 'unknown'} ${status?.reason ?? ''}</td>
    <td>${states.length === 0 ? 'none recorded yet' : states.join(', ')}</td>
    <td>${lastRun(worker.last)}</td>
    <td>${nextRun(worker)}</td>
  </tr>`;
}

function lastRun(run: RunEntry | undefined): Html {
  if (!run) return html`<span class="soft">none yet</span>`;
  return html`${instant(run.startedAt)}<br />${run.error ? html`<span class="bad">${run.error.message}</span>` : run.summary}`;
}

function nextRun({ runningSince, nextRunAt, waiting }: WorkerView): Html {
  if (runningSince !== undefined) return html`at work since ${instant(runningSince)}`;
  return waiting ? html`waits for git, or for its turn` : instant(nextRunAt);
}

export interface OrgPageParts extends OrgSummary {
  readonly runs: readonly RunEntry[];
  readonly filter: FlowFilter;
  /** Those that pass the filter. */
  readonly found: readonly FlowRow[];
  /** From 1. */
  readonly page: number;
}

export function orgPage(parts: OrgPageParts, visitor: Visitor): Html {
  const { worker, status, runs } = parts;
  const { org } = worker;
  return layout(
    org,
    visitor,
    html`<h1>${org}</h1>
      <section id="org" data-live>
        <p>${status ? stateMark(status.state) : 'unknown'} ${status?.reason ?? ''}</p>
        <dl>
          <dt>Last run</dt>
          <dd>${lastRun(worker.last)}</dd>
          <dt>Next run</dt>
          <dd>${nextRun(worker)}</dd>
        </dl>
        ${waitingList(org, worker.last)}
      </section>
      ${visitor.mayAct ? html`<form method="post" action="/orgs/${org}/run"><button>Run now</button></form>` : ''}
      <h2>Runs</h2>
      <section id="charts" data-live>${runCharts(runs)}</section>
      <h2>Flows</h2>
      ${filterForm(parts)}
      <section id="flows" data-live>${flowTable(parts)}</section>
      <h2>Last runs</h2>
      <section id="runs" data-live class="scroll">${runTable(runs.slice(0, 20))}</section>`,
  );
}

function waitingList(org: string, run: RunEntry | undefined): Html | '' {
  const held = run?.held === undefined ? '' : html`<p class="warn">Held: ${run.held}</p>`;
  if (!run || run.waiting.length === 0) return held;
  const items = run.waiting.map(
    ({ flowId, name, status, reason }) =>
      html`<li><a href="/orgs/${org}/flows/${flowId}">${name}</a> ${status}: ${reason ?? ''}</li>`,
  );
  return html`${held}
    <p>Waiting since the last run:</p>
    <ul>
      ${items}
    </ul>`;
}

function filterForm({ worker, rows, filter }: OrgPageParts): Html {
  const options = countStates(rows).map(
    ([state, count]) =>
      html`<option value="${state}" ${filter.state === state ? html` selected` : ''}>
        ${state} (${String(count)})
      </option>`,
  );
  return html`<form class="row" method="get" action="/orgs/${worker.org}" role="search">
    <label>Name, id or file <input type="search" name="q" value="${filter.q}" /></label>
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

function flowTable({ worker, found, page, filter }: OrgPageParts): Html {
  const shown = found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
  if (shown.length === 0) return html`<p>No flow.</p>`;
  const first = (page - 1) * PAGE_SIZE + 1;
  const link = (to: number, text: string): Html => {
    const query = new URLSearchParams({ ...filter, page: String(to) });
    return html`<a href="/orgs/${worker.org}?${query.toString()}">${text}</a>`;
  };
  return html`<p class="soft">
      ${String(first)} to ${String(first + shown.length - 1)} of ${String(found.length)}
      ${page > 1 ? link(page - 1, 'previous') : ''}
      ${page * PAGE_SIZE < found.length ? link(page + 1, 'next') : ''}
    </p>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">Flow</th>
            <th scope="col">State</th>
            <th scope="col">Since</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          ${shown.map((row) => flowRow(worker.org, row))}
        </tbody>
      </table>
    </div>`;
}

function flowRow(org: string, { flowId, name, state, since, why, file }: FlowRow): Html {
  return html`<tr>
    <td>
      <a href="/orgs/${org}/flows/${flowId}">${name}</a><br /><span class="soft"
        ><code>${file}</code></span
      >
    </td>
    <td>${stateMark(state)}</td>
    <td class="nowrap">${instant(since)}</td>
    <td>${why ?? ''}</td>
  </tr>`;
}

function runTable(runs: readonly RunEntry[]): Html {
  const rows = runs.map(
    ({ startedAt, durationMs, revision, summary, error, runId }) =>
      html`<tr>
        <td class="nowrap">
          ${instant(startedAt)}<br /><span class="soft"><code>${runId}</code></span>
        </td>
        <td>${(durationMs / 1000).toFixed(1)} s</td>
        <td><code>${revision.slice(0, 10)}</code></td>
        <td>${error ? html`<span class="bad">${error.message}</span>` : summary}</td>
      </tr>`,
  );
  return html`<table>
    <thead>
      <tr>
        <th scope="col">Began</th>
        <th scope="col">Took</th>
        <th scope="col">Revision</th>
        <th scope="col">Ended</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}
