import { isCron, isTimezone } from '../domain/cron.ts';
import { parseDuration } from '../domain/duration.ts';
import { isTemplate } from '../domain/template.ts';
import { parseInstant } from './instant.ts';
import { isIpNetwork } from './ip-network.ts';
import { isHookUrl, isServiceUrl } from './service-url.ts';
import { repositoryKind } from './repository.ts';

/** What the schemas' `format`s mean, beyond the words of JSON Schema. */
export const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  'instant-or-date': (text) => parseInstant(text, 'start') !== undefined,
  cron: isCron,
  timezone: isTimezone,
  'git-branch': isBranchName,
  'git-repository': (text) => repositoryKind(text) !== undefined,
  'service-url': isServiceUrl,
  'hook-url': isHookUrl,
  'notice-template': isTemplate,
  'ip-network': isIpNetwork,
};

/** Keywords that say how short and how long a duration may be. */
export const DURATION_LIMITS: Readonly<Record<string, (value: unknown, limit: string) => boolean>> =
  {
    'x-minDuration': (value, limit) => compare(value, limit, (a, b) => a >= b),
    'x-maxDuration': (value, limit) => compare(value, limit, (a, b) => a <= b),
  };

/** What is no duration at all is the pattern's fault to tell. */
function compare(value: unknown, limit: string, holds: (a: number, b: number) => boolean): boolean {
  const ms = typeof value === 'string' ? parseDuration(value) : undefined;
  const limitMs = parseDuration(limit);
  return ms === undefined || limitMs === undefined || holds(ms, limitMs);
}

/** As `git check-ref-format --branch`. */
function isBranchName(name: string): boolean {
  const bad = /[\p{Cc} ~^:?*[\\]|\.\.|@\{|\/\/|^[-/]|[/.]$|^@$|^HEAD$/u;
  return !bad.test(name) && name.split('/').every(isBranchPart);
}

function isBranchPart(part: string): boolean {
  return !part.startsWith('.') && !part.endsWith('.lock');
}
