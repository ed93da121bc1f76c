import { corrupt } from './sqlite-errors.ts';

/** The value of a JSON column. @throws state.corrupt when the text is none */
export function readStored(text: unknown, file: string): unknown {
  try {
    return JSON.parse(String(text));
  } catch (error) {
    throw corrupt(file, 'a stored value is not JSON', error);
  }
}

/** A column that may be null, read by `readStored` otherwise. */
export function readOptional(text: unknown, file: string): unknown {
  return text === null ? undefined : readStored(text, file);
}

/** The text of a JSON column; null for undefined. */
export function textOrNull(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
