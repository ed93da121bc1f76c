import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { isError } from '../../src/domain/errors.ts';
import { exitCodeOf } from '../../src/engine/run-report.ts';
import type { OrgRunReport } from '../../src/engine/run-report.ts';
import { flowFile, flowPath } from '../support/desired-files.ts';
import { MemoryLog } from '../support/fakes/memory-log.ts';
import { ACME, IntegrationRig, SWIFT_POLICY } from '../support/integration-rig.ts';
import { SmallDisk } from '../support/small-disk.ts';
import { runRigCli } from '../support/run-cli.ts';

const reason = SmallDisk.reasonWithout;
// a silent skip would look like a proof
if (reason !== undefined)
  process.stderr.write(`full-disk.test.ts is skipped: no tmpfs can be mounted here: ${reason}\n`);
const onSmallDisk = reason === undefined ? describe : describe.skip;

const CHANGED = [0, 1, 2];

/** Fills the disk at a line of the log, once. */
class FillingLog extends MemoryLog {
  constructor(at: string, fill: () => void) {
    const lines: MemoryLog['lines'] = [];
    super(lines);
    const push = lines.push.bind(lines);
    let isFull = false;
    lines.push = (...added) => {
      if (!isFull && added.some(({ message }) => message === at)) {
        isFull = true;
        fill();
      }
      return push(...added);
    };
  }
}

onSmallDisk('a state folder on a real disk that is full', () => {
  let disk: SmallDisk;
  let rig: IntegrationRig;

  beforeEach(async () => {
    disk = SmallDisk.mount(2048);
    rig = await IntegrationRig.start({
      orgs: [{ policy: { ...SWIFT_POLICY, apply: { concurrency: 1, verifyTimeout: '200ms' } } }],
      config: () => ({ state: { directory: `${disk.folder}/state` } }),
    });
    expect(exitCodeOf(await rig.reconcile())).toBe(0);
  });

  afterEach(async () => {
    await rig.close();
    disk.remove();
  });

  const idOf = (nth: number): string => rig.flows()[nth]!.id;

  /** A commit that changes three flows. */
  async function merge(): Promise<void> {
    const files = CHANGED.map((nth) => [
      flowPath(ACME, idOf(nth)),
      flowFile(rig.flows()[nth]!, { routing: { maxWaitTime: 55 } }),
    ]);
    await rig.repository.commit(Object.fromEntries(files) as Record<string, string>);
  }

  /** With space again: nothing is lost, nothing is doubled. */
  async function expectWhole(): Promise<void> {
    disk.free();
    for (let runs = 0; runs < 2; runs += 1) {
      await rig.stop();
      // the lease could not be given back, and this process is not gone
      rig.clock.advance(60_000);
      await rig.reconcile();
    }
    expect(exitCodeOf(await rig.reconcile())).toBe(0);
    const ids = CHANGED.map(idOf).toSorted();
    expect(
      rig
        .patches()
        .flatMap(({ status, flowId }) => (status === 200 ? [flowId] : []))
        .toSorted(),
    ).toEqual(ids);
    expect(rig.org().pendingReload()).toEqual([]);
    const records = await rig.audit();
    expect(records.map(({ flowId, status }) => [flowId, status]).toSorted()).toEqual(
      ids.map((id) => [id, 'applied']),
    );
    expect((await runRigCli(rig, 'audit', 'verify')).exitCode).toBe(0);
    expect(new Set([...(await rig.statuses()).values()].map(({ state }) => state))).toEqual(
      new Set(['InSync']),
    );
  }

  const codesOf = ({ error, publishing, outcomes }: OrgRunReport): (string | undefined)[] => [
    error?.code,
    publishing.kind === 'kept' ? publishing.error.code : undefined,
    ...outcomes.map(({ code }) => code),
  ];

  test('while a commit is fetched: says so, with what to do, and the next run goes on', async () => {
    await merge();
    disk.fill();
    const error: unknown = await rig.reconcile().catch((thrown: unknown) => thrown);
    expect(isError(error, 'state.unwritable')).toBe(true);
    expect(String(error)).toContain('No space left on device');
    expect(rig.patches()).toEqual([]);
    await expectWhole();
  });

  test.each([
    { name: 'before the first write', at: 'planned' },
    { name: 'in the middle, after the first flow', at: 'flow ended' },
  ])('$name: ends with a typed error, and the next run goes on', async ({ at }) => {
    await merge();
    const log = new FillingLog(at, () => {
      disk.fill();
    });
    await rig.app({ log });
    const report = await rig.reconcile();
    expect(exitCodeOf(report)).toBe(1);
    expect(codesOf(report)).toContain('state.unwritable');
    await expectWhole();
  });
});
