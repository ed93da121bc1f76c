import { html } from 'hono/html';
import type { HistoryEntry } from '../../app/flow-history.ts';
import type { FlowStatus } from '../../domain/flow-status.ts';
import { instant, pointer, table, valueOf } from './layout.ts';
import type { Html } from './html.ts';
import { kindOf, stateMark } from './state-mark.ts';

/** What is on the page before somebody unfolds the rest. */
const SHOWN = 20;

/** Audit records of one flow, newest first, as what happened when and by whom. */
export function timeline(entries: readonly HistoryEntry[]): Html {
  if (entries.length === 0) return html`<p class="soft">flowkeeper has never written to it.</p>`;
  const older = entries.slice(SHOWN);
  const rest =
    older.length === 0
      ? ''
      : html`<details data-name="older">
          <summary>${String(older.length)} older</summary>
          <ol class="timeline">
            ${older.map(entryItem)}
          </ol>
        </details>`;
  return html`<ol class="timeline">
      ${entries.slice(0, SHOWN).map(entryItem)}
    </ol>
    ${rest}`;
}

function entryItem(entry: HistoryEntry): Html {
  const { fields, reason, code } = entry;
  const why = [reason, code].filter((text) => text !== undefined).join(' ');
  return html`<li class="${kindOf(entry.status)}">
    <div class="head">
      ${stateMark(entry.status)} ${instant(entry.at)}
      <span class="soft small">record ${String(entry.seq)}, <code>${entry.event}</code></span>
    </div>
    ${fields.map(fieldLine)} ${why === '' ? '' : html`<div>${why}</div>`}
    <div class="soft small">${whoAndFor(entry)}</div>
    ${steps(entry)}
  </li>`;
}

function fieldLine({ path, before, after }: HistoryEntry['fields'][number]): Html {
  return html`<div>
    ${pointer(path)}: <code class="was">${valueOf(before)}</code> →
    <code class="is">${valueOf(after)}</code>
  </div>`;
}

/** Who wrote it, who let it in, who did it by hand, for which commit. */
function whoAndFor(entry: HistoryEntry): Html {
  const { revision, author, by, approvedBy = [], liveChangedBy } = entry;
  const { planApprovedBy = [], freezeOverride } = entry;
  const people = [
    author === null ? '' : `by ${author}`,
    approvedBy.length > 0 ? `let in by ${approvedBy.join(', ')}` : '',
    by === undefined ? '' : `by hand: ${by}`,
    planApprovedBy.length > 0 ? `the plan was approved by ${planApprovedBy.join(', ')}` : '',
    freezeOverride === undefined ? '' : `under the freeze override ${freezeOverride}`,
    liveChangedBy === undefined ? '' : `changed in the org before by ${liveChangedBy}`,
  ].filter((text) => text !== '');
  return html`<code>${revision.slice(0, 10)}</code> ${people.join('; ')}`;
}

function steps({ steps: all, latencyMs }: HistoryEntry): Html | '' {
  const told = Object.entries(all).map(([step, ms]) => `${step} ${String(ms)} ms`);
  if (told.length === 0) return '';
  return html`<div class="soft small">took ${String(latencyMs)} ms: ${told.join(', ')}</div>`;
}

const SNAPSHOT_COLUMNS = [
  { text: 'Version' },
  { text: 'Taken before' },
  { text: 'On the status branch' },
] as const;

/** The settings that were stored before each write. */
export function snapshotTable({ org, flowId }: FlowStatus, entries: readonly HistoryEntry[]): Html {
  const rows = entries.flatMap(({ snapshot, versionBefore, at }) => {
    if (snapshot === undefined || versionBefore === undefined) return [];
    const version = String(versionBefore);
    const href = `/api/v1/orgs/${org}/flows/${flowId}/snapshots/${version}`;
    return [
      html`<tr>
        <td><a href="${href}">version ${version}</a></td>
        <td>${instant(at)}</td>
        <td><code>${snapshot}</code></td>
      </tr>`,
    ];
  });
  if (rows.length === 0) return html`<p class="soft">None: nothing was written yet.</p>`;
  return table('Snapshots', SNAPSHOT_COLUMNS, rows);
}
