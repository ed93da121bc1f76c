import type { Json } from '../domain/json.ts';

export type LogFields = Readonly<Record<string, Json | undefined>>;

/** The operator's log. Never the audit: that goes through the journal. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A log whose every line carries `fields` too (runId, org, flowId). */
  with(fields: LogFields): Log;
}
