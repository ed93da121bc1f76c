import { DIAGNOSTIC_CATALOG } from '../../src/domain/diagnostic-codes.ts';
import { ERROR_CATALOG } from '../../src/domain/error-catalog.ts';
import type { CatalogEntry, NextMove } from '../../src/domain/error-catalog.ts';
import type { PlanNotice } from '../../src/domain/plan.ts';
import { alignedTable, asMarkdown } from './markdown.ts';

const INTRODUCTION = `# Errors and diagnostics

Every error is printed as what happened and why, with its code in brackets, and the next step:

\`\`\`text
flowkeeper: the config file flowkeeper.yaml cannot be read: it is not there [config.missing]
  next: Name the file with --config, or let \`flowkeeper init\` write one.
\`\`\`

The words may change, the codes do not. What each state of a flow or an org means is in
[the runbook](runbook.md). This page is made from \`src/domain/error-catalog.ts\` and
\`src/domain/diagnostic-codes.ts\` by \`npm run generate\`.

## Exit codes

Every command ends with one of these. Of several orgs, the first of 1, 4, 3, 2 that one of them has.

- \`0\`: done, nothing differs
- \`1\`: failed
- \`2\`: differences remain (\`plan\`, \`status\`); for \`reconcile\`: a flow is deferred, blocked or missing
- \`3\`: the config or the desired state is invalid
- \`4\`: a gate denied the run

## What happens next

Each code says what flowkeeper itself does when it meets the error:
`;

const MOVES: Readonly<Record<NextMove, string>> = {
  retry: 'it is tried again soon, by the next run at the latest',
  wait: 'nothing is sent until the time that the service, or the other process, asks for is over',
  replan: 'the flow is read again and planned again',
  'read-back':
    'a write may have landed: the flow is read to find out, and nothing is sent again blindly',
  stall: 'this flow is left as it is until a person acts; the others go on',
  stop: 'the run ends',
};

type Titles = Readonly<Record<string, string>>;

const ERROR_AREAS: Titles = {
  api: "The org's API",
  git: 'git',
  config: 'The config file',
  desired: 'The desired state',
  state: 'The state folder',
  snapshot: 'Snapshots',
  gate: 'Gates',
  rollback: 'Rollback by hand',
  run: 'Runs',
  deadline: 'Time limits',
  http: 'The HTTP server of the controller',
  cli: 'The command line',
  simulator: 'The simulator',
  bug: 'Faults of flowkeeper',
};

const DIAGNOSTIC_AREAS: Titles = {
  yaml: 'In any YAML file',
  schema: 'In any file that a schema describes',
  config: 'In flowkeeper.yaml',
  desired: 'In the desired state',
  source: 'What the repository may hold',
};

const DIAGNOSTICS = `## Diagnostics

A fault of a file that a person can mend is printed as \`file:line:column: what is wrong [code]\`, all faults at
once. A bad flow file stops its flow and no other; a bad policy stops its org; a bad config stops the command. All
lead to exit code 3, apart from the notices at the end.
`;

/** Told in a plan, and holding nothing back. */
const NOTICES: Readonly<Record<PlanNotice['code'], true>> = {
  'desired.ignore-expired': true,
  'desired.ignore-unused': true,
  'policy.override-expired': true,
};

/** docs/errors.md: every code of both catalogues. */
export function renderErrorsDoc(): string {
  const moves = Object.entries(MOVES).map(([move, meaning]) => [`\`${move}\``, meaning]);
  const errors = Object.entries(ERROR_CATALOG).map(([code, entry]): Section => [
    code,
    aboutError(entry),
  ]);
  const meanings = Object.entries(DIAGNOSTIC_CATALOG).map(([code, text]): Section => [
    code,
    [asMarkdown(text)],
  ]);
  const faults = meanings.filter(([code]) => !(code in NOTICES));
  const notices = meanings.filter(([code]) => code in NOTICES);
  return `${[
    INTRODUCTION,
    ...alignedTable([['next', 'meaning'], ...moves]),
    '',
    ...byArea(errors, ERROR_AREAS, '##'),
    DIAGNOSTICS,
    ...byArea(faults, DIAGNOSTIC_AREAS, '###'),
    '### Notices',
    '',
    'Something to tidy up: the plan shows it, and nothing is held back.',
    '',
    ...notices.flatMap(([code, lines]) => section(code, lines, '####')),
  ]
    .join('\n')
    .trimEnd()}\n`;
}

type Section = readonly [code: string, lines: readonly string[]];

function aboutError({ next, exit, advice }: CatalogEntry): string[] {
  return [asMarkdown(advice), '', `Next: \`${next}\`. Exit code: ${String(exit)}.`];
}

/** In the order of the catalogue, so that what belongs together stands together. */
function byArea(sections: readonly Section[], titles: Titles, level: string): string[] {
  const areas = Map.groupBy(sections, ([code]) => code.slice(0, code.indexOf('.')));
  return [...areas].flatMap(([area, inArea]) => [
    `${level} ${titles[area] ?? area}`,
    '',
    ...inArea.flatMap(([code, lines]) => section(code, lines, `${level}#`)),
  ]);
}

function section(code: string, lines: readonly string[], level: string): string[] {
  return [`${level} \`${code}\``, '', ...lines, ''];
}
