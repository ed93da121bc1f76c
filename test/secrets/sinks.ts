import { Writable } from 'node:stream';
import { makeWinstonLog } from '../../src/adapters/logger/winston-log.ts';
import { makeAppLog } from '../../src/app/app-log.ts';
import { write } from '../../src/cli/io.ts';
import { crashText } from '../../src/cli/crash.ts';
import { secretsOf } from '../../src/config/config.ts';
import type { Config } from '../../src/config/config.ts';
import { FlowkeeperError } from '../../src/domain/errors.ts';
import type { Log } from '../../src/ports/log.ts';

/** What comes out of a sink that a text is given to by somebody who did not look at it. */
export type Sink = (text: string, config: Config) => string | Promise<string>;

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
type Level = (typeof LEVELS)[number];

class TextStream extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString('utf8');
    done();
  }
}

/** In the message, in a field, in a field's name, deep in a field, and in an error. */
function logEverywhere(log: Log, level: Level, text: string): void {
  log[level](`it said ${text}`);
  log[level]('a field', { reason: text, [text]: 'as a name' });
  log[level]('deep', { answer: { headers: [{ value: text }] }, stack: new Error(text).stack });
  log.with({ org: text })[level]('from the context');
}

const jsonLog =
  (level: Level): Sink =>
  (text, config) => {
    const stream = new TextStream();
    logEverywhere(makeAppLog(config, { level: 'debug', stream }), level, text);
    return stream.text;
  };

const textLog =
  (level: Level): Sink =>
  (text, config) => {
    const stream = new TextStream();
    const options = { level: 'debug', stream, json: false, secrets: secretsOf(config) } as const;
    logEverywhere(makeWinstonLog(options), level, text);
    return stream.text;
  };

/** A command that has opened its config prints. */
const printed =
  (render: (text: string) => string): Sink =>
  async (text, config) => {
    const stream = new TextStream();
    makeAppLog(config, { level: 'silent', stream });
    await write(stream, render(text));
    return stream.text;
  };

const crash =
  (thrown: (text: string) => unknown): Sink =>
  (text, config) => {
    makeAppLog(config, { level: 'silent', stream: new TextStream() });
    return crashText(thrown(text));
  };

export const SINKS: Readonly<Record<string, Sink>> = {
  ...Object.fromEntries(LEVELS.map((level) => [`the log as JSON, ${level}`, jsonLog(level)])),
  ...Object.fromEntries(LEVELS.map((level) => [`the log as text, ${level}`, textLog(level)])),
  'a result or an error as text': printed((text) => `flowkeeper: it said ${text} [api.refused]\n`),
  'a result as JSON': printed((text) => `${JSON.stringify({ reason: text, [text]: [text] })}\n`),
  'a crash by an unknown error': crash((text) => new Error(`it said ${text}`)),
  'a crash by an error of ours': crash(
    (text) =>
      new FlowkeeperError('bug.unexpected', `it said ${text}`, { reason: text }, { cause: text }),
  ),
  'a crash by no error at all': crash((text) => ({ text, toString: () => text })),
};
