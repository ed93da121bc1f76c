import { html } from 'hono/html';
import type { FlowFilter, FlowRow } from '../flow-rows.ts';
import { instant, table } from './layout.ts';
import type { Html } from './html.ts';
import { stateMark } from './state-mark.ts';

/** Flows on one page of the list. */
export const PAGE_SIZE = 100;

interface FlowList {
  readonly worker: { readonly org: string };
  readonly filter: FlowFilter;
  /** Those that pass the filter. */
  readonly found: readonly FlowRow[];
  /** From 1. */
  readonly page: number;
}

const COLUMNS = [
  { text: 'Flow' },
  { text: 'State' },
  { text: 'Since', kind: 'wide' },
  { text: 'Why', kind: 'wide' },
] as const;

/** One page of the flows that pass a filter. */
export function flowTable({ worker: { org }, found, page, filter }: FlowList): Html {
  const shown = found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
  if (shown.length === 0) return html`<p role="status">No flow.</p>`;
  const first = (page - 1) * PAGE_SIZE + 1;
  const link = (to: number, text: string): Html => {
    const query = new URLSearchParams({ ...filter, page: String(to) });
    return html`<a href="/orgs/${org}?${query.toString()}">${text}</a>`;
  };
  const rows = shown.map((row) => flowRow(org, row));
  return html`<p class="soft small" role="status">
      ${String(first)} to ${String(first + shown.length - 1)} of ${String(found.length)}
    </p>
    <div class="flows">${table('Flows', COLUMNS, rows)}</div>
    <p>
      ${page > 1 ? link(page - 1, 'previous') : ''}
      ${page * PAGE_SIZE < found.length ? link(page + 1, 'next') : ''}
    </p>`;
}

function flowRow(org: string, { flowId, name, state, since, why, file }: FlowRow): Html {
  return html`<tr>
    <td>
      <a href="/orgs/${org}/flows/${flowId}">${name}</a>
      <div class="soft small wide"><code>${file}</code></div>
    </td>
    <td>${stateMark(state)}</td>
    <td class="wide">${instant(since)}</td>
    <td class="wide">${why ?? ''}</td>
  </tr>`;
}
