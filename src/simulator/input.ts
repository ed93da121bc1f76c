import { isObject } from './json.ts';

/** Something given to the simulator (an option, a fault, a control request) that it does not understand. */
export class SimulatorInputError extends Error {
  override readonly name = 'SimulatorInputError';
  /** One sentence for each fault found. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('; '));
    this.problems = problems;
  }
}

/** What one field of an object must be. */
export interface Field {
  readonly is: (value: unknown) => boolean;
  /** In words, after "must be". */
  readonly wants: string;
  readonly required?: true;
}

export type Fields = Readonly<Record<string, Field>>;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const isUuid = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);
const isWhole = (value: unknown, min: number): boolean =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= min;

export const TEXT: Field = {
  is: (value) => typeof value === 'string' && value !== '',
  wants: 'a non-empty string',
};
export const STRING: Field = { is: (value) => typeof value === 'string', wants: 'a string' };
export const UUID_TEXT: Field = { is: isUuid, wants: 'a UUID' };
export const COUNT: Field = { is: (value) => isWhole(value, 0), wants: 'an integer from 0' };
export const POSITIVE: Field = { is: (value) => isWhole(value, 1), wants: 'an integer from 1' };
export const OBJECT: Field = { is: isObject, wants: 'an object' };
export const FLAG: Field = {
  is: (value) => typeof value === 'boolean',
  wants: 'true or false',
};
export const ANY: Field = { is: (value) => value !== undefined, wants: 'a value' };

export const oneOf = (...values: readonly unknown[]): Field => ({
  is: (value) => values.includes(value),
  wants: `one of ${values.map(String).join(', ')}`,
});
export const listOf = (field: Field): Field => ({
  is: (value) => Array.isArray(value) && value.every((item) => field.is(item)),
  wants: `a list, each item ${field.wants}`,
});
export const required = (field: Field): Field => ({ ...field, required: true });

/** Every fault of `value` against the table: not an object, unknown field, missing field, wrong value. */
export function problemsOf(value: unknown, fields: Fields, where: string): readonly string[] {
  const problems = openProblemsOf(value, fields, where);
  if (!isObject(value)) return problems;
  const unknown = Object.keys(value)
    .filter((key) => !Object.hasOwn(fields, key))
    .map((key) => `${where} has the unknown field ${JSON.stringify(key)}`);
  return [...unknown, ...problems];
}

/** The same for an object that may have more fields than the table. */
export function openProblemsOf(value: unknown, fields: Fields, where: string): string[] {
  if (!isObject(value)) return [`${where} must be an object`];
  const problems: string[] = [];
  for (const [key, field] of Object.entries(fields)) {
    const given = Object.hasOwn(value, key) ? value[key] : undefined;
    if (given === undefined) {
      if (field.required) problems.push(`${where}.${key} is missing`);
    } else if (!field.is(given)) {
      problems.push(`${where}.${key} must be ${field.wants}`);
    }
  }
  return problems;
}

/** @throws SimulatorInputError with all of them, when there are any */
export function refuseProblems(problems: readonly string[]): void {
  if (problems.length > 0) throw new SimulatorInputError(problems);
}
