import { ERROR_CATALOG } from './error-catalog.ts';
import type { ExitCode, NextMove } from './error-catalog.ts';
import type { DetailsOf, ErrorCode } from './error-details.ts';

/**
 * The only error that crosses a port. Adapters turn what they catch into one of
 * these, with the original as `cause`; code that needs to branch does so on
 * `code`, never on `message`. The message says what happened and why; the next step is
 * the catalogue's.
 */
export class FlowkeeperError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'FlowkeeperError';
  readonly code: C;
  readonly details: DetailsOf<C>;

  constructor(code: C, message: string, details: DetailsOf<C>, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.details = details;
  }

  get next(): NextMove {
    return ERROR_CATALOG[this.code].next;
  }

  get exit(): ExitCode {
    return ERROR_CATALOG[this.code].exit;
  }

  /** What a person can do about it. */
  get advice(): string {
    const hint = isError(this, 'cli.usage') ? this.details.hint : undefined;
    return hint ?? ERROR_CATALOG[this.code].advice;
  }
}

/** Narrows both the code and, with it, the type of `details`. */
export function isError<C extends ErrorCode>(error: unknown, code: C): error is FlowkeeperError<C> {
  return error instanceof FlowkeeperError && error.code === code;
}

/** Any thrown thing as one of ours; what is foreign here slipped through an adapter and is a bug. */
export function asFlowkeeperError(error: unknown): FlowkeeperError {
  if (error instanceof FlowkeeperError) return error as FlowkeeperError;
  const reason = error instanceof Error ? error.message : String(error);
  return new FlowkeeperError('bug.unexpected', reason, { reason }, { cause: error });
}
