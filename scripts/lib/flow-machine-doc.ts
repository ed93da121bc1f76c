import { FLOW_MACHINE } from '../../src/engine/flow-machine.ts';
import { alignedTable } from './markdown.ts';

const INTRODUCTION = `# One flow, one run

What happens to one flow whose live settings differ from git's. Each box is a step; what stands at an arrow is
what the step reports, and where the arrow leads is decided by one table, \`src/engine/flow-machine.ts\`, which is
the program itself. Every transition is on the disk before the next step starts. \`recover\` is where the next run
goes on with an attempt whose process died.

This page is made from the table by \`npm run generate\`.
`;

/** docs/flow-machine.md: the machine that runs, as a diagram and as a table. */
export function renderFlowMachineDoc(): string {
  return [INTRODUCTION, '```mermaid', ...diagram(), '```', '', ...table(), ''].join('\n');
}

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
  return alignedTable([['step', 'reports', 'next (an end is bold)'], ...rows]);
}
