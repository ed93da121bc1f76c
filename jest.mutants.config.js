import base from './jest.config.js';
import { APART } from './test/mutants/room-files.ts';

/**
 * The room's own tests: no processes, no network, no disk.
 *
 * @type {import('jest').Config}
 */
export default {
  ...base,
  testMatch: ['test/mutants/room.mutants.ts', ...APART].map((file) => `<rootDir>/${file}`),
};
