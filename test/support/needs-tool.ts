import { existsSync } from 'node:fs';
import { describe } from '@jest/globals';

/**
 * A suite that needs a program of the machine. Without it the suite is skipped, saying so, unless
 * `FLOWKEEPER_ALL_TESTS` says that nothing may be skipped.
 *
 * @param program its absolute path
 */
export function describeWith(
  { program, install }: { readonly program: string; readonly install: string },
  name: string,
  suite: () => void,
): void {
  const isRequired = (process.env['FLOWKEEPER_ALL_TESTS'] ?? '') !== '';
  if (isRequired || existsSync(program)) {
    describe(name, suite);
    return;
  }
  process.stderr.write(`skipped: ${name}: there is no ${program} (${install})\n`);
  describe.skip(`${name} (needs ${program})`, suite);
}
