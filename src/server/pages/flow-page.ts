import { html } from 'hono/html';
import type { HistoryEntry } from '../../app/flow-history.ts';
import type { FlowStatus } from '../../domain/flow-status.ts';
import type { Json } from '../../domain/json.ts';
import { showValue } from '../../plan/show-value.ts';
import type { Visitor } from '../access.ts';
import { instant, layout, stateMark } from './layout.ts';
import type { Html } from './layout.ts';

export interface FlowPageParts {
  readonly status: FlowStatus;
  /** Newest first; undefined: not read, `historyError` says why. */
  readonly history?: readonly HistoryEntry[];
  readonly historyError?: string;
}

/** One flow: what differs, what holds of it, what was written to it and which snapshots there are. */
export function flowPage(parts: FlowPageParts, visitor: Visitor): Html {
  const { status } = parts;
  const { org, flowId, name = flowId } = status;
  return layout(
    name,
    visitor,
    html`<p><a href="/orgs/${org}">${org}</a></p>
      <h1>${name}</h1>
      <section id="flow" data-live>
        <p>${stateMark(status.state)} since ${instant(status.since)}</p>
        <dl>
          <dt>Id</dt>
          <dd><code>${flowId}</code></dd>
          <dt>File</dt>
          <dd><code>${status.file}</code></dd>
          <dt>Live version</dt>
          <dd>${String(status.liveVersion ?? 'unknown')}</dd>
          <dt>Desired since</dt>
          <dd><code>${status.desiredRevision.slice(0, 10)}</code></dd>
          <dt>Last applied</dt>
          <dd><code>${status.lastAppliedRevision?.slice(0, 10) ?? 'never'}</code></dd>
        </dl>
        <h2>Conditions</h2>
        <div class="scroll">${conditions(status)}</div>
        <h2>What differs</h2>
        <div class="scroll">${differences(status)}</div>
      </section>
      ${visitor.mayAct ? html`<form method="post" action="/orgs/${org}/flows/${flowId}/retry"><button>Try again what is held back</button></form>` : ''}
      <h2>What was written</h2>
      <section id="history" data-live class="scroll">${history(parts)}</section>`,
  );
}

function conditions({ conditions: all }: FlowStatus): Html {
  const rows = all.map(
    ({ type, status, reason, message, since }) =>
      html`<tr>
        <th scope="row">${type}</th>
        <td>${status ? 'yes' : 'no'}</td>
        <td>${message === undefined ? reason : `${reason}: ${message}`}</td>
        <td class="nowrap">${instant(since)}</td>
      </tr>`,
  );
  return html`<table>
    <thead>
      <tr>
        <th scope="col">Condition</th>
        <th scope="col">Holds</th>
        <th scope="col">Why</th>
        <th scope="col">Since</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

function differences({ differences: all }: FlowStatus): Html {
  if (all.length === 0) return html`<p class="good">Nothing.</p>`;
  const rows = all.map(
    ({ path, live, desired, cause }) =>
      html`<tr>
        <td><code>${path}</code></td>
        <td><code>${valueOf(live)}</code></td>
        <td><code>${valueOf(desired)}</code></td>
        <td>${cause}</td>
      </tr>`,
  );
  return html`<table>
    <thead>
      <tr>
        <th scope="col">Field</th>
        <th scope="col">Live</th>
        <th scope="col">git</th>
        <th scope="col">Who moved</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

function history({ history: entries, historyError }: FlowPageParts): Html {
  if (!entries) return html`<p class="warn">${historyError ?? 'not read'}</p>`;
  if (entries.length === 0) return html`<p>flowkeeper has never written to it.</p>`;
  const rows = entries.map(
    (entry) =>
      html`<tr>
        <td class="nowrap">
          ${instant(entry.at)}<br /><span class="soft"><code>${entry.runId}</code></span>
        </td>
        <td>
          ${entry.status} in ${String(entry.latencyMs)} ms<br /><span class="soft"
            >${steps(entry)}</span
          >
        </td>
        <td>
          ${entry.fields.map(({ path, before, after }) => html`<div><code>${path}</code>: <code>${valueOf(before)}</code> → <code>${valueOf(after)}</code></div>`)}
        </td>
        <td>
          <code>${entry.revision.slice(0, 10)}</code>
          ${entry.author ?? ''}${entry.by === undefined ? '' : html`<br />by hand: ${entry.by}`}
        </td>
        <td>${entry.snapshot === undefined ? '' : html`<code>${entry.snapshot}</code>`}</td>
      </tr>`,
  );
  return html`<table>
    <thead>
      <tr>
        <th scope="col">When</th>
        <th scope="col">Ended</th>
        <th scope="col">Fields</th>
        <th scope="col">For</th>
        <th scope="col">Snapshot before</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

function steps({ steps: all }: HistoryEntry): string {
  return Object.entries(all)
    .map(([step, ms]) => `${step} ${String(ms)}`)
    .join(', ');
}

function valueOf(value: Json | undefined): string {
  return value === undefined ? 'absent' : showValue(value);
}
