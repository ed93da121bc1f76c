import fc from 'fast-check';
import type { FileSpec, FlowSpec, PolicySpec } from './git-model.ts';
import { FIELDS, HAND_FIELDS } from './leaves.ts';
import type { Leaves } from './leaves.ts';
import { span } from './step.ts';
import type { Step } from './step.ts';
import type { World } from './world.ts';

/** What a commit changes of one file; `now` for what lasts for a while. */
interface FileEdit {
  readonly words: string;
  readonly of: (spec: FlowSpec, now: number, n: number) => FileSpec | undefined;
}

const HOUR_MS = 3_600_000;
const aFlowNumber = fc.integer({ min: 1, max: 3 });
const aWhile = fc.constantFrom(undefined, 2 * 60_000, 5 * HOUR_MS);

function leavesFrom(fields: typeof FIELDS): fc.Arbitrary<Leaves> {
  const leaf = fc
    .constantFrom(...Object.keys(fields))
    .chain((path) => fc.tuple(fc.constant(path), fc.constantFrom(...(fields[path] ?? []))));
  return fc.array(leaf, { minLength: 1, maxLength: 2 }).map((leaves) => Object.fromEntries(leaves));
}

export const someDeclared = leavesFrom(FIELDS);
export const someByHand = leavesFrom(HAND_FIELDS);

export function leafWords(leaves: Leaves): string {
  return Object.entries(leaves)
    .map(([path, value]) => `${path} ${value === null ? 'absent' : JSON.stringify(value)}`)
    .join(', ');
}

const declaring: fc.Arbitrary<FileEdit> = someDeclared.map((leaves) => ({
  words: `wants ${leafWords(leaves)}`,
  of: (spec) => ({ ...spec, declared: { ...spec.declared, ...leaves } }),
}));

const undeclaring: fc.Arbitrary<FileEdit> = fc.constantFrom(...Object.keys(FIELDS)).map((path) => ({
  words: `no longer declares ${path}`,
  of: (spec) => ({
    ...spec,
    declared: Object.fromEntries(Object.entries(spec.declared).filter(([key]) => key !== path)),
  }),
}));

const depending: fc.Arbitrary<FileEdit> = fc.subarray([1, 2]).map((ids) => ({
  words: `depends on ${ids.length > 0 ? ids.map((id) => `flow ${String(id)}`).join(', ') : 'nothing'}`,
  // upwards only, so that there is no circle
  of: (spec, _now, n) => ({ ...spec, dependsOn: ids.filter((id) => id < n) }),
}));

const holding: fc.Arbitrary<FileEdit> = fc
  .tuple(fc.constantFrom('suspend', 'ignore', 'report', 'nothing'), aWhile)
  .map(([how, ms]) => {
    const lasts = ms === undefined ? '' : ` for ${span(ms)}`;
    const untilAt = (now: number) => (ms === undefined ? {} : { untilAt: now + ms });
    const words = {
      suspend: `is suspended${lasts}`,
      ignore: `leaves /routing/maxWaitTime to others${lasts}`,
      report: 'is only reported',
      nothing: 'is neither suspended, nor ignored in part, nor only reported',
    };
    const free = ({ declared, dependsOn, requires }: FlowSpec): FlowSpec => ({
      declared,
      dependsOn,
      ...(requires !== undefined && { requires }),
    });
    return {
      words: words[how],
      of: (spec, now): FlowSpec => {
        if (how === 'suspend') return { ...spec, suspend: untilAt(now) };
        if (how === 'ignore')
          return { ...spec, ignore: { path: '/routing/maxWaitTime', ...untilAt(now) } };
        return how === 'report' ? { ...spec, isReportOnly: true } : free(spec);
      },
    };
  });

const requiring: fc.Arbitrary<FileEdit> = fc.constantFrom('Support', 'Nobody').map((queue) => ({
  words: `requires the queue ${queue}`,
  of: (spec) => ({ ...spec, requires: queue }),
}));

const spoiling: fc.Arbitrary<FileEdit> = fc
  .constantFrom('unreadable', 'faulty', undefined)
  .map((spec) => ({
    words: spec === undefined ? 'has its file removed' : `has an ${spec} file`,
    of: () => spec,
  }));

const anEdit = fc.oneof(
  { weight: 12, arbitrary: declaring },
  { weight: 3, arbitrary: undeclaring },
  { weight: 2, arbitrary: depending },
  { weight: 3, arbitrary: holding },
  { weight: 1, arbitrary: requiring },
  { weight: 2, arbitrary: spoiling },
);

/** A commit that changes one file, or several in one way each. */
const aMerge: fc.Arbitrary<Step> = fc
  .array(fc.tuple(aFlowNumber, anEdit), { minLength: 1, maxLength: 3 })
  .map((edits) => ({
    words: `Ada merges: ${edits.map(([n, { words }]) => `flow ${String(n)} ${words}`).join('; ')}`,
    run: ({ git, clock }: World) => {
      const flows = new Map<number, FileSpec | undefined>();
      for (const [n, { of }] of edits) {
        const given = flows.has(n) ? flows.get(n) : git.head.flows.get(n);
        flows.set(
          n,
          of(typeof given === 'object' ? given : lastGood(git.commits, n), clock.now(), n),
        );
      }
      git.commit({ flows }, 'Ada');
    },
  }));

/** Who mends a file goes on from where it was good. */
function lastGood(commits: World['git']['commits'], n: number): FlowSpec {
  const good = commits.findLast(({ flows }) => typeof flows.get(n) === 'object')?.flows.get(n);
  return typeof good === 'object' ? good : { declared: {}, dependsOn: [] };
}

const aFreeze = fc
  .record({
    inMs: fc.constantFrom(-HOUR_MS, 10_000),
    lastsMs: fc.constantFrom(90_000, 100_000 * HOUR_MS),
    allowReverts: fc.boolean(),
  })
  .map(({ inMs, lastsMs, allowReverts }) => ({
    words: `freeze ${inMs < 0 ? 'now' : `in ${span(inMs)}`} for ${span(lastsMs)}${allowReverts ? '' : ', reverts too'}`,
    of: (now: number): PolicySpec => ({
      freeze: { fromAt: now + inMs, untilAt: now + Math.max(inMs, 0) + lastsMs, allowReverts },
    }),
  }));

const somePolicy = fc
  .record(
    {
      concurrency: fc.constantFrom(1, 4),
      conflictRetries: fc.constantFrom(0, 1),
      rollsBackUnloaded: fc.constant(true),
      maxFlows: fc.constantFrom(0, 1),
      isReportOnly: fc.constant(true),
    },
    { requiredKeys: [] },
  )
  .map((spec) => ({ words: JSON.stringify(spec), of: (): PolicySpec => spec }));

const aPolicy: fc.Arbitrary<Step> = fc
  .oneof(
    { weight: 4, arbitrary: somePolicy },
    { weight: 2, arbitrary: fc.constant({ words: 'the default one', of: (): PolicySpec => ({}) }) },
    { weight: 3, arbitrary: aFreeze },
    { weight: 1, arbitrary: fc.constant({ words: 'a faulty one', of: () => 'faulty' as const }) },
  )
  .map(({ words, of }) => ({
    words: `Ada merges another policy: ${words}`,
    run: ({ git, clock }: World) => {
      git.commit({ policy: of(clock.now()) }, 'Ada');
    },
  }));

const aRevert: fc.Arbitrary<Step> = fc.nat({ max: 4 }).map((back) => ({
  words: `Olive reverts the ${back === 0 ? 'last commit' : `commit ${String(back)} before the last`}`,
  run: ({ git }: World) => {
    git.revert(git.commits.length - 1 - back, 'Olive');
  },
}));

/** What people do in git. */
export const aGitStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: aMerge },
  { weight: 1, arbitrary: aPolicy },
  { weight: 2, arbitrary: aRevert },
);
