const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const INSTANT =
  /^(\d{4}-\d{2}-\d{2})[Tt]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.\d{1,9})?)?([Zz]|[-+](?:[01]\d|2[0-3]):[0-5]\d)$/;

const DAY_MS = 86_400_000;

/**
 * Epoch milliseconds of an ISO 8601 instant with its zone, or of a date: its `start` or `end` in UTC.
 * Undefined for anything else, days that no calendar has included.
 */
export function parseInstant(text: string, ofDate: 'start' | 'end'): number | undefined {
  if (DATE.test(text)) {
    const start = startOfDay(text);
    return start === undefined || ofDate === 'start' ? start : start + DAY_MS;
  }
  const match = INSTANT.exec(text);
  if (!match || startOfDay(match[1] ?? '') === undefined) return undefined;
  return Date.parse(text.toUpperCase());
}

function startOfDay(date: string): number | undefined {
  const at = Date.parse(`${date}T00:00:00Z`);
  // some engines take 30 February for 2 March
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(date) ? at : undefined;
}
