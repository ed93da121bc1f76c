import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { FLOW_MACHINE } from '../../src/engine/flow-machine.ts';

const DOC = new URL('../../docs/flow-machine.md', import.meta.url);

const INTRODUCTION = `# One flow, one run

What happens to one flow whose live settings differ from git's. Each box is a step; what stands at an arrow is
what the step reports, and where the arrow leads is decided by one table, \`src/engine/flow-machine.ts\`, which is
the program itself. Every transition is on the disk before the next step starts. \`recover\` is where the next run
goes on with an attempt whose process died.

This page is made from the table: \`UPDATE_DOCS=1 npm test -- test/docs\` rewrites it.
`;

test('docs/flow-machine.md shows the machine that runs', async () => {
  const doc = [INTRODUCTION, '```mermaid', ...diagram(), '```', '', ...table(), ''].join('\n');
  if (process.env['UPDATE_DOCS']) await writeFile(DOC, doc);
  expect(await readFile(DOC, 'utf8')).toBe(doc);
});

function diagram(): string[] {
  const idOf = (step: string): string => step.replace('end:', '').replaceAll('-', '_');
  const names = new Set(
    Object.entries(FLOW_MACHINE).flatMap(([from, row]) => [from, ...Object.values(row)]),
  );
  const aliases = [...names]
    .filter((name) => idOf(name) !== name)
    .map((name) => `  state "${name.replace('end:', '')}" as ${idOf(name)}`);
  const arrows = Object.entries(FLOW_MACHINE).flatMap(([from, row]) =>
    Object.entries(row).map(([event, to]) => `  ${idOf(from)} --> ${idOf(to)}: ${event}`),
  );
  const ends = [...names]
    .filter((name) => name.startsWith('end:'))
    .map((name) => `  ${idOf(name)} --> [*]`);
  return ['stateDiagram-v2', ...aliases, '  [*] --> gate', '  [*] --> recover', ...arrows, ...ends];
}

function table(): string[] {
  const rows = Object.entries(FLOW_MACHINE).flatMap(([from, row]) =>
    Object.entries(row).map(([event, to]) => {
      const next = to.startsWith('end:') ? `**${to.replace('end:', '')}**` : to;
      return [from, event, next];
    }),
  );
  return aligned([['step', 'reports', 'next (an end is bold)'], ...rows]);
}

/** A table as prettier wants it. */
function aligned([head = [], ...rows]: readonly string[][]): string[] {
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)];
}
