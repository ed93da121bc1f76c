import { globSync, readFileSync } from 'node:fs';
import { ROOM } from './test/mutants/room-files.ts';

/** 1: the whole room; n: of its windows of lines each n-th, the same ones each time. */
const ONE_IN = Number(process.env['FLOWKEEPER_MUTANTS_ONE_IN'] ?? 1);
const WINDOW_LINES = 12;

/** Windows of lines, counted on from file to file, so that each part of the room has its share. */
function sample() {
  const windows = globSync(`src/${ROOM}/**/*.ts`, { cwd: import.meta.dirname })
    .sort()
    .flatMap((file) => {
      const lines = readFileSync(`${import.meta.dirname}/${file}`, 'utf8').split('\n').length;
      return Array.from({ length: Math.ceil(lines / WINDOW_LINES) }, (_, index) => {
        const first = index * WINDOW_LINES + 1;
        return `${file}:${first}-${Math.min(lines, first + WINDOW_LINES - 1)}`;
      });
    });
  return windows.filter((_, index) => index % ONE_IN === 0);
}

/**
 * Mutation testing, a room at a time: each mutant is a small fault planted in the code, and a test has to find it.
 * `npm run mutants` (see scripts/mutants.ts).
 */
export default {
  mutate: ONE_IN === 1 ? [`src/${ROOM}/**/*.ts`] : sample(),
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
