import type { Fault, FaultKind } from './fault.ts';
import {
  ANY,
  COUNT,
  POSITIVE,
  STRING,
  TEXT,
  UUID_TEXT,
  oneOf,
  problemsOf,
  required,
} from './input.ts';
import type { Field, Fields } from './input.ts';
import { isObject } from './json.ts';

const STATUS: Field = {
  is: (value) => Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 599,
  wants: 'a status from 200 to 599',
};
const HEADERS: Field = {
  is: (value) =>
    isObject(value) &&
    Object.entries(value).every(
      ([name, text]) =>
        /^[\w-]+$/.test(name) && typeof text === 'string' && /^[\t\x20-\x7e]*$/.test(text),
    ),
  wants: 'an object of header names and texts',
};
const RETRY_AFTER: Field = {
  is: (value) => (typeof value === 'number' ? value >= 0 : HEADERS.is({ 'retry-after': value })),
  wants: 'seconds or a text',
};
const POINTER: Field = {
  is: (value) => typeof value === 'string' && /^(\/([^~]|~[01])*)+$/.test(value),
  wants: 'a JSON pointer such as /routing/maxWaitTime',
};
const INTEGER: Field = { is: Number.isSafeInteger, wants: 'an integer' };
const METHOD: Field = oneOf('GET', 'POST', 'PATCH', 'PUT', 'DELETE');

const MATCH_FIELDS: Fields = {
  id: TEXT,
  method: METHOD,
  path: TEXT,
  flowId: UUID_TEXT,
  orgId: UUID_TEXT,
  clientId: TEXT,
  nth: POSITIVE,
  from: POSITIVE,
  to: POSITIVE,
  times: POSITIVE,
};

const STATUS_FIELDS: Fields = {
  status: required(STATUS),
  body: ANY,
  headers: HEADERS,
  retryAfter: RETRY_AFTER,
};

const KIND_FIELDS: Readonly<Record<FaultKind, Fields>> = {
  status: STATUS_FIELDS,
  reset: {},
  hang: {},
  garbage: { status: STATUS },
  'apply-then-hang': {},
  'apply-then-reset': {},
  'apply-then-status': STATUS_FIELDS,
  'cut-body': {},
  'huge-body': { sizeBytes: POSITIVE },
  'wrong-shape': { body: ANY },
  slow: { delayMs: required(COUNT), applies: oneOf('before-delay', 'after-delay') },
  'slow-body': { chunkBytes: POSITIVE, delayMs: COUNT },
  'short-page': { drop: POSITIVE },
  'repeat-entity': {},
  'wrong-total': { by: INTEGER },
  'partial-page': { keep: COUNT },
  'empty-page': {},
  'repeat-token': {},
  'store-differently': {
    pointer: required(POINTER),
    value: ANY,
    answer: oneOf('as-asked', 'as-stored'),
  },
};

/** Every kind of fault that there is. */
export const FAULT_KINDS = Object.keys(KIND_FIELDS) as readonly FaultKind[];

/** Every fault of a fault. */
function faultProblems(value: unknown, where: string): readonly string[] {
  if (!isObject(value)) return [`${where} must be an object`];
  const kind = value['kind'];
  if (typeof kind !== 'string' || !Object.hasOwn(KIND_FIELDS, kind)) {
    return [`${where}.kind must be one of ${Object.keys(KIND_FIELDS).join(', ')}`];
  }
  const fields = { ...MATCH_FIELDS, kind: STRING, ...KIND_FIELDS[kind as FaultKind] };
  return [...problemsOf(value, fields, where), ...countProblems(value, where)];
}

function countProblems(value: Readonly<Record<string, unknown>>, where: string): string[] {
  const { nth, from, to } = value;
  if (nth !== undefined && (from !== undefined || to !== undefined)) {
    return [`${where} has both nth and from/to`];
  }
  return Number(from) > Number(to) ? [`${where}.from is above ${where}.to`] : [];
}

/**
 * Faults out of JSON: one, or a list.
 * @returns them, or every problem found
 */
export function readFaults(
  value: unknown,
): { readonly faults: readonly Fault[] } | { readonly problems: readonly string[] } {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const problems = list.flatMap((item, index) => faultProblems(item, `fault ${String(index + 1)}`));
  return problems.length > 0 ? { problems } : { faults: list as readonly Fault[] };
}
