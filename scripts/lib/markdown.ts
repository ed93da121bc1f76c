/**
 * Text of a schema or a catalogue as Markdown: what stands outside of `code` and would be read as a tag or as
 * emphasis (`<org>`, `**`) becomes code, word by word.
 */
export function asMarkdown(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : codeWords(part)))
    .join('');
}

function codeWords(text: string): string {
  return text.replaceAll(/(\S*[<*$]\S*?)([.,:;)]*)(?=\s|$)/g, '`$1`$2');
}

/** A value or key as code on one line. */
export function asCode(text: string): string {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

/** A table as prettier wants it. */
export function alignedTable([head = [], ...rows]: readonly (readonly string[])[]): string[] {
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)];
}
