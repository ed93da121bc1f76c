import type { AgeClass, DayOfDrift, DayOfWrites } from './drift-report.ts';
import { html } from './html-text.ts';

const WIDTH = 720;
const BAR_HEIGHT = 22;
const LABEL_WIDTH = 120;
const DAYS_HEIGHT = 120;
const MOST_DAYS = 30;

/** How long drift has stood, as bars with their numbers; readable in black and white. */
export function ageChart(ages: readonly AgeClass[]): string {
  const most = Math.max(1, ...ages.map(({ flows }) => flows));
  const room = WIDTH - LABEL_WIDTH - 60;
  const bars = ages.map(({ name, flows }, i) => {
    const y = i * BAR_HEIGHT;
    const width = Math.round((flows / most) * room);
    const middle = String(y + 15);
    return [
      `<text x="${String(LABEL_WIDTH - 8)}" y="${middle}" text-anchor="end">${html(name)}</text>`,
      `<rect x="${String(LABEL_WIDTH)}" y="${String(y + 3)}" width="${String(width)}" height="16" class="drift"/>`,
      `<text x="${String(LABEL_WIDTH + width + 6)}" y="${middle}">${String(flows)}</text>`,
    ].join('');
  });
  return svg('Age of drift: flows by how long they have differed', ages.length * BAR_HEIGHT, bars);
}

/** What was written on each day: drift corrected, commits applied, failures, stacked. */
export function writesChart(days: readonly DayOfWrites[]): string {
  const most = Math.max(1, ...days.map(({ drift, commits, failed }) => drift + commits + failed));
  const step = WIDTH / Math.max(1, days.length);
  const bars = days.flatMap(({ day, drift, commits, failed }, i) => {
    let y = DAYS_HEIGHT;
    const title = `${day}: ${String(drift)} drift corrected, ${String(commits)} changes applied, ${String(failed)} failed`;
    const parts = [
      ['drift', drift],
      ['commits', commits],
      ['failed', failed],
    ] as const;
    const rects = parts.map(([kind, count]) => {
      const height = Math.round((count / most) * DAYS_HEIGHT);
      y -= height;
      return height === 0
        ? ''
        : `<rect x="${(i * step + 2).toFixed(1)}" y="${String(y)}" width="${(step - 4).toFixed(1)}" height="${String(height)}" class="${kind}"/>`;
    });
    return [`<g><title>${html(title)}</title>${rects.join('')}</g>`];
  });
  return svg('What was written on each of the last days', DAYS_HEIGHT + 22, [
    ...bars,
    ...daysAxis(days, `highest day: ${String(most)}`),
  ]);
}

/** How many flows differed at the end of each day. */
export function trendChart(days: readonly DayOfDrift[]): string {
  const most = Math.max(1, ...days.map(({ flows }) => flows));
  const step = WIDTH / Math.max(MOST_DAYS, days.length);
  // the last day stands at the right, however few are known
  const from = WIDTH - step * days.length;
  const bars = days.map(({ day, flows }, i) => {
    const height = Math.round((flows / most) * DAYS_HEIGHT);
    const title = `<title>${html(`${day}: ${String(flows)} differed`)}</title>`;
    if (height === 0) return `<g>${title}</g>`;
    const rect = `<rect x="${(from + i * step + 2).toFixed(1)}" y="${String(DAYS_HEIGHT - height)}" width="${(step - 4).toFixed(1)}" height="${String(height)}" class="drift"/>`;
    return `<g>${title}${rect}</g>`;
  });
  return svg('How many flows differed at the end of each day', DAYS_HEIGHT + 22, [
    ...bars,
    ...daysAxis(days, `most: ${String(most)}`, from),
  ]);
}

function daysAxis(
  days: readonly { readonly day: string }[],
  middle: string,
  from = 0,
): readonly string[] {
  const y = String(DAYS_HEIGHT);
  const below = String(DAYS_HEIGHT + 16);
  return [
    `<line x1="0" y1="${y}" x2="${String(WIDTH)}" y2="${y}" class="axis"/>`,
    `<text x="${String(Math.round(Math.min(from, WIDTH - 200)))}" y="${below}">${html(days[0]?.day ?? '')}</text>`,
    `<text x="${String(WIDTH)}" y="${below}" text-anchor="end">${html(days.at(-1)?.day ?? '')}</text>`,
    `<text x="${String(WIDTH / (from > WIDTH / 3 ? 4 : 2))}" y="${below}" text-anchor="middle">${html(middle)}</text>`,
  ];
}

function svg(label: string, height: number, parts: readonly string[]): string {
  return `<svg role="img" aria-label="${html(label)}" viewBox="0 0 ${String(WIDTH)} ${String(height)}" xmlns="http://www.w3.org/2000/svg">${parts.join('')}</svg>`;
}
