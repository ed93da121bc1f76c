import { html } from 'hono/html';
import type { HistoryEntry } from '../../app/flow-history.ts';
import type { FlowStatus } from '../../domain/flow-status.ts';
import type { Visitor } from '../access.ts';
import { crumbs, instant, layout, pointer, table, valueOf } from './layout.ts';
import type { Html } from './html.ts';
import { stateMark } from './state-mark.ts';
import { flowActions } from './flow-actions.ts';
import { snapshotTable, timeline } from './timeline.ts';

export interface FlowPageParts {
  readonly status: FlowStatus;
  /** Newest first; undefined: not read, `historyError` says why. */
  readonly history?: readonly HistoryEntry[];
  readonly historyError?: string;
  /** Epoch ms. */
  readonly now: number;
}

/** One flow: what differs, what holds of it, what was written to it and which snapshots there are. */
export function flowPage(parts: FlowPageParts, visitor: Visitor): Html {
  const { status } = parts;
  const { org, flowId, name = flowId } = status;
  return layout(
    name,
    visitor,
    html`${crumbs({ href: '/', text: 'Orgs' }, { href: `/orgs/${org}`, text: org })}
      <section id="flow" data-live>
        ${heading(status)}
        <div class="card">
          <h2>What differs</h2>
          ${differences(status)}
        </div>
        <div class="columns">
          <div class="card">
            <h2>Conditions</h2>
            ${conditions(status)}
          </div>
          <div class="card">
            <h2>About</h2>
            ${facts(status)}
          </div>
        </div>
      </section>
      ${visitor.mayAct ? flowActions(parts) : ''}
      <div class="card">
        <h2>Timeline</h2>
        <p class="soft small">As the audit on the status branch has it, newest first.</p>
        <div id="history" data-live>${history(parts)}</div>
      </div>
      <div class="card">
        <h2>Snapshots</h2>
        <div id="snapshots" data-live>${snapshotTable(parts.status, parts.history ?? [])}</div>
      </div>`,
  );
}

function heading({ name, flowId, state, since, suspended }: FlowStatus): Html {
  const byHand = suspended
    ? html`<p class="card note">
        <strong>Left alone</strong> until ${instant(suspended.until)}, asked for by ${suspended.by}:
        ${suspended.reason}
      </p>`
    : '';
  return html`<div class="title">
      <h1>${name ?? flowId}</h1>
      ${stateMark(state)}
    </div>
    <p class="soft">since ${instant(since)}</p>
    ${byHand}`;
}

function facts(status: FlowStatus): Html {
  return html`<dl>
    <dt>Id</dt>
    <dd><code>${status.flowId}</code></dd>
    <dt>File</dt>
    <dd><code>${status.file}</code></dd>
    <dt>Live version</dt>
    <dd>${String(status.liveVersion ?? 'unknown')}</dd>
    <dt>Desired since</dt>
    <dd><code>${status.desiredRevision.slice(0, 10)}</code></dd>
    <dt>Last applied</dt>
    <dd><code>${status.lastAppliedRevision?.slice(0, 10) ?? 'never'}</code></dd>
  </dl>`;
}

const CONDITION_COLUMNS = [
  { text: 'Condition' },
  { text: 'Holds' },
  { text: 'Why' },
  { text: 'Since', kind: 'wide' },
] as const;

function conditions({ conditions: all }: FlowStatus): Html {
  const rows = all.map(
    ({ type, status, reason, message, since }) =>
      html`<tr>
        <th scope="row">${type}</th>
        <td>${status ? 'yes' : 'no'}</td>
        <td>${message === undefined ? reason : `${reason}: ${message}`}</td>
        <td class="wide">${instant(since)}</td>
      </tr>`,
  );
  return table('Conditions', CONDITION_COLUMNS, rows);
}

const DIFFERENCE_COLUMNS = [
  { text: 'Field' },
  { text: 'Live' },
  { text: 'In git' },
  { text: 'Who moved', kind: 'wide' },
] as const;

const MOVED: Readonly<Record<FlowStatus['differences'][number]['cause'], string>> = {
  'live-changed': 'the org',
  'desired-changed': 'git',
  'both-changed': 'both',
};

function differences({ differences: all }: FlowStatus): Html {
  if (all.length === 0) return html`<p class="good">Nothing: the org is as git says.</p>`;
  const rows = all.map(
    ({ path, live, desired, cause }) =>
      html`<tr>
        <td>${pointer(path)}</td>
        <td><code class="was">${valueOf(live)}</code></td>
        <td><code class="is">${valueOf(desired)}</code></td>
        <td class="wide">${MOVED[cause]} <span class="soft small">(${cause})</span></td>
      </tr>`,
  );
  return table('What differs', DIFFERENCE_COLUMNS, rows);
}

function history({ history: entries, historyError }: FlowPageParts): Html {
  if (!entries) return html`<p class="warn">${historyError ?? 'not read'}</p>`;
  return timeline(entries);
}
