import type { ErrorCode } from '../../src/domain/error-details.ts';
import type { FaultName } from './fault-rows.ts';

/**
 * How each of three flows stands at the end of the run that met the fault, a letter each:
 *
 * |     | the flow is                                                     | PATCHes stored | its audit records      |
 * |-----|-----------------------------------------------------------------|----------------|------------------------|
 * | `A` | applied, verified, in effect                                    | 1              | `applied`              |
 * | `P` | applied, and a reload is still owed                             | 1              | `applied`              |
 * | `F` | failed, nothing written                                         | 0              | none or `failed`       |
 * | `H` | refused, nothing written, held back until somebody acts         | 0              | `failed`               |
 * | `D` | deferred                                                        | 0              | none or `deferred`     |
 * | `B` | blocked by a gate                                               | 0              | none                   |
 * | `c` | given up: the service told of conflicts again and again         | 0              | `conflict`             |
 * | `C` | written, and then gone as far as the service tells              | 1              | `conflict`             |
 * | `u` | unresolved: a write may land yet                                | 0              | none                   |
 * | `U` | unresolved: written, and what is there could not be read        | 1              | none                   |
 * | `R` | rolled back, in effect as before, held back                     | 2              | `rolled-back`          |
 * | `S` | stuck: neither what was wanted nor what was before, held back   | 2              | `stuck`                |
 * | `-` | not reached: the run ended before anything was planned          | 0              | none                   |
 */
export type Letters = string;

/** The run of each occurrence: first, middle, last, from the last on, always; and the error that it tells of. */
export interface Row {
  readonly runs: readonly [Letters, Letters, Letters, Letters, Letters];
  readonly code?: ErrorCode;
}

/** `never`: no request to this endpoint can show the fault, and the simulator shows it to none. */
export type Expected = Row | 'never';

export const row = (runs: string, code?: ErrorCode): Row => {
  const [first = '', middle = '', last = '', fromLast = '', always = ''] = runs.split(' ');
  return { runs: [first, middle, last, fromLast, always], ...(code && { code }) };
};
export const UNNOTICED = row('AAA AAA AAA AAA AAA');
export const NEVER = 'never';

/** Faults that only pages of a list can show, and those that only a PATCH can. */
export const NO_PAGES = {
  'short-page': NEVER,
  'repeat-entity': NEVER,
  'wrong-total, above': NEVER,
  'wrong-total, below': NEVER,
  'partial-page': NEVER,
  'empty-page': NEVER,
  'repeat-token': NEVER,
} as const;
export const NO_WRITE = {
  'store-differently, told as asked': NEVER,
  'store-differently, told as stored': NEVER,
} as const;

export type Table = Readonly<Record<FaultName, Expected>>;
