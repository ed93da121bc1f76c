import { describe, expect, test } from '@jest/globals';
import { planExitCode } from '../../../src/cli/plan-ends.ts';
import { makeDesiredLoader } from '../../../src/engine/load-desired.ts';
import { planOnly } from '../../../src/engine/plan-only.ts';
import { exitCodeOf } from '../../../src/engine/run-report.ts';
import { aFlowId, ORG_ID } from '../../support/builders.ts';
import { anApiError, EngineRig, waiting } from '../../support/engine-rig.ts';
import { someLimits } from '../../support/some-limits.ts';

const signal = new AbortController().signal;

/** An org whose list shows no settings; git wants another waiting time of each of its flows. */
function aRig(flows = 3): EngineRig {
  const rig = new EngineRig({ flows, hideSettingsInLists: true });
  const numbers = Array.from({ length: flows }, (_, i) => i + 1);
  rig.wants(900, ...numbers);
  return rig;
}

/** From now on the service fails whenever one of these flows is read. */
function failing(rig: EngineRig, ids: readonly string[], code = 'api.server-error' as const): void {
  rig.stub('read', (id, alive) =>
    ids.includes(id) ? Promise.reject(anApiError(code)) : rig.backend.read(id, alive),
  );
}

describe('a flow that the list shows without settings, and that cannot be read', () => {
  test('is not written and fails, and the others go on', async () => {
    const rig = aRig();
    failing(rig, [aFlowId(2)]);

    const report = await rig.run();

    expect(exitCodeOf(report)).toBe(1);
    expect(report.error).toBeUndefined();
    const ends = report.outcomes.map(({ flowId, status }) => [flowId, status]);
    expect(ends.toSorted()).toEqual([
      [aFlowId(1), 'applied'],
      [aFlowId(2), 'failed'],
      [aFlowId(3), 'applied'],
    ]);
    expect(rig.writes(2)).toEqual([]);
    expect(rig.published(2)).toMatchObject({
      state: 'Failed',
      conditions: [{ type: 'Ready', status: false, reason: 'api.server-error' }],
    });
  });

  test('keeps what was known of it, and is told once, however long that lasts', async () => {
    const rig = aRig();
    expect(exitCodeOf(await rig.run())).toBe(0);
    const before = await rig.record(2);
    failing(rig, [aFlowId(2)]);

    await rig.later().run();
    const again = await rig.later().run();

    expect(exitCodeOf(again)).toBe(1);
    expect(again.publishing.kind).toBe('nothing');
    expect(await rig.record(2)).toMatchObject({
      applied: before?.applied,
      pastHashes: before?.pastHashes,
      status: { state: 'Failed', liveVersion: before?.status.liveVersion },
    });

    failing(rig, []);
    expect(exitCodeOf(await rig.later().run())).toBe(0);
    expect(rig.published(2)?.state).toBe('InSync');
    expect(rig.writes(2)).toHaveLength(1);
  });

  test('holds those that depend on it', async () => {
    const rig = aRig();
    rig.commit({ 3: waiting(900, { dependsOn: [aFlowId(2)] }) });
    failing(rig, [aFlowId(2)]);

    const report = await rig.run();

    const third = report.outcomes.find(({ flowId }) => flowId === aFlowId(3));
    expect(third).toMatchObject({ status: 'deferred' });
    expect(rig.writes(3)).toEqual([]);
  });

  test('is in the plan, which fails then', async () => {
    const rig = aRig();
    failing(rig, [aFlowId(2)]);
    const pinned = await rig.source.pinHead(signal);
    const directory = 'desired-state';
    const run = { org: rig.org, orgId: ORG_ID, directory, pinned, limits: someLimits(rig.clock) };
    const loader = makeDesiredLoader(rig, directory);

    const report = await planOnly(rig.ports, loader, run, signal);

    expect(report.plan?.changes.map(({ flowId }) => flowId)).toEqual([aFlowId(1), aFlowId(3)]);
    expect(report.plan?.unread).toMatchObject([{ flowId: aFlowId(2), code: 'api.server-error' }]);
    expect(planExitCode(report)).toBe(1);
  });

  test('changes the digest: what was approved was approved on less, or on more', async () => {
    const digests = [[], [aFlowId(2)], [aFlowId(3)]].map(async (ids) => {
      const rig = aRig();
      failing(rig, ids);
      return (await rig.run()).plan?.digest;
    });
    expect(new Set(await Promise.all(digests)).size).toBe(3);
  });

  test.each([
    { count: 9, ended: undefined },
    { count: 10, ended: 'api.server-error' },
  ])('$count in a row: the run ends with $ended', async ({ count, ended }) => {
    const rig = aRig(12);
    failing(
      rig,
      Array.from({ length: count }, (_, i) => aFlowId(i + 2)),
    );

    const report = await rig.run();

    expect(report.error?.code).toBe(ended);
    expect(rig.writes().length > 0).toBe(ended === undefined);
  });

  test.each([
    'api.unauthorized',
    'api.token-refused',
    'api.rate-limited',
    'api.unreachable',
  ] as const)('%s is about the whole org, and ends the run', async (code) => {
    const rig = aRig();
    rig.stub('read', () => Promise.reject(anApiError(code)));

    const report = await rig.run();

    expect(report).toMatchObject({ error: { code }, outcomes: [] });
    expect(rig.writes()).toEqual([]);
  });
});
