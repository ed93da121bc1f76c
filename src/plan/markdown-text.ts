import { showText, showValue } from './show-value.ts';

const MAX_VALUE_LENGTH = 120;
/** Items of a list that are shown; more would fill the page with one list. */
const MAX_ITEMS = 100;

export function listOf(items: readonly string[]): readonly string[] {
  const shown = items.slice(0, MAX_ITEMS).map((item) => `- ${code(item)}`);
  const left = items.length - shown.length;
  return left > 0 ? [...shown, `- _${String(left)} more not shown_`] : shown;
}

export function fold(summary: string, lines: readonly string[]): string {
  return [`<details><summary>${summary}</summary>`, '', ...lines, '', '</details>'].join('\n');
}

export function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

export function value(json: Parameters<typeof showValue>[0]): string {
  return json === undefined ? '_absent_' : code(showValue(json, MAX_VALUE_LENGTH));
}

/**
 * Text that is only text: inside `<code>` nobody is mentioned and no issue is linked, and every
 * character that Markdown, tables or HTML could take up is a character reference, as are the beginnings
 * of links. (A code span of backticks cannot hold every text inside a table.)
 */
export function code(text: string): string {
  const safe = showText(text)
    .replaceAll(/[^\p{L}\p{N} ,;:./={}"'()+%?…-]/gu, reference)
    .replaceAll(/(?<=www)\.|:(?=\/\/)/gi, reference);
  return `<code>${safe}</code>`;
}

function reference(char: string): string {
  return `&#${String(char.codePointAt(0))};`;
}
