import { describe, expect, test } from '@jest/globals';
import { aFlowId } from '../../support/builders.ts';
import { anApiError, blocksWith, EngineRig, settingsWith } from '../../support/engine-rig.ts';

const FLOW = aFlowId(1);
/** A block that git does not declare. */
const OTHERS_BLOCK = { notes: { by: 'hand' } };

describe('a hand edit between the list and the snapshot', () => {
  test('of an undeclared field survives: the flow is planned again and written once', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.backend.onNext('read', () => void rig.backend.edit(FLOW, OTHERS_BLOCK));

    const report = await rig.run();

    expect(report.outcomes).toMatchObject([{ status: 'applied', version: 9 }]);
    expect(rig.writes()).toMatchObject([{ version: 9 }]);
    expect(rig.live().settings).toEqual({ ...settingsWith(300), ...OTHERS_BLOCK });
    expect(rig.audits()).toMatchObject([
      { status: 'applied', details: { conflicts: 1, conflictWith: 'Hand Writer' } },
    ]);
  });

  test('of a declared field is corrected, and named as a conflict in the audit', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.backend.onNext('read', () => void rig.backend.edit(FLOW, blocksWith(77)));

    await rig.run();

    expect(rig.live().settings).toEqual(settingsWith(300));
    expect(rig.audits()).toMatchObject([
      {
        status: 'applied',
        details: {
          conflicts: 1,
          fields: [{ path: '/routing/maxWaitTime', live: 77, desired: 300 }],
        },
      },
    ]);
  });

  test('to what git wants leaves nothing to do: no write, no audit record', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.backend.onNext('read', () => void rig.backend.edit(FLOW, blocksWith(300)));

    const report = await rig.run();

    expect(report.outcomes).toMatchObject([{ status: 'in-sync' }]);
    expect(rig.writes()).toEqual([]);
    expect(rig.audits()).toEqual([]);
    expect(await rig.status()).toMatchObject({ state: 'InSync', liveVersion: 8 });
    expect(await rig.openAttempts()).toEqual([]);
  });
});

describe('a hand edit between the snapshot and the write', () => {
  test('is met by a conflict, read again, and never overwritten with the old body', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.backend.onNext(
      'write',
      () => void rig.backend.edit(FLOW, { routing: { type: 'theirs', maxWaitTime: 77 } }),
    );

    const report = await rig.run();

    expect(report.outcomes).toMatchObject([{ status: 'applied', version: 9 }]);
    expect(rig.writes().map(({ version, blocks }) => ({ version, blocks }))).toEqual([
      { version: 8, blocks: blocksWith(300) },
      { version: 9, blocks: { routing: { type: 'theirs', maxWaitTime: 300 } } },
    ]);
    expect(rig.audits()).toMatchObject([
      { details: { conflicts: 1, conflictWith: 'Hand Writer', versionBefore: 8 } },
    ]);
  });

  test.each([
    { retries: 0, edits: 1, status: 'conflict', writes: 1 },
    { retries: 3, edits: 3, status: 'applied', writes: 4 },
    { retries: 3, edits: 4, status: 'conflict', writes: 4 },
  ])(
    'again and again: $edits times with conflictRetries $retries ends as $status',
    async ({ retries, edits, status, writes }) => {
      const rig = new EngineRig();
      rig.policy({ apply: { conflictRetries: retries } });
      rig.wants(300);
      for (let i = 0; i < edits; i += 1)
        rig.backend.onNext('write', () => void rig.backend.edit(FLOW, blocksWith(70 + i)));

      const report = await rig.run();

      expect(report.outcomes).toMatchObject([{ status }]);
      expect(rig.writes()).toHaveLength(writes);
      const left = status === 'applied' ? 300 : 70 + edits - 1;
      expect(rig.live().settings).toEqual(settingsWith(left));
      expect(await rig.openAttempts()).toEqual([]);
      expect(rig.audits()).toMatchObject([{ status, details: { conflicts: edits } }]);
    },
  );

  test('that ends as a conflict is told with who it was, and tried again by the next run', async () => {
    const rig = new EngineRig();
    rig.policy({ apply: { conflictRetries: 0 } });
    const revision = rig.wants(300);
    rig.backend.onNext('write', () => void rig.backend.edit(FLOW, blocksWith(77)));
    await rig.run();
    expect(await rig.status()).toMatchObject({
      state: 'Conflict',
      conditions: [{ type: 'Ready', status: false }],
      lastAttemptedRevision: revision,
      lastOutcome: { status: 'conflict' },
    });

    await rig.later().run();

    expect(rig.live().settings).toEqual(settingsWith(300));
    expect(rig.audits().map(({ status }) => status)).toEqual(['conflict', 'applied']);
  });
});

describe('a write right after ours', () => {
  test.each([OTHERS_BLOCK, { routing: { type: 'theirs', maxWaitTime: 300 } }])(
    'to an undeclared field leaves our change applied: %j',
    async (edit) => {
      const rig = new EngineRig();
      rig.wants(300);
      rig.backend.onNext('reload', () => void rig.backend.edit(FLOW, edit), 'after');
      const report = await rig.run();
      expect(report.outcomes).toMatchObject([{ status: 'applied', version: 9 }]);
      expect(rig.live().settings).toMatchObject(edit);
    },
  );

  test('to a declared field is a conflict, and stays until the next run', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.backend.onNext('reload', () => void rig.backend.edit(FLOW, blocksWith(77)), 'after');
    const report = await rig.run();
    expect(report.outcomes).toMatchObject([{ status: 'conflict' }]);
    expect(rig.writes()).toHaveLength(1);
    expect(rig.live().settings).toEqual(settingsWith(77));
  });

  test('that deletes the flow is a conflict', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.backend.onNext('reload', () => void rig.backend.remove(FLOW), 'after');
    const report = await rig.run();
    expect(report.outcomes).toMatchObject([
      { status: 'conflict', reason: 'somebody deleted the flow right after our write' },
    ]);
    expect(await rig.openAttempts()).toEqual([]);
  });
});

test('a conflict with somebody who wrote what git wants is in sync, with nothing to explain', async () => {
  const rig = new EngineRig();
  rig.wants(300);
  rig.backend.onNext('write', () => void rig.backend.edit(FLOW, blocksWith(300)));
  const [outcome] = (await rig.run()).outcomes;
  expect(outcome).toMatchObject({ status: 'in-sync' });
  expect(outcome).not.toHaveProperty('reason');
  expect(outcome).not.toHaveProperty('code');
  expect(rig.audits()).toEqual([]);
});

test('a service that says 409 for no reason ends as a conflict, with nothing written', async () => {
  const rig = new EngineRig();
  rig.wants(300);
  for (let i = 0; i < 4; i += 1) rig.backend.failNext('write', anApiError('api.conflict'));
  const report = await rig.run();
  expect(report.outcomes).toMatchObject([{ status: 'conflict', code: 'api.conflict' }]);
  expect(rig.live()).toMatchObject({ version: 7, settings: settingsWith(600) });
});
