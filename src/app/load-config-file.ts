import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { resolvePaths } from '../config/config.ts';
import type { Config } from '../config/config.ts';
import { loadConfig } from '../config/load-config.ts';
import { FlowkeeperError } from '../domain/errors.ts';

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
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    const message = `the config file ${shown} cannot be read (${reason})`;
    throw new FlowkeeperError('config.missing', message, { file: shown });
  }
  const loaded = loadConfig(shown, text, env);
  if (loaded.ok) return resolvePaths(loaded.value, dirname(path));
  const { diagnostics } = loaded;
  const message = `the config file ${shown} has ${String(diagnostics.length)} fault(s)`;
  throw new FlowkeeperError('config.invalid', message, { diagnostics });
}
