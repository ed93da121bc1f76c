import mustache from 'mustache';
import type { Json } from './json.ts';

/** Sections within sections repeat each other's texts: three lists of fifty are as much as anybody reads. */
const MAX_DEPTH = 3;

/** `[kind, name, start, end, inner tokens …]`, as the library has it. */
type Token = readonly [string, string, number, number, (readonly Token[])?, ...unknown[]];

/**
 * Whether it is a mustache template that can be filled in safely: well formed, no text that would come unescaped
 * (`{{{ }}}`, `{{& }}`), no partials, no other delimiters, sections at most three deep.
 */
export function isTemplate(text: string): boolean {
  try {
    return areSafe(mustache.parse(text) as unknown as readonly Token[], 0);
  } catch {
    return false;
  }
}

function areSafe(tokens: readonly Token[], depth: number): boolean {
  return tokens.every(([kind, , , , inner]) => {
    if (kind === '#' || kind === '^') return depth < MAX_DEPTH && areSafe(inner ?? [], depth + 1);
    return kind === 'text' || kind === 'name' || kind === '!';
  });
}

/**
 * Fills a template in. Names that the view does not have are left out.
 *
 * @param view is copied without prototypes, so that a template meets what is in it and nothing else
 * @param escape makes any text harmless where the result goes
 */
export function renderTemplate(
  template: string,
  view: Json,
  escape: (text: string) => string,
): string {
  return mustache.render(template, bare(view), undefined, {
    escape: (value: unknown) => escape(typeof value === 'string' ? value : JSON.stringify(value)),
  });
}

function bare(value: Json): unknown {
  if (Array.isArray(value)) return value.map((item: Json) => bare(item));
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.create(null) as Record<string, unknown>;
  for (const [key, item] of Object.entries(value)) copy[key] = bare(item);
  return copy;
}
