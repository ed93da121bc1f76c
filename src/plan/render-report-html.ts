import type { DriftReport, DriftedFlow } from './drift-report.ts';
import { html } from './html-text.ts';
import { CAUSE_WORDS } from './plan-wording.ts';
import { ageChart, trendChart, writesChart } from './report-charts.ts';
import { reportLists } from './report-lists.ts';
import { showValue } from './show-value.ts';

const STYLE = `
:root { --drift: #b45309; --commits: #2563eb; --failed: #b91c1c; --line: #d4d4d8; --soft: #52525b; }
body { font: 15px/1.5 system-ui, sans-serif; color: #18181b; background: #fff; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; margin: 2rem 0 .25rem } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem } h3 { font-size: 1rem; margin: 1.5rem 0 .25rem }
p.soft, .soft { color: var(--soft) } code { font: .86em ui-monospace, monospace; overflow-wrap: anywhere }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 } th, td { text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); padding: .3rem .5rem .3rem 0 }
dl.numbers { display: flex; flex-wrap: wrap; gap: 1.5rem; margin: 1rem 0 } dl.numbers div { min-width: 6rem } dt { color: var(--soft); font-size: .85rem } dd { margin: 0; font-size: 1.5rem; font-variant-numeric: tabular-nums }
svg { width: 100%; height: auto; font: 12px system-ui, sans-serif } svg .drift { fill: var(--drift) } svg .commits { fill: var(--commits) } svg .failed { fill: var(--failed) } svg .axis { stroke: var(--line) }
.key span::before { content: ""; display: inline-block; width: .7em; height: .7em; margin: 0 .35em 0 1em; background: currentColor } .key .drift { color: var(--drift) } .key .commits { color: var(--commits) } .key .failed { color: var(--failed) }
section.flow { break-inside: avoid } h1, h2, h3 { break-after: avoid } ul { padding-left: 1.2rem }
@media print { body { margin: 0; max-width: none; font-size: 11px } section.org + section.org { break-before: page } a { color: inherit } * { -webkit-print-color-adjust: exact; print-color-adjust: exact } }
`;

/** One file that needs nothing else: no script, no font, no image, no request. */
export function renderReportHtml(reports: readonly DriftReport[]): string {
  const title = `Drift of ${reports.map(({ org }) => org).join(', ')}`;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${html(title)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    ...reports.map(orgOf),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function orgOf(report: DriftReport): string {
  const { org, madeAt, revision, mode, drifted, ages, trend, writes } = report;
  return [
    '<section class="org">',
    `<h1>Drift of ${html(org)}</h1>`,
    `<p class="soft">${html(madeAt)}, against <code>${html(revision.slice(0, 12))}</code>, mode ${mode}</p>`,
    numbersOf(report),
    '<h2>How long they have differed</h2>',
    drifted.length === 0 ? '<p>Nothing differs.</p>' : ageChart(ages),
    ...(trend.length === 0 ? [] : ['<h2>How many differed, day by day</h2>', trendChart(trend)]),
    `<h2>What was written in the last ${String(writes.length)} days</h2>`,
    writesChart(writes),
    '<p class="key soft"><span class="drift">drift corrected</span><span class="commits">changes of commits</span><span class="failed">failed</span></p>',
    ...(drifted.length === 0 ? [] : ['<h2>Flows that differ</h2>', ...drifted.map(flowOf)]),
    ...reportLists(report).flatMap(({ title, items }) => [
      `<h2>${html(title)} (${String(items.length)})</h2>`,
      `<ul>${items.map((item) => `<li><code>${html(item)}</code></li>`).join('')}</ul>`,
    ]),
    '</section>',
  ].join('\n');
}

function numbersOf({ counts, heldBack, suspended }: DriftReport): string {
  const numbers: readonly (readonly [string, number])[] = [
    ['live flows', counts.live],
    ['differ', counts.drifted],
    ['fields', counts.fields],
    ['in sync', counts.inSync],
    ['missing', counts.missing],
    ['unmanaged', counts.unmanaged],
    ['invalid', counts.invalid],
    ['held back', heldBack.length],
    ['suspended', suspended.length],
  ];
  const items = numbers.map(
    ([name, count]) => `<div><dt>${name}</dt><dd>${String(count)}</dd></div>`,
  );
  return `<dl class="numbers">${items.join('')}</dl>`;
}

function flowOf({ name, flowId, file, fields, since, by, held, answers }: DriftedFlow): string {
  const facts = [
    `<code>${html(flowId)}</code> in <code>${html(file)}</code>`,
    ...(since === undefined ? [] : [`since ${html(since)}`]),
    ...(by === undefined ? [] : [`last written by ${html(by)}`]),
  ];
  const rows = fields.map(
    ({ path, live, desired, cause }) =>
      `<tr>${[path, showValue(live), showValue(desired)].map((text) => `<td><code>${html(text)}</code></td>`).join('')}<td>${CAUSE_WORDS[cause]}</td></tr>`,
  );
  const commands = [
    ['correct it', answers.correct],
    ['accept it', answers.accept],
    ['leave it to others for a while', answers.ignore],
  ].map(([what = '', command = '']) => `<li>${what}: <code>${html(command)}</code></li>`);
  return [
    '<section class="flow">',
    `<h3>${html(name)}</h3>`,
    `<p class="soft">${facts.join(', ')}</p>`,
    ...(held === undefined ? [] : [`<p><strong>Held:</strong> ${html(held)}</p>`]),
    `<table><thead><tr><th>field (${String(fields.length)})</th><th>live</th><th>desired</th><th>why</th></tr></thead><tbody>${rows.join('')}</tbody></table>`,
    `<ul>${commands.join('')}</ul>`,
    '</section>',
  ].join('\n');
}
