import type { Ajv2020 } from 'ajv/dist/2020.js';
import { isCron, isTimezone } from '../domain/cron.ts';
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

/** As `git check-ref-format --branch`. */
function isBranchName(name: string): boolean {
  const bad = /[\p{Cc} ~^:?*[\\]|\.\.|@\{|\/\/|^[-/]|[/.]$|^@$|^HEAD$/u;
  return !bad.test(name) && name.split('/').every(isBranchPart);
}

function isBranchPart(part: string): boolean {
  return !part.startsWith('.') && !part.endsWith('.lock');
}
