import type { Diagnostic } from '../../domain/diagnostic.ts';
import { ERROR_CATALOG } from '../../domain/error-catalog.ts';
import type { ExitCode } from '../../domain/error-catalog.ts';
import type { ErrorCode } from '../../domain/error-details.ts';
import { isError } from '../../domain/errors.ts';
import type { OrgName } from '../../domain/flow.ts';
import { reportedError } from '../reported-error.ts';
import { worstExitCode } from '../run-report.ts';

/** What is looked at; schemas/doctor.schema.json says what each means. */
export type CheckName =
  | 'config'
  | 'state'
  | 'source'
  | 'signatures'
  | 'status-branch'
  | 'desired'
  | 'service'
  | 'token'
  | 'read-flows'
  | 'write-flows'
  | 'queues'
  | 'users'
  | 'teams'
  | 'clock'
  | 'webhooks';

/**
 * `ok`; `warn`: works, and a person should look; `fail`: a run would not work; `unchecked`: cannot be known without
 * writing, or because something before it failed.
 */
export type CheckResult = 'ok' | 'warn' | 'fail' | 'unchecked';

/** One line of `doctor`. */
export interface Check {
  readonly check: CheckName;
  /** Undefined: of the installation. */
  readonly org?: OrgName;
  readonly result: CheckResult;
  /** What was found, for a person. */
  readonly message: string;
  /** The next step; with every `warn` and `fail`. */
  readonly next?: string;
  readonly code?: ErrorCode;
  /** Faults of files. */
  readonly faults?: readonly Diagnostic[];
}

/** What a check is about. */
export type Subject = Pick<Check, 'check' | 'org'>;

export function ok(subject: Subject, message: string): Check {
  return { ...subject, result: 'ok', message };
}

export function warn(subject: Subject, message: string, next: string): Check {
  return { ...subject, result: 'warn', message, next };
}

export function unchecked(subject: Subject, message: string): Check {
  return { ...subject, result: 'unchecked', message };
}

/** What an error says of a check. */
export function failed(subject: Subject, error: unknown): Check {
  const { code, message, advice: next } = reportedError(error);
  const faults =
    isError(error, 'config.invalid') || isError(error, 'desired.invalid')
      ? { faults: error.details.diagnostics }
      : {};
  return { ...subject, result: 'fail', message, next, code, ...faults };
}

/** The code of several checks: only what failed counts. */
export function exitCodeOfChecks(checks: readonly Check[]): ExitCode {
  const fails = checks.filter(({ result }) => result === 'fail');
  return worstExitCode(fails.map(({ code }) => (code ? ERROR_CATALOG[code].exit : 1)));
}
