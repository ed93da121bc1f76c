/** A longer delay is taken for a mistake of the service. */
const LONGEST_SANE_MS = 24 * 3_600_000;

/** The three writings of an HTTP date (RFC 9110, 5.6.7) all start with the day's name. */
const HTTP_DATE = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? /i;

/**
 * Milliseconds that a `Retry-After` header asks for: seconds (fractions are taken too) or an HTTP
 * date, of which a past one means "now". Undefined when the header is absent, negative, longer
 * than a day or unreadable: the caller then takes a delay of its own.
 *
 * @param now epoch ms, to count a date from
 */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  const ms = /^\d{1,15}(?:\.\d{1,9})?$/.test(text)
    ? Math.ceil(Number(text) * 1000)
    : dateOf(text) - now;
  if (Number.isNaN(ms) || ms > LONGEST_SANE_MS) return undefined;
  return Math.max(0, ms);
}

function dateOf(text: string): number {
  if (!HTTP_DATE.test(text)) return Number.NaN;
  // asctime names no zone, but HTTP dates are always GMT
  return Date.parse(/GMT$/i.test(text) ? text : `${text} GMT`);
}
