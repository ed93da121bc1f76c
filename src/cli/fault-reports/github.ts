import type { Diagnostic } from '../../domain/diagnostic.ts';
import { showText } from '../../plan/show-value.ts';

/**
 * Workflow commands of GitHub Actions: one annotation for each fault, at its line of the pull request. GitHub shows
 * the first ten of a step beside the files, and all of them in the log.
 */
export function renderGithub(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(annotation).join('');
}

function annotation({ file, line, column, code, message, hint }: Diagnostic): string {
  const properties = { file, line: String(line), col: String(column), title: `flowkeeper ${code}` };
  const fields = Object.entries(properties).map(([key, value]) => `${key}=${propertyOf(value)}`);
  const text = [message, ...(hint === undefined ? [] : [hint])].map(showText).join('\n');
  return `::error ${fields.join(',')}::${dataOf(text)}\n`;
}

function dataOf(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function propertyOf(text: string): string {
  return dataOf(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
