import type { Json } from '../../domain/json.ts';

/**
 * JSON pointer of the first whole number beyond 2^53 in `value`: its last digits may have been lost
 * when it was parsed. Undefined when all numbers are exact.
 */
export function findInexactNumber(value: Json, path = ''): string | undefined {
  if (typeof value === 'number') {
    return Number.isInteger(value) && !Number.isSafeInteger(value) ? path : undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, child] of Object.entries(value)) {
    const found = findInexactNumber(child, `${path}/${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
