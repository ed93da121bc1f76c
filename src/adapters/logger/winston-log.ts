import { createRequire } from 'node:module';
import type { Writable } from 'node:stream';
import type * as Winston from 'winston';
import { makeRedactor } from '../../domain/redact.ts';
import type { Redactor } from '../../domain/redact.ts';
import type { Log, LogFields } from '../../ports/log.ts';

export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

export interface WinstonLogOptions {
  /** Lines of less weight are not written. */
  readonly level: LogLevel;
  readonly stream?: Writable;
  /** Everything that must never be seen; see `makeRedactor`. */
  readonly secrets: readonly string[];
  /** One JSON object a line (for machines, the default), or a line for people. */
  readonly json?: boolean;
}

/** What a line has of its own; a field of such a name gets an underscore. */
const OWN_KEYS = new Set(['timestamp', 'level', 'message']);

/** The line as it is handed to winston; its own keys cannot clash with the fields. */
interface Entry {
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: LogFields;
}

/** From the least weight of a log on, all that are before it are written. */
const LEVELS: readonly LogLevel[] = ['error', 'warn', 'info', 'debug'];

/**
 * The operator's log, one line an event. The finished line goes through the redactor, so that no field,
 * key, nesting or escape gets round it. A stream that breaks silences the log and stops nothing.
 */
export function makeWinstonLog(options: WinstonLogOptions): Log {
  const written = new Set(LEVELS.slice(0, LEVELS.indexOf(options.level) + 1));
  let logger: Winston.Logger | undefined;
  const write = (entry: Entry): void => {
    if (!written.has(entry.level)) return;
    logger ??= openLogger(options);
    logger.log(entry);
  };
  return makeLog(write, {});
}

/** winston is loaded with the first line: most commands have nothing to say, and loading it would be a tenth of their start. */
function openLogger(options: WinstonLogOptions): Winston.Logger {
  const winston = createRequire(import.meta.url)('winston') as typeof Winston;
  const { level, stream = process.stderr, secrets, json = true } = options;
  const redact = makeRedactor(secrets);
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- winston's types do not know it for one
  const transport: Winston.transport = new winston.transports.Stream({ stream, eol: '\n' });
  const finish = json ? jsonLine : textLine;
  const logger = winston.createLogger({
    level,
    format: winston.format.printf((info) => finish(info as unknown as Entry, redact)),
    transports: transport,
    exitOnError: false,
  });
  logger.on('error', ignore);
  if (!guarded.has(stream)) {
    guarded.add(stream);
    stream.on('error', ignore);
  }
  return logger;
}

/** Streams that have our listener already: process.stderr lives longer than any log. */
const guarded = new WeakSet<Writable>();

function ignore(): void {
  // there is nowhere left to say it
}

function makeLog(write: (entry: Entry) => void, fixed: LogFields): Log {
  const writeAt =
    (level: LogLevel) =>
    (message: string, fields?: LogFields): void => {
      write({ level, message, fields: { ...fixed, ...fields } });
    };
  return {
    debug: writeAt('debug'),
    info: writeAt('info'),
    warn: writeAt('warn'),
    error: writeAt('error'),
    with: (fields) => makeLog(write, { ...fixed, ...fields }),
  };
}

function jsonLine({ level, message, fields }: Entry, redact: Redactor): string {
  const head = { timestamp: new Date().toISOString(), level };
  const line = lineOf(head, message, fields);
  const clean = redact(line);
  // a secret that is a number or a JSON word may have stood outside of quotes
  return clean === line || isJson(clean) ? clean : JSON.stringify({ ...head, message: clean });
}

/** Fields that are not JSON after all (a cycle, a bigint) must not make the logging throw. */
function lineOf(head: object, message: string, fields: LogFields): string {
  try {
    return JSON.stringify({ ...head, message, ...ownedFields(fields) });
  } catch (error) {
    return JSON.stringify({ ...head, message, unloggable: String(error) });
  }
}

function ownedFields(fields: LogFields): LogFields {
  const entries = Object.entries(fields).map(
    ([key, value]) => [OWN_KEYS.has(key) ? `${key}_` : key, value] as const,
  );
  return Object.fromEntries(entries);
}

/** `10:15:02 warn  message key=value`, with control characters escaped. */
function textLine({ level, message, fields }: Entry, redact: Redactor): string {
  const time = new Date().toISOString().slice(11, 19);
  const pairs = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${typeof value === 'string' ? wordOf(value) : textOf(value)}`);
  const line = [time, level.padEnd(5), message, ...pairs].join(' ');
  return redact(line).replaceAll(CONTROL, escapeControl);
}

/** What must not reach a terminal. */
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

function escapeControl(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function wordOf(text: string): string {
  return /^[^\s"=]+$/.test(text) ? text : JSON.stringify(text);
}

function textOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    return String(error);
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
