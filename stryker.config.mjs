import { ROOM } from './jest.mutants.config.js';

/**
 * Mutation testing, a room at a time: each mutant is a small fault planted in the code, and a test has to find it.
 * `npm run mutants` (see scripts/mutants.ts).
 */
export default {
  mutate: [`src/${ROOM}/**/*.ts`],
  testRunner: 'jest',
  // the tests are ES modules, which jest cannot run otherwise
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  jest: { configFile: 'jest.mutants.config.js', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  // what is computed once when a module is loaded cannot be mutated for one test alone
  ignoreStatic: true,
  // far longer than the tests take on a busy machine: a mutant is not found by a clock
  timeoutMS: 60_000,
  concurrency: 2,
  tempDirName: 'dist/.stryker',
  ignorePatterns: ['dist', 'coverage'],
  reporters: ['json', 'progress-append-only'],
  allowConsoleColors: false,
  jsonReporter: { fileName: `dist/mutants-${ROOM}.json` },
};
