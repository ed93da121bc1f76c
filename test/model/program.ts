import fc from 'fast-check';
import { aGitStep } from './git-steps.ts';
import { anOrgStep } from './org-steps.ts';
import { aRunStep } from './run-steps.ts';
import { settle } from './settle.ts';
import type { Sabotage } from './sabotage.ts';
import type { Step } from './step.ts';
import { World } from './world.ts';
import type { WorldOptions } from './world.ts';

export interface Program {
  readonly options: WorldOptions;
  readonly steps: readonly Step[];
}

const someOptions: fc.Arbitrary<WorldOptions> = fc.record({
  pageSize: fc.constantFrom(100, 1),
  hideSettingsInLists: fc.boolean(),
  silentWrites: fc.boolean(),
  pace: fc.nat({ max: 1_000_000 }),
});

const aProgram: fc.Arbitrary<Program> = fc.record({
  options: someOptions,
  steps: fc.array(
    fc.oneof(
      { weight: 4, arbitrary: aRunStep },
      { weight: 3, arbitrary: aGitStep },
      { weight: 3, arbitrary: anOrgStep },
    ),
    { maxLength: 24, size: 'max' },
  ),
});

/** Runs one program to its end, quiet time included. @throws Breach, with the story that led to it */
async function runProgram({ options, steps }: Program, sabotage?: Sabotage): Promise<void> {
  const world = new World(options, sabotage);
  try {
    for (const step of steps) {
      world.story.push(step.words);
      await step.run(world);
    }
    world.story.push('quiet time, and a look at everything');
    await settle(world);
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    const story = [JSON.stringify(options), ...world.story].join('\n');
    throw new Error(`${what}\n\n${story}\n`, { cause: error });
  }
}

export interface ModelOptions {
  readonly programs: number;
  readonly seed: number;
  /** Of a counterexample: only that one. */
  readonly path?: string;
  readonly onProgram?: () => void;
  readonly sabotage?: Sabotage;
  /** The first story will do, however long. */
  readonly isBrief?: boolean;
}

/** @returns undefined when everything held; else the shortest story in which it does not, and how to see it again */
export async function checkPrograms(options: ModelOptions): Promise<string | undefined> {
  const { programs: numRuns, seed, path, onProgram, sabotage, isBrief = false } = options;
  const details = await fc.check(
    fc.asyncProperty(aProgram, async (program) => {
      onProgram?.();
      await runProgram(program, sabotage);
    }),
    { numRuns, seed, ...(path !== undefined && { path }), endOnFailure: isBrief },
  );
  if (!details.failed) return undefined;
  const { counterexamplePath, numShrinks, errorInstance } = details;
  const why = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  return `${why}\nseed ${String(seed)}, path ${counterexamplePath ?? ''} (${String(numShrinks)} shrinks)`;
}
