import type { Writable } from 'node:stream';
import { makeWinstonLog } from '../adapters/logger/winston-log.ts';
import type { LogLevel as WinstonLevel } from '../adapters/logger/winston-log.ts';
import { secretsOf } from '../config/config.ts';
import type { Config } from '../config/config.ts';
import type { Log } from '../ports/log.ts';
import { keepSecretsOf } from './known-secrets.ts';
import { silentLog } from './silent.ts';

export type LogLevel = WinstonLevel | 'silent';

/** The operator's log with every credential of the config kept out of it. */
export function makeAppLog(
  config: Config,
  { level, stream }: { readonly level: LogLevel; readonly stream: Writable },
): Log {
  keepSecretsOf(config);
  if (level === 'silent') return silentLog;
  return makeWinstonLog({ level, stream, secrets: secretsOf(config) });
}
