import type { FlowkeeperError } from '../domain/errors.ts';

/** What happened, why, the next step, and the code that docs/errors.md explains. */
export function renderError(error: FlowkeeperError): string {
  return `flowkeeper: ${error.message} [${error.code}]\n  next: ${error.advice}\n`;
}
