import type { Diagnostic } from '../domain/diagnostic.ts';

/** `file:line:column: message [code]`, in order, each with its hint on a line below; ends in a line break unless empty. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[]): string {
  return inOrder(diagnostics).map(renderOne).join('');
}

/** By file, then by place. */
export function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.toSorted(
    (a, b) =>
      compare(a.file, b.file) ||
      a.line - b.line ||
      a.column - b.column ||
      compare(a.message, b.message),
  );
}

function renderOne({ file, line, column, message, code, hint }: Diagnostic): string {
  const head = `${oneLine(file)}:${String(line)}:${String(column)}: ${oneLine(message)} [${code}]\n`;
  return hint === undefined ? head : `${head}  ${oneLine(hint)}\n`;
}

/** Names and paths come from files: nothing in them may begin a line, or speak to the terminal. */
function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
