import type { ErrorObject } from 'ajv';
import type { Path } from './yaml-places.ts';

const TYPE_WORDS: Readonly<Record<string, string>> = {
  object: 'a map',
  array: 'a list',
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
};

/** `settings.routing`, `ignore[0].path`; the root is "the file". */
export function pathName(path: Path): string {
  if (path.length === 0) return 'the file';
  const text = path.reduce(
    (name, part) =>
      /^\d+$/.test(part) && name !== ''
        ? `${name}[${part}]`
        : `${name}${name === '' ? '' : '.'}${part}`,
    '',
  );
  return nameOf(text);
}

/** A key in the quotes of messages; what does not look like a name is not repeated, since it may be anything. */
export function nameOf(key: string): string {
  return /^[\w.[\]${}-]{1,120}$/.test(key) ? `\`${key}\`` : 'this key';
}

/** `a`, `b` or `c` */
export function listOf(names: readonly string[], word: 'and' | 'or'): string {
  const shown = names.map((name) => `\`${name}\``);
  const last = shown.at(-1) ?? 'nothing';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} ${word} ${last}`;
}

/** What a value must be, after "must be". */
export function expectation(error: ErrorObject): string {
  const params = error.params as Readonly<Record<string, unknown>>;
  const limit = String(params['limit']);
  const own = String(error.schema);
  switch (error.keyword) {
    case 'type':
      return typeWords(params['type']);
    case 'enum':
      return listOf((params['allowedValues'] as readonly unknown[]).map(String), 'or');
    case 'minimum':
      return `at least ${limit}`;
    case 'maximum':
      return `at most ${limit}`;
    case 'x-minDuration':
      return `at least ${own}`;
    case 'x-maxDuration':
      return `at most ${own}`;
    case 'minLength':
      return limit === '1' ? 'some text' : `at least ${limit} characters long`;
    case 'maxLength':
      return `at most ${limit} characters long`;
    default:
      return titled(error);
  }
}

/** A value that some pattern or format refuses is told by the schema's own title and examples. */
function titled({ parentSchema, message }: ErrorObject): string {
  const title: unknown = parentSchema?.['title'];
  if (typeof title !== 'string') return message ?? 'otherwise';
  const examples =
    (parentSchema?.['examples'] as readonly unknown[] | undefined)?.map(String) ?? [];
  const article = /^[aeio]/i.test(title) ? 'an' : 'a';
  return `${article} ${title}${examples.length === 0 ? '' : `, for instance ${listOf(examples, 'or')}`}`;
}

function typeWords(type: unknown): string {
  return [type]
    .flat()
    .map(String)
    .map((name) => TYPE_WORDS[name] ?? name)
    .join(' or ');
}

/** `; it is …`, or nothing where even that would tell too much. */
export function foundWords(value: unknown, quoteValues: boolean): string {
  if (value === null) return '; it is empty';
  if (Array.isArray(value)) return '; it is a list';
  if (typeof value === 'object') return '; it is a map';
  if (typeof value === 'string') return quoteValues ? `; it is the text ${shorten(value)}` : '';
  return quoteValues ? `; it is ${JSON.stringify(value)}` : `; it is a ${typeof value}`;
}

function shorten(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
}
