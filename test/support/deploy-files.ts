import { expect } from '@jest/globals';
import { makeProgram } from '../../src/cli/program.ts';
import type { Config } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load-config.ts';

/** Fails unless the command line is one that the program understands; resolves with the words that it was given. */
export async function expectUnderstood(argv: readonly string[]): Promise<void> {
  let actions = 0;
  const program = makeProgram(() => {
    actions += 1;
    return Promise.resolve();
  });
  await program.parseAsync(['node', 'flowkeeper', ...argv]);
  expect(actions).toBe(1);
}

/** What `--NAME` says. */
export function optionOf(argv: readonly string[], name: string): string {
  const at = argv.indexOf(`--${name}`);
  expect(at).toBeGreaterThanOrEqual(0);
  return argv[at + 1] ?? '';
}

/** The variables that a config takes from the environment. */
export function variablesOf(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\$\{([A-Z_]+)\}/g)].map(([, name = '']) => name))];
}

/** The config as it is loaded with some text for every variable. Fails when it has a fault. */
export function loadDeployed(file: string, text: string): Config {
  const env = Object.fromEntries(
    variablesOf(text).map((name) => [name, `some-${name}-0123456789`]),
  );
  const loaded = loadConfig(file, text, env);
  if (loaded.ok) return loaded.value;
  throw new Error(JSON.stringify(loaded.diagnostics));
}
