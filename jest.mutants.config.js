import base from './jest.config.js';

/** The folder of src/ that is mutated, and whose tests have to find it. */
export const ROOM = process.env['FLOWKEEPER_MUTANTS'] ?? 'gates';

/**
 * The room's own tests: no processes, no network, no disk.
 *
 * @type {import('jest').Config}
 */
export default {
  ...base,
  testMatch: [`<rootDir>/test/unit/${ROOM}/**/*.test.ts`],
};
