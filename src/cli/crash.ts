import { knownSecrets } from '../app/known-secrets.ts';
import { asFlowkeeperError } from '../domain/errors.ts';
import { makeRedactor } from '../domain/redact.ts';
import { renderError } from './render-error.ts';

/** The error, and where it happened, fit to be shown: every credential is kept out. */
export function crashText(thrown: unknown): string {
  const stack = thrown instanceof Error ? (thrown.stack ?? '') : '';
  return makeRedactor(knownSecrets())(`${renderError(asFlowkeeperError(thrown))}${stack}\n`);
}

/**
 * What nobody caught ends the process at once, as it would anyway; but Node would print the error with all that hangs
 * on it, headers of requests included. @returns what undoes this
 */
export function guardCrashes(host: NodeJS.Process): () => void {
  const crash = (thrown: unknown): void => {
    host.stderr.write(crashText(thrown));
    host.exit(1);
  };
  const names = ['uncaughtException', 'unhandledRejection'] as const;
  for (const name of names) host.on(name, crash);
  return () => {
    for (const name of names) host.removeListener(name, crash);
  };
}
