import { globSync, readFileSync } from 'node:fs';

/** The folder of src/ that is mutated, and whose tests have to find it. */
export const ROOM = process.env['FLOWKEEPER_MUTANTS'] ?? 'gates';

const ROOT = new URL('../../', import.meta.url);
/** The long proofs, which would take as long for each fault as all the others together. */
const LONG = ['test/unit/engine/crash.test.ts', 'test/unit/engine/loop/a-day.test.ts'];

const files = globSync(`test/unit/${ROOM}/**/*.test.ts`, { cwd: ROOT.pathname })
  .filter((file) => !LONG.includes(file))
  .sort();

/** What is set up before each test of one file must not be before the tests of others. */
function hasHooks(file: string): boolean {
  return /^(?:before|after)(?:Each|All)\(/m.test(readFileSync(new URL(file, ROOT), 'utf8'));
}

/** The room's test files that may stand in one file together, and those that may not; paths from the root. */
export const TOGETHER = files.filter((file) => !hasHooks(file));
export const APART = files.filter(hasHooks);
