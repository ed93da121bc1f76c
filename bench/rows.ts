/** One line of the table. What does not apply is left out. */
export interface Row {
  readonly case: string;
  readonly n?: number;
  readonly wallMs?: number;
  /** The controller's own process. */
  readonly cpuMs?: number;
  /** git processes that the controller started. */
  readonly gitCpuMs?: number;
  readonly peakRssMb?: number;
  readonly requests?: number;
  /** What it is held against, with its unit. */
  readonly floor?: string;
  /** Median of the ratios of alternating pairs. */
  readonly ratio?: number;
  readonly target?: string;
  /** Undefined: there is no target. */
  readonly met?: boolean;
  readonly note?: string;
}

const COLUMNS: readonly {
  readonly title: string;
  readonly of: (row: Row) => string;
  readonly left?: true;
}[] = [
  { title: 'case', of: (row) => row.case, left: true },
  { title: 'N', of: (row) => whole(row.n) },
  { title: 'wall ms', of: (row) => whole(row.wallMs) },
  { title: 'CPU ms', of: (row) => whole(row.cpuMs) },
  { title: 'git CPU ms', of: (row) => whole(row.gitCpuMs) },
  { title: 'peak RSS MB', of: (row) => whole(row.peakRssMb) },
  { title: 'requests', of: (row) => whole(row.requests) },
  { title: 'floor', of: (row) => row.floor ?? '' },
  { title: 'ratio', of: (row) => row.ratio?.toFixed(2) ?? '' },
  { title: 'target', of: (row) => row.target ?? '' },
  { title: '', of: verdictOf, left: true },
];

function verdictOf({ met }: Row): string {
  if (met === undefined) return '';
  return met ? 'met' : 'MISSED';
}

/** Markdown that also reads well on a terminal. */
export function renderRows(rows: readonly Row[]): string {
  const table = [
    COLUMNS.map(({ title }) => title),
    ...rows.map((row) => COLUMNS.map(({ of }) => of(row))),
  ];
  const widths = COLUMNS.map((_column, i) =>
    Math.max(3, ...table.map((cells) => cells[i]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells
      .map((cell, i) =>
        COLUMNS[i]?.left ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0),
      )
      .join(' | ')} |`;
  const rule = widths.map((width, i) =>
    COLUMNS[i]?.left ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  const [head = [], ...body] = table;
  const notes = rows.flatMap((row) =>
    row.note === undefined ? [] : [`- ${row.case}, N = ${whole(row.n)}: ${row.note}`],
  );
  return [
    line(head),
    line(rule),
    ...body.map(line),
    ...(notes.length > 0 ? ['', ...notes] : []),
    '',
  ].join('\n');
}

function whole(value: number | undefined): string {
  if (value === undefined) return '';
  return value < 10 && !Number.isInteger(value)
    ? value.toFixed(1)
    : value.toFixed(0).replace(/\B(?=(\d{3})+$)/g, ',');
}
