import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { resolvePaths } from '../config/config.ts';
import type { Config } from '../config/config.ts';
import { loadConfig } from '../config/load-config.ts';
import { FlowkeeperError } from '../domain/errors.ts';
import { countOf } from '../plan/plan-wording.ts';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there',
  EISDIR: 'it is a folder',
  EACCES: 'this user may not read it',
};

/**
 * The config file, checked, with defaults filled in and every path absolute.
 *
 * @throws config.missing, config.invalid (with every fault at its place)
 */
export async function loadConfigFile(
  file: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Config> {
  const path = resolve(file);
  const shown = relative(process.cwd(), path) || file;
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const message = `the config file ${shown} cannot be read: ${REASONS[code] ?? (error as Error).message}`;
    throw new FlowkeeperError('config.missing', message, { file: shown }, { cause: error });
  }
  const loaded = loadConfig(shown, text, env);
  if (loaded.ok) return resolvePaths(loaded.value, dirname(path));
  const { diagnostics } = loaded;
  const message = `the config file ${shown} has ${countOf(diagnostics.length, 'fault')}`;
  throw new FlowkeeperError('config.invalid', message, { diagnostics });
}
