import type { AgeClass, DayOfWrites } from './drift-report.ts';
import { html } from './html-text.ts';

const WIDTH = 720;
const BAR_HEIGHT = 22;
const LABEL_WIDTH = 120;
const DAYS_HEIGHT = 120;

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
  const first = days[0]?.day ?? '';
  const last = days.at(-1)?.day ?? '';
  const axis = [
    `<line x1="0" y1="${String(DAYS_HEIGHT)}" x2="${String(WIDTH)}" y2="${String(DAYS_HEIGHT)}" class="axis"/>`,
    `<text x="0" y="${String(DAYS_HEIGHT + 16)}">${html(first)}</text>`,
    `<text x="${String(WIDTH)}" y="${String(DAYS_HEIGHT + 16)}" text-anchor="end">${html(last)}</text>`,
    `<text x="${String(WIDTH / 2)}" y="${String(DAYS_HEIGHT + 16)}" text-anchor="middle">highest day: ${String(most)}</text>`,
  ];
  return svg('What was written on each of the last days', DAYS_HEIGHT + 22, [...bars, ...axis]);
}

function svg(label: string, height: number, parts: readonly string[]): string {
  return `<svg role="img" aria-label="${html(label)}" viewBox="0 0 ${String(WIDTH)} ${String(height)}" xmlns="http://www.w3.org/2000/svg">${parts.join('')}</svg>`;
}
