import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe } from '@jest/globals';

/** Where a program is on the PATH; undefined: it is not installed. */
function findTool(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/**
 * `describe` where a program is installed that not every machine has; else the tests are skipped, and why is printed.
 * With FLOWKEEPER_ALL_TESTS set that is a failure: there it has to be.
 *
 * @param from the Debian package that has it
 */
export function describeWithTool(
  name: string,
  from: string,
): typeof describe | typeof describe.skip {
  if (findTool(name) !== undefined) return describe;
  const reason = `${name} is not installed (Debian: apt-get install ${from})`;
  if (process.env['FLOWKEEPER_ALL_TESTS'] !== undefined) throw new Error(reason);
  process.stderr.write(`skipped: ${reason}\n`);
  return describe.skip;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
