import { html } from 'hono/html';
import type { RunEntry } from '../../domain/trigger.ts';
import type { OrgStatus } from '../../domain/org-status.ts';
import type { FlowState } from '../../domain/flow-status.ts';
import type { WorkerView } from '../../engine/loop/org-worker.ts';
import type { LoopView } from '../../engine/loop/run-loop.ts';
import type { Visitor } from '../access.ts';
import { countStates } from '../flow-rows.ts';
import type { FlowRow } from '../flow-rows.ts';
import { instant, layout, table, tile } from './layout.ts';
import type { Html } from './html.ts';
import { kindOf, stateMark, stateShares } from './state-mark.ts';

export interface OrgSummary {
  readonly worker: WorkerView;
  readonly status: OrgStatus | undefined;
  readonly rows: readonly FlowRow[];
}

/** All orgs, and what git was last seen at. */
export function overviewPage(view: LoopView, orgs: readonly OrgSummary[], visitor: Visitor): Html {
  return layout(
    'Orgs',
    visitor,
    html`<div class="title"><h1>Orgs</h1></div>
      <section id="head" data-live>${gitLine(view)} ${overviewTiles(orgs)}</section>
      <section id="orgs" data-live class="card">${orgTable(orgs)}</section>`,
  );
}

function gitLine({ head: { pinned, lookedAt, error } }: LoopView): Html {
  return html`<p class="soft">
      ${pinned ? html`git is at <code>${pinned.revision.slice(0, 10)}</code>, seen ${instant(lookedAt)}` : 'git was not read yet'}
    </p>
    ${error ? html`<p class="card note bad"><strong>git cannot be read:</strong> ${error.message}</p>` : ''}`;
}

function overviewTiles(orgs: readonly OrgSummary[]): Html {
  const counts = countStates(orgs.flatMap(({ rows }) => rows));
  const flows = counts.reduce((sum, [, count]) => sum + count, 0);
  return html`<div class="tiles">
    ${tile(String(orgs.length), orgs.length === 1 ? 'org' : 'orgs')}
    ${tile(String(flows), 'flows in git')} ${stateTiles(counts)}
  </div>`;
}

/** How many are well, how many wait, and how many need somebody. */
export function stateTiles(counts: readonly (readonly [FlowState, number])[]): Html {
  const of = (kind: string): number =>
    counts.reduce((sum, [state, count]) => (kindOf(state) === kind ? sum + count : sum), 0);
  const [good, bad] = [of('good'), of('bad')];
  const open = of('warn') + of('idle');
  return html`${tile(String(good), 'in sync', 'good')}
  ${tile(String(open), 'differ or wait', open > 0 ? 'warn' : '')}
  ${tile(String(bad), 'need a person', bad > 0 ? 'bad' : '')}`;
}

const COLUMNS = [
  { text: 'Org' },
  { text: 'State' },
  { text: 'Flows' },
  { text: 'Last run', kind: 'wide' },
  { text: 'Next run', kind: 'wide' },
] as const;

function orgTable(orgs: readonly OrgSummary[]): Html {
  return table('Orgs', COLUMNS, orgs.map(orgRow));
}

function orgRow({ worker, status, rows }: OrgSummary): Html {
  return html`<tr>
    <th scope="row"><a href="/orgs/${worker.org}">${worker.org}</a></th>
    <td>
      ${status ? stateMark(status.state) : html`<span class="soft">not read yet</span>`}
      ${status?.reason === undefined ? '' : html`<div class="small">${status.reason}</div>`}
    </td>
    <td>${stateShares(countStates(rows))}</td>
    <td class="wide">${lastRun(worker.last)}</td>
    <td class="wide">${nextRun(worker)}</td>
  </tr>`;
}

export function lastRun(run: RunEntry | undefined): Html {
  if (!run) return html`<span class="soft">none yet</span>`;
  return html`${instant(run.startedAt)}
    <div class="small">
      ${run.error ? html`<span class="bad">${run.error.message}</span>` : run.summary}
    </div>`;
}

export function nextRun({ runningSince, nextRunAt, waiting }: WorkerView): Html {
  if (runningSince !== undefined) return html`at work since ${instant(runningSince)}`;
  return waiting ? html`waits for git, or for its turn` : instant(nextRunAt);
}
