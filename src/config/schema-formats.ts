import type { Ajv2020 } from 'ajv/dist/2020.js';
import { parseDuration } from '../domain/duration.ts';
import { parseInstant } from './instant.ts';
import { isServiceUrl } from './service-url.ts';
import { repositoryKind } from './repository.ts';

/** What the schemas' `format`s and `x-` keywords mean, beyond the words of JSON Schema. */
export function addFormats(ajv: Ajv2020): void {
  ajv.addFormat('instant-or-date', (text) => parseInstant(text, 'start') !== undefined);
  ajv.addFormat('cron', isCron);
  ajv.addFormat('timezone', isTimezone);
  ajv.addFormat('git-branch', isBranchName);
  ajv.addFormat('git-repository', (text) => repositoryKind(text) !== undefined);
  ajv.addFormat('service-url', isServiceUrl);
  ajv.addKeyword({
    keyword: 'x-minDuration',
    schemaType: 'string',
    validate: (limit: string, value: unknown) => compare(value, limit, (a, b) => a >= b),
    errors: false,
  });
  ajv.addKeyword({
    keyword: 'x-maxDuration',
    schemaType: 'string',
    validate: (limit: string, value: unknown) => compare(value, limit, (a, b) => a <= b),
    errors: false,
  });
}

/** What is no duration at all is the pattern's fault to tell. */
function compare(value: unknown, limit: string, holds: (a: number, b: number) => boolean): boolean {
  const ms = typeof value === 'string' ? parseDuration(value) : undefined;
  const limitMs = parseDuration(limit);
  return ms === undefined || limitMs === undefined || holds(ms, limitMs);
}

const CRON_FIELDS = [
  { max: 59, min: 0 },
  { max: 23, min: 0 },
  { max: 31, min: 1 },
  { max: 12, min: 1, names: 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC' },
  { max: 7, min: 0, names: 'SUN MON TUE WED THU FRI SAT' },
] as const;

/** Five fields of numbers, names, ranges, lists and steps. */
function isCron(text: string): boolean {
  const fields = text.trim().split(/\s+/);
  return (
    fields.length === CRON_FIELDS.length &&
    CRON_FIELDS.every((limits, i) =>
      (fields[i] ?? '').split(',').every((part) => isCronPart(part, limits)),
    )
  );
}

function isCronPart(
  part: string,
  limits: { readonly min: number; readonly max: number; readonly names?: string },
): boolean {
  const match = /^(?:\*|(\w{1,3})(?:-(\w{1,3}))?)(?:\/(\d{1,2}))?$/.exec(part);
  if (!match || Number(match[3] ?? 1) === 0) return false;
  const [from, to] = [match[1], match[2]].map((value) => {
    if (value === undefined) return undefined;
    if (/^\d+$/.test(value)) return Number(value);
    const at = (limits.names ?? '').split(' ').indexOf(value.toUpperCase());
    return at < 0 ? Number.NaN : at + limits.min;
  });
  const inside = (value: number | undefined): boolean =>
    value === undefined || (value >= limits.min && value <= limits.max);
  return inside(from) && inside(to) && (from === undefined || to === undefined || from <= to);
}

function isTimezone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

/** As `git check-ref-format --branch`. */
function isBranchName(name: string): boolean {
  const bad = /[\p{Cc} ~^:?*[\\]|\.\.|@\{|\/\/|^[-/]|[/.]$|^@$|^HEAD$/u;
  return !bad.test(name) && name.split('/').every(isBranchPart);
}

function isBranchPart(part: string): boolean {
  return !part.startsWith('.') && !part.endsWith('.lock');
}
