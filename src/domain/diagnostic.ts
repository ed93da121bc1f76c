import type { DiagnosticCode } from './diagnostic-codes.ts';
import type { FlowId } from './flow.ts';

/** One fault of a file that a person can mend. Lines and columns count from 1. */
export interface Diagnostic {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly code: DiagnosticCode;
  /** What is wrong and why. */
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
}

/** `file:line:column: what is wrong`, for a sentence or a list. */
export function faultLine({ file, line, column, message }: Diagnostic): string {
  return `${file}:${String(line)}:${String(column)}: ${message}`;
}

/** A flow file that cannot be used; the flow it names keeps its last good settings. */
export interface InvalidFlow {
  readonly file: string;
  /** As far as the file still tells. */
  readonly flowId?: FlowId;
  readonly diagnostics: readonly Diagnostic[];
}
