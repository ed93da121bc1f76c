import type { Diagnostic } from '../domain/diagnostic.ts';
import { NEXT_STEPS } from './next-steps.ts';

/** Where something stands in a text; both count from 1, columns in UTF-16 units as editors do. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A diagnostic of a text whose name is not known (yet). */
export type Fault = Omit<Diagnostic, 'file'>;

/** Either the value, or everything that is wrong with the text. */
export type Loaded<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** More faults than this of one file help nobody. */
export const MAX_FAULTS = 100;

export const FILE_START: Place = { line: 1, column: 1 };

export function faultAt(
  place: Place,
  code: Diagnostic['code'],
  message: string,
  hint?: string,
): Fault {
  const { line, column } = place;
  return { line, column, code, message, ...(hint === undefined ? {} : { hint }) };
}

export function withFile(file: string, fault: Fault): Diagnostic {
  const hint = fault.hint ?? NEXT_STEPS[fault.code];
  return { file, ...fault, ...(hint !== undefined && { hint }) };
}

/**
 * All faults of a file by place, at most `MAX_FAULTS`. Where `first` has a fault, those of `then` mostly follow from
 * it and are left out.
 */
export function tidyFaults(first: readonly Fault[], then: readonly Fault[]): readonly Fault[] {
  const taken = new Set(first.map(keyOf));
  const all = [...first, ...then.filter((fault) => !taken.has(keyOf(fault)))];
  return all.sort((a, b) => a.line - b.line || a.column - b.column).slice(0, MAX_FAULTS);
}

function keyOf({ line, column }: Place): string {
  return `${String(line)}:${String(column)}`;
}
