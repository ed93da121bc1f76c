import { Lexer, Parser } from 'yaml';
import type { CST, LineCounter } from 'yaml';
import type { DiagnosticCode } from '../domain/diagnostic-codes.ts';

/** Levels of maps and lists that one file may have. */
const MAX_DEPTH = 64;
/** Words, marks and line breaks that one file may have: some 256 KiB of dense YAML. */
const MAX_LEXEMES = 150_000;
/** A file with more syntax errors than this is not read further. */
const MAX_ERROR_TOKENS = 100;

export type ReadTokens =
  | { readonly ok: true; readonly tokens: readonly CST.Token[] }
  | {
      readonly ok: false;
      readonly offset: number;
      readonly code: DiagnosticCode;
      readonly message: string;
      readonly hint?: string;
    };

/**
 * The syntax tree of one YAML document, read without recursion, and refused as soon as it shows itself to be more
 * than a plain settings file: deeper than `MAX_DEPTH`, a second document, directives, characters that are no text.
 * Syntax errors are among the tokens. Never throws; the time is linear in the length of the text.
 */
export function readTokens(text: string, lines: LineCounter): ReadTokens {
  const badCharacter = checkCharacters(text);
  if (badCharacter) return badCharacter;

  lines.addNewLine(0);
  const parser = new Parser(lines.addNewLine);
  const tokens: CST.Token[] = [];
  let lexemes = 0;
  let errors = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      tokens.push(token);
      if (token.type === 'error') errors++;
    }
    const refused = checkGrowth(parser, ++lexemes);
    if (refused) return refused;
    // what follows so many errors tells nothing, and each costs time
    if (errors > MAX_ERROR_TOKENS) break;
  }
  for (const token of parser.end()) tokens.push(token);
  return checkShape(tokens) ?? { ok: true, tokens };
}

function checkGrowth(parser: Parser, lexemes: number): ReadTokens | undefined {
  if (depthOf(parser) > MAX_DEPTH)
    return refuse(parser.offset, `more than ${String(MAX_DEPTH)} levels of maps and lists`);
  return lexemes > MAX_LEXEMES ? refuse(parser.offset, 'the file is too large') : undefined;
}

function checkShape(tokens: readonly CST.Token[]): ReadTokens | undefined {
  for (const token of tokens) {
    if (token.type === 'directive' && !/^%YAML\s+1\.2\s*$/.test(token.source))
      return refuse(token.offset, 'directives such as `%YAML 1.1` and `%TAG` are refused');
  }
  const second = tokens.filter(({ type }) => type === 'document')[1];
  return second && 'offset' in second
    ? refuse(second.offset, 'a second document begins here; a file holds exactly one')
    : undefined;
}

function depthOf(parser: Parser): number {
  // the stack also holds the document and the scalar at work
  if (parser.stack.length <= MAX_DEPTH) return parser.stack.length;
  return parser.stack.filter(
    ({ type }) => type === 'block-map' || type === 'block-seq' || type === 'flow-collection',
  ).length;
}

// the classes Cc and Cs spelt out, which is three times as fast, without tab, line feed, return and next line
const NO_TEXT = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]|\r(?!\n)/u;

function checkCharacters(text: string): ReadTokens | undefined {
  const bad = NO_TEXT.exec(text);
  if (!bad) return undefined;
  const code = bad[0].codePointAt(0) ?? 0;
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return {
    ok: false,
    offset: bad.index,
    code: 'yaml.syntax',
    message:
      bad[0] === '\r'
        ? 'a carriage return without a line feed ends no line'
        : `the character ${name} is no text`,
    hint: 'Take it out; an editor may show it only when it shows invisible characters.',
  };
}

function refuse(offset: number, message: string): ReadTokens {
  return { ok: false, offset, code: 'yaml.forbidden', message };
}
