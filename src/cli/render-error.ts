import { renderDiagnostics } from '../app/render-faults.ts';
import { isError } from '../domain/errors.ts';
import type { FlowkeeperError } from '../domain/errors.ts';

/** What happened, why, the next step, and the code that docs/errors.md explains; faults of files come first. */
export function renderError(error: FlowkeeperError): string {
  const faults =
    isError(error, 'config.invalid') || isError(error, 'desired.invalid')
      ? renderDiagnostics(error.details.diagnostics)
      : '';
  return `${faults}flowkeeper: ${error.message} [${error.code}]\n  next: ${error.advice}\n`;
}
