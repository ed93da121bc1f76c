import { html } from 'hono/html';
import type { RunEntry } from '../../domain/trigger.ts';
import type { Html } from './layout.ts';

interface Bar {
  readonly value: number;
  readonly kind: '' | 'good' | 'warn' | 'bad';
  /** What it says when pointed at. */
  readonly title: string;
}

const WIDTH = 300;
const HEIGHT = 94;
const BASE = 76;
const MAX_BARS = 60;

/** Drift, latency and outcomes over the last runs, oldest on the left. */
export function runCharts(newestFirst: readonly RunEntry[]): Html {
  const runs = newestFirst.slice(0, MAX_BARS).toReversed();
  const at = ({ startedAt }: RunEntry): string => new Date(startedAt).toISOString().slice(0, 19);
  const drift = runs.map((run): Bar => {
    const changes = run.counts?.changes ?? 0;
    const title = `${at(run)}: ${String(changes)} flows differed`;
    return { value: changes, kind: changes === 0 ? 'good' : 'warn', title };
  });
  const seconds = runs.map((run): Bar => {
    const title = `${at(run)}: ${(run.durationMs / 1000).toFixed(1)} s`;
    return { value: run.durationMs / 1000, kind: '', title };
  });
  const outcomes = runs.map((run): Bar => {
    const counts = Object.entries(run.outcomes);
    const told = counts.map(([status, count]) => `${String(count)} ${status}`).join(', ');
    const total = counts.reduce((sum, [, count]) => sum + count, 0);
    const kind = run.exitCode === 1 ? 'bad' : run.exitCode === 0 ? 'good' : 'warn';
    return { value: total, kind, title: `${at(run)}: ${told === '' ? run.summary : told}` };
  });
  return html`<div class="charts">
    ${chart('Flows that differed when a run began', drift, '')}
    ${chart('Flows that a run worked on', outcomes, '')}
    ${chart('How long runs took', seconds, ' s')}
  </div>`;
}

function chart(caption: string, bars: readonly Bar[], unit: string): Html {
  const top = Math.max(1, ...bars.map(({ value }) => value));
  const step = WIDTH / Math.max(20, bars.length);
  const last = bars.at(-1);
  const label = `${caption}: ${String(bars.length)} runs, at most ${shown(top)}${unit}${last ? `, the last ${shown(last.value)}${unit}` : ''}`;
  return html`<figure>
    <figcaption>${caption}</figcaption>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">
      <line class="axis" x1="0" y1="${BASE}" x2="${WIDTH}" y2="${BASE}" />
      ${bars.map((bar, i) => rect(bar, { x: i * step, width: step * 0.8, top }))}
      <text class="tick" x="0" y="${HEIGHT - 5}">
        ${bars.length === 0 ? 'no run yet' : `highest ${shown(top)}${unit}`}
      </text>
    </svg>
  </figure>`;
}

function rect(
  bar: Bar,
  place: { readonly x: number; readonly width: number; readonly top: number },
): Html {
  // what is nothing is still seen to be there
  const height = Math.max(1.5, (bar.value / place.top) * (BASE - 6));
  return html`<rect
    class="bar ${bar.kind}"
    x="${place.x.toFixed(1)}"
    y="${(BASE - height).toFixed(1)}"
    width="${place.width.toFixed(1)}"
    height="${height.toFixed(1)}"
    ><title>${bar.title}</title></rect
  >`;
}

function shown(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}
