import type { DriftReport } from './drift-report.ts';
import { showText, showValue } from './show-value.ts';

const COLUMNS = [
  'org',
  'flowId',
  'name',
  'file',
  'field',
  'live',
  'desired',
  'cause',
  'since',
  'by',
];
const MAX_VALUE_LENGTH = 1000;

/** A row for each field that differs (RFC 4180), with a head. No cell is one that a spreadsheet would compute. */
export function renderReportCsv(reports: readonly DriftReport[]): string {
  const rows = reports.flatMap(({ org, drifted }) =>
    drifted.flatMap(({ flowId, name, file, fields, since = '', by = '' }) =>
      fields.map(({ path, live, desired, cause }) => [
        org,
        flowId,
        name,
        file,
        path,
        showValue(live, MAX_VALUE_LENGTH),
        showValue(desired, MAX_VALUE_LENGTH),
        cause,
        since,
        by,
      ]),
    ),
  );
  return [COLUMNS, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** Also what begins as a formula is text. */
export function cell(text: string): string {
  const shown = showText(text);
  const safe = /^[=+\-@]/.test(shown) ? `'${shown}` : shown;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
