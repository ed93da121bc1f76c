import { html } from 'hono/html';
import type { OutcomeStatus } from '../../domain/outcome.ts';
import type { RunEntry } from '../../domain/trigger.ts';
import type { Html } from './html.ts';
import { kindOf } from './state-mark.ts';
import type { StateKind } from './state-mark.ts';

interface Part {
  readonly value: number;
  readonly kind: StateKind | '';
}

interface Bar {
  /** From the bottom up. */
  readonly parts: readonly Part[];
  /** What it says when pointed at. */
  readonly title: string;
}

interface Chart {
  readonly caption: string;
  readonly unit: string;
  readonly bars: readonly Bar[];
  /** What it says below the first and the last bar. */
  readonly span: readonly [string, string];
}

const WIDTH = 320;
const HEIGHT = 124;
/** Room for the numbers on the left, and for the times below. */
const LEFT = 30;
const TOP = 8;
const BASE = 104;
const MAX_BARS = 60;
/** As many bars have room at least, so that the first one of an org is no wall. */
const MIN_BARS = 24;

const KINDS = ['good', 'warn', 'bad'] as const;

/** Drift, latency and outcomes over the last runs, oldest on the left. */
export function runCharts(newestFirst: readonly RunEntry[]): Html {
  const runs = newestFirst.slice(0, MAX_BARS).toReversed();
  const span = [shortOf(runs[0]), shortOf(runs.at(-1))] as const;
  const drift = runs.map((run): Bar => {
    const value = run.counts?.changes ?? 0;
    const kind = value === 0 ? 'good' : 'warn';
    return { parts: [{ value, kind }], title: `${at(run)}: ${String(value)} flows differed` };
  });
  const seconds = runs.map((run): Bar => {
    const value = run.durationMs / 1000;
    return { parts: [{ value, kind: '' }], title: `${at(run)}: ${value.toFixed(1)} s` };
  });
  return html`<div class="charts">
    ${chart({ caption: 'Flows that differed', unit: '', bars: drift, span })}
    ${chart({ caption: 'Flows worked on', unit: '', bars: runs.map(outcomeBar), span })}
    ${chart({ caption: 'How long runs took', unit: ' s', bars: seconds, span })}
  </div>`;
}

function outcomeBar(run: RunEntry): Bar {
  const counts = Object.entries(run.outcomes) as [OutcomeStatus, number][];
  const told = counts.map(([status, count]) => `${String(count)} ${status}`).join(', ');
  const parts = KINDS.map((kind) => ({
    kind,
    value: counts.reduce((sum, [status, n]) => (kindOf(status) === kind ? sum + n : sum), 0),
  })).filter(({ value }) => value > 0);
  const failed: Part[] = run.error ? [{ kind: 'bad', value: 0 }] : [{ kind: 'good', value: 0 }];
  const title = `${at(run)}: ${told === '' ? (run.error?.message ?? run.summary) : told}`;
  return { parts: parts.length > 0 ? parts : failed, title };
}

function chart({ caption, unit, bars, span }: Chart): Html {
  const highest = Math.max(0, ...bars.map(sumOf));
  const top = niceTop(highest);
  const step = (WIDTH - LEFT) / Math.max(MIN_BARS, bars.length);
  const last = bars.at(-1);
  const label = `${caption}: ${String(bars.length)} runs, at most ${shown(highest)}${unit}${last ? `, the last ${shown(sumOf(last))}${unit}` : ''}`;
  const lines = [0, top / 2, top].map((value) => {
    const y = BASE - (value / top) * (BASE - TOP);
    return html`<line class="axis" x1="${LEFT}" y1="${y}" x2="${WIDTH}" y2="${y}" /><text
        class="tick"
        x="${LEFT - 5}"
        y="${y + 3}"
        text-anchor="end"
      >
        ${shown(value)}
      </text>`;
  });
  return html`<figure>
    <figcaption>
      ${caption} <span>${last ? `last: ${shown(sumOf(last))}${unit}` : 'no run yet'}</span>
    </figcaption>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">
      ${lines} ${bars.map((bar, i) => stack(bar, { x: LEFT + i * step, width: step * 0.78, top }))}
      <text class="tick" x="${LEFT}" y="${HEIGHT - 5}">${span[0]}</text>
      <text class="tick" x="${WIDTH}" y="${HEIGHT - 5}" text-anchor="end">${span[1]}</text>
    </svg>
  </figure>`;
}

function stack(
  { parts, title }: Bar,
  place: { readonly x: number; readonly width: number; readonly top: number },
): Html {
  let y = BASE;
  return html`<g
    ><title>${title}</title>${parts.map(({ value, kind }) => {
      // what is nothing is still seen to be there
      const height = Math.max(1.5, (value / place.top) * (BASE - TOP));
      y -= height;
      return html`<rect
        class="bar ${kind}"
        x="${place.x.toFixed(1)}"
        y="${y.toFixed(1)}"
        width="${place.width.toFixed(1)}"
        height="${height.toFixed(1)}"
      />`;
    })}</g
  >`;
}

function sumOf({ parts }: Bar): number {
  return parts.reduce((sum, { value }) => sum + value, 0);
}

/** The next of 1, 2, 4, 6, 8 times a power of ten, and 1 at least: its half is a number that people read. */
function niceTop(highest: number): number {
  if (highest <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(highest));
  return ([1, 2, 4, 6, 8].find((n) => n * power >= highest) ?? 10) * power;
}

function at({ startedAt }: RunEntry): string {
  return new Date(startedAt).toISOString().slice(0, 19).replace('T', ' ');
}

/** `24 Nov 09:00` */
function shortOf(run: RunEntry | undefined): string {
  if (!run) return '';
  const [, month = 0, day = 0] = at(run).slice(0, 10).split('-').map(Number);
  return `${String(day)} ${MONTHS.slice(month * 3 - 3, month * 3)} ${at(run).slice(11, 16)}`;
}

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

function shown(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}
