import type { Writable } from 'node:stream';
import { makeWinstonLog } from '../adapters/logger/winston-log.ts';
import type { LogLevel } from '../adapters/logger/winston-log.ts';
import { secretsOf } from '../config/config.ts';
import type { Config } from '../config/config.ts';
import type { Log } from '../ports/log.ts';

/** The operator's log with every credential of the config kept out of it. */
export function makeAppLog(
  config: Config,
  options: { readonly level: LogLevel; readonly stream: Writable },
): Log {
  return makeWinstonLog({ ...options, secrets: secretsOf(config) });
}
