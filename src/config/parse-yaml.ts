import { Composer, LineCounter, isScalar } from 'yaml';
import type { ParsedNode, YAMLError } from 'yaml';
import type { Json } from '../domain/json.ts';
import { FILE_START, MAX_FAULTS, faultAt } from './fault.ts';
import type { Fault, Place } from './fault.ts';
import { CONFLICT, STRAY, wordsOf } from './yaml-words.ts';
import { makePlaces } from './yaml-places.ts';
import type { Places } from './yaml-places.ts';
import { readTokens } from './yaml-tokens.ts';
import type { ReadTokens } from './yaml-tokens.ts';
import { readValue } from './yaml-value.ts';

/** How the library reads: YAML 1.2, plain keys, no words of its own on stderr. */
export const YAML_OPTIONS = {
  version: '1.2',
  schema: 'core',
  stringKeys: true,
  // comparing every key with every other is quadratic; readValue looks them up
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const;

/** A YAML text as read. With faults, `value` is what could be made of the rest, good for finding more faults. */
export interface ParsedYaml {
  /** Undefined when the structure itself cannot be told. */
  readonly value: Json | undefined;
  readonly places: Places;
  readonly faults: readonly Fault[];
}

/**
 * Reads one plain YAML 1.2 document: maps with text keys, lists, texts, numbers, booleans, null. Anchors, aliases,
 * custom tags, merge keys, directives, deep nesting, duplicate keys and numbers that would change are faults.
 * Dates stay texts. Never throws, whatever the text; the faults quote no values.
 */
export function parseYaml(text: string): ParsedYaml {
  const lines = new LineCounter();
  // the mark would shift the columns of the first line
  const plain = text.startsWith('\ufeff') ? text.slice(1) : text;
  const conflict = conflictFault(plain);
  if (conflict) return broken([conflict]);
  try {
    const read = readTokens(plain, lines);
    return read.ok ? compose(read, plain, lines) : broken([refusal(read, plain)]);
  } catch {
    return broken([faultAt(FILE_START, 'yaml.syntax', 'the text cannot be read as YAML')]);
  }
}

function compose(
  read: Extract<ReadTokens, { ok: true }>,
  text: string,
  lines: LineCounter,
): ParsedYaml {
  const composer = new Composer(YAML_OPTIONS);
  const [document] = [...composer.compose(read.tokens, true, text.length)];
  const problems = document ? [...document.errors, ...document.warnings] : [];
  if (problems.length > 0) {
    const sorted = problems.sort((a, b) => a.pos[0] - b.pos[0]).slice(0, MAX_FAULTS);
    return broken(firstOfLines(sorted.map((problem) => syntaxFault(problem, lines))).filter(isOwn));
  }
  // the library's types do not tell that a text of nothing has no contents
  const root = document?.contents ?? null;
  if (root === null || isEmpty(root))
    return broken([faultAt(FILE_START, 'yaml.syntax', 'the file is empty', EMPTY)]);

  const { value, faults } = readValue(root, lines);
  return { value, places: makePlaces(root, lines), faults };
}

const EMPTY = 'Write what it is to say, or remove the file.';

/** git leaves these lines where a merge stopped; whatever else is wrong follows from them. */
function conflictFault(text: string): Fault | undefined {
  const at = text.search(CONFLICT);
  if (at < 0) return undefined;
  const line = text.slice(0, at).split('\n').length;
  const message = 'a merge stopped here: git left both sides, between its marks';
  return faultAt(
    { line, column: 1 },
    'yaml.syntax',
    message,
    'Keep what is right of both, and take the marks out.',
  );
}

function isEmpty(root: ParsedNode): boolean {
  return isScalar(root) && root.value === null && root.source === '';
}

function syntaxFault(problem: YAMLError, lines: LineCounter): Fault {
  const { line, col } = lines.linePos(problem.pos[0]);
  const place: Place = { line: Math.max(line, 1), column: Math.max(col, 1) };
  const { code, message, hint } = wordsOf(problem);
  return faultAt(place, code, message, hint);
}

/** What the parser could not place after a fault follows from it. */
function isOwn({ message }: Fault, i: number): boolean {
  return i === 0 || message !== STRAY;
}

/** Further syntax errors of a line follow from its first. */
function firstOfLines(faults: readonly Fault[]): readonly Fault[] {
  const lines = new Set<number>();
  return faults.filter(({ line }) => !lines.has(line) && lines.add(line));
}

function refusal(read: Extract<ReadTokens, { ok: false }>, text: string): Fault {
  const before = text.slice(0, read.offset);
  const line = before.split('\n').length;
  const column = read.offset - (before.lastIndexOf('\n') + 1) + 1;
  return faultAt({ line, column }, read.code, read.message, read.hint);
}

function broken(faults: readonly Fault[]): ParsedYaml {
  return { value: undefined, places: NOWHERE, faults };
}

const NOWHERE: Places = { ofKey: () => FILE_START, ofValue: () => FILE_START };
