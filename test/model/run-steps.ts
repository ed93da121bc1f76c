import fc from 'fast-check';
import { FlowkeeperError } from '../../src/domain/errors.ts';
import { releaseFlow } from '../../src/engine/release-flow.ts';
import { aFlowId } from '../support/builders.ts';
import { runController } from './controller-run.ts';
import type { RunOptions } from './controller-run.ts';
import { settle } from './settle.ts';
import { ordinal, span } from './step.ts';
import type { Step } from './step.ts';
import { undo } from './undo.ts';
import { ORG } from './world.ts';
import type { World } from './world.ts';

const MINUTE_MS = 60_000;

const aRun: fc.Arbitrary<Step> = fc.constant({
  words: 'a run',
  run: (world: World) => runController(world),
});

/** Calls after whose start, or end, there is another world. */
const CALLS = [
  'backend.write',
  'backend.read',
  'backend.reload',
  'state.journal.open',
  'state.journal.append',
  'state.journal.close',
  'state.snapshots.put',
  'state.flows.save',
  'state.flows.saveOrg',
  'statusBranch.commit',
  'state.outbox.begin',
  'state.outbox.markPublished',
];

const aPlace = fc.oneof(
  fc.record({ of: fc.constantFrom(...CALLS), at: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ of: fc.constant(undefined), at: fc.integer({ min: 1, max: 90 }) }),
);

type Place = Pick<NonNullable<RunOptions['cut']>, 'at'> & { readonly of: string | undefined };

const placeWords = ({ of, at }: Place): string => `its ${ordinal(at)} ${of ?? 'call'}`;
const placeOf = ({ of, at }: Place) => ({ at, ...(of !== undefined && { of }) });

const aDeath: fc.Arbitrary<Step> = fc
  .tuple(aPlace, fc.constantFrom('before', 'after'))
  .map(([place, time]) => ({
    words: `a run that dies right ${time} ${placeWords(place)}`,
    run: (world: World) => runController(world, { cut: { ...placeOf(place), time } }),
  }));

/** What stops a run that lives on. */
const STOPS: Readonly<Record<string, (world: World) => (abort: AbortController) => void>> = {
  'is cancelled': () => (abort) => {
    abort.abort(new FlowkeeperError('run.cancelled', 'cancelled', { org: ORG }));
  },
  'loses its lease': (world) => () => {
    world.lease.takenBy(ORG, 'another host');
  },
  'meets a full disk': () => () => {
    const details = { file: 'state.db', reason: 'no space is left' };
    throw new FlowkeeperError('state.unwritable', 'the disk is full', details);
  },
};

const aStop: fc.Arbitrary<Step> = fc
  .tuple(aPlace, fc.constantFrom(...Object.keys(STOPS)))
  .map(([place, how]) => ({
    words: `a run that ${how} at ${placeWords(place)}`,
    run: async (world: World) => {
      const act = STOPS[how]?.(world) ?? (() => undefined);
      await runController(world, { cut: { ...placeOf(place), time: 'before', act } });
      world.lease.freed(ORG);
    },
  }));

const anApproval: fc.Arbitrary<Step> = fc.constant({
  words: 'a run, and another with its plan approved',
  run: async (world: World) => {
    const report = await runController(world);
    const approvedDigest = report?.plan?.digest;
    if (approvedDigest !== undefined) await runController(world, { approvedDigest });
  },
});

const aRestart: fc.Arbitrary<Step> = fc.constant({
  words: 'flowkeeper is restarted',
  run: (world: World) => {
    world.restart();
  },
});

const someTime: fc.Arbitrary<Step> = fc
  .constantFrom(10_000, 61_000, 2 * MINUTE_MS, 20 * MINUTE_MS, 6 * 60 * MINUTE_MS)
  .map((ms) => ({
    words: `${span(ms)} pass`,
    run: ({ clock }: World) => clock.advance(ms),
  }));

const aJump: fc.Arbitrary<Step> = fc
  .constantFrom(-86_400_000, -10 * MINUTE_MS, -30_000, 30_000, 60 * MINUTE_MS)
  .map((ms) => ({
    words: `the clock is set ${ms < 0 ? 'back' : 'forward'} by ${span(Math.abs(ms))}`,
    run: ({ clock }: World) => {
      clock.jump(ms);
    },
  }));

const aRetry: fc.Arbitrary<Step> = fc.integer({ min: 1, max: 3 }).map((n) => ({
  words: `Olive says: retry flow ${String(n)}`,
  run: async (world: World) => {
    const record = (await world.records()).get(aFlowId(n));
    if (!record) return;
    const name = `Flow ${String(n)}`;
    const flow = { org: ORG, flowId: aFlowId(n), name, record, by: 'Olive' };
    const released = releaseFlow(world.ports, flow, new AbortController().signal);
    await world.clock.until(released);
  },
}));

const aQuietTime: fc.Arbitrary<Step> = fc.constant({
  words: 'quiet time, and a look at everything',
  run: settle,
});

/** What the controller does, and what becomes of it. */
export const aRunStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 9, arbitrary: aRun },
  { weight: 5, arbitrary: aDeath },
  { weight: 3, arbitrary: aStop },
  { weight: 1, arbitrary: anApproval },
  { weight: 1, arbitrary: aRestart },
  { weight: 5, arbitrary: someTime },
  { weight: 1, arbitrary: aJump },
  { weight: 1, arbitrary: aRetry },
  { weight: 1, arbitrary: aQuietTime },
  { weight: 2, arbitrary: undo },
);
