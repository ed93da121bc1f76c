import type { DriftReport, RestingFlow } from './drift-report.ts';
import { UNREAD_TITLE, unreadLine } from './plan-wording.ts';

/** What a report tells beside drift: titles and their entries; what has none is left out. */
export function reportLists(
  report: DriftReport,
): readonly { readonly title: string; readonly items: readonly string[] }[] {
  const lists = [
    { title: 'Held back', items: report.heldBack.map(restingLine) },
    { title: 'Suspended', items: report.suspended.map(restingLine) },
    { title: UNREAD_TITLE, items: (report.unread ?? []).map(unreadLine) },
    {
      title: 'Missing: in git, not in the org',
      items: report.missing.map(({ file, name, flowId }) => `${file}: ${name ?? flowId ?? ''}`),
    },
    {
      title: 'Unmanaged: in the org, not in git; never touched',
      items: report.unmanaged.map(({ flowId, name }) => `${flowId} ${name}`),
    },
    {
      title: 'Invalid: these files change nothing until they are mended',
      items: report.invalid.map(
        ({ file, line, column, message }) => `${file}:${String(line)}:${String(column)} ${message}`,
      ),
    },
    {
      title: 'To tidy up',
      items: report.notices.map(({ file, message }) => `${file}: ${message}`),
    },
  ];
  return lists.filter(({ items }) => items.length > 0);
}

/** Who, why, until when. */
function restingLine({ flowId, name, reason, by, since, until }: RestingFlow): string {
  const facts = [
    reason,
    ...(by === undefined ? [] : [`by ${by}`]),
    ...(since === undefined ? [] : [`since ${since}`]),
    until === undefined ? 'until somebody acts' : `until ${until}`,
  ];
  return `${name} ${flowId}: ${facts.join(', ')}`;
}
