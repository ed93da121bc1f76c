import { describe, expect, test } from '@jest/globals';
import { exitCodeOf } from '../../../src/engine/run-report.ts';
import { aFlowId } from '../../support/builders.ts';
import {
  anApiError,
  blocksWith,
  EngineRig,
  settingsWith,
  waiting,
} from '../../support/engine-rig.ts';

const ALL = Array.from({ length: 12 }, (_, i) => i + 1);

describe('an org in mode report', () => {
  test('is told of and never written, and no gate holds what nobody would write', async () => {
    const rig = new EngineRig({ flows: 12 });
    rig.policy({ mode: 'report' });
    rig.wants(300, ...ALL);
    const report = await rig.run();
    expect(report).toMatchObject({ reportOnly: true, verdict: { kind: 'allow' }, outcomes: [] });
    expect(exitCodeOf(report)).toBe(2);
    const methods = new Set(rig.backend.calls.map(({ method }) => method));
    expect([...methods]).toEqual(['pages']);
    expect(await rig.status()).toMatchObject({
      state: 'Drifted',
      conditions: [{ type: 'Ready', status: false, reason: 'ReportOnly' }],
    });
    expect(await rig.state.flows.loadOrg(rig.org)).toMatchObject({ state: 'Reporting' });
  });

  test('leaves an attempt that was cut off open, and writes nothing to finish it', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.backend.failNext('write', anApiError('api.timeout'), 'after');
    rig.backend.onNext('read', () => undefined);
    rig.backend.failNext('read', anApiError('api.unreachable'));
    await rig.run();
    rig.policy({ mode: 'report' });
    await rig.later().run();
    expect(rig.backend.reloads).toEqual([]);
    expect(await rig.openAttempts()).toHaveLength(1);

    rig.policy({ mode: 'enforce' });
    await rig.later().run();
    expect(rig.audits()).toMatchObject([{ status: 'applied' }]);
  });
});

describe('a flow that is not to be written', () => {
  test('because its file says report, among others that are', async () => {
    const rig = new EngineRig({ flows: 2 });
    rig.commit({ 1: waiting(300, { mode: 'report' }), 2: waiting(300) });
    const report = await rig.run();
    expect(report.outcomes).toMatchObject([{ flowId: aFlowId(2), status: 'applied' }]);
    expect(await rig.status(1)).toMatchObject({ state: 'Drifted' });
    expect(exitCodeOf(report)).toBe(2);
  });

  test('because it is suspended: told as such, until the time that the file names', async () => {
    const rig = new EngineRig();
    const suspend = { reason: 'INC-4711', until: '2026-11-24T10:00:00Z' };
    rig.commit({ 1: waiting(300, { suspend }) });
    await rig.run();
    expect(rig.writes()).toEqual([]);
    expect(await rig.status()).toMatchObject({
      state: 'Suspended',
      conditions: [
        { type: 'Ready', status: false },
        { type: 'Suspended', status: true, message: 'INC-4711' },
      ],
    });

    const report = await rig.later(31 * 60_000).run();
    expect(report.outcomes).toMatchObject([{ status: 'applied' }]);
  });

  test('because it is suspended, and is as git says: in sync, and suspended', async () => {
    const rig = new EngineRig();
    rig.commit({ 1: waiting(600, { suspend: { reason: 'INC-1' } }) });
    await rig.run();
    expect(await rig.status()).toMatchObject({
      state: 'InSync',
      conditions: [{ type: 'Ready' }, { type: 'Suspended' }],
    });
    expect((await rig.later().run()).publishing).toEqual({ kind: 'nothing' });
  });
});

describe('the interval between two updates of one flow', () => {
  test('puts a new change off, with a reason that does not change and the time to try again', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    await rig.run();
    const writtenAt = rig.clock.now();
    rig.wants(310);

    const report = await rig.later(10_000).run();

    expect(report.outcomes).toMatchObject([{ status: 'deferred', retryAt: writtenAt + 60_000 }]);
    expect(await rig.status()).toMatchObject({ state: 'Deferred' });
    expect(rig.audits()).toHaveLength(1);
    expect((await rig.later(10_000).run()).publishing).toEqual({ kind: 'nothing' });
    expect((await rig.later(40_000).run()).outcomes).toMatchObject([{ status: 'applied' }]);
  });

  test('lets a revert pass, but not where the policy says otherwise', async () => {
    for (const [skip, status] of [
      [true, 'applied'],
      [false, 'deferred'],
    ] as const) {
      const rig = new EngineRig();
      rig.policy({ apply: { revertsSkipPerFlowRate: skip } });
      rig.wants(300);
      await rig.run();
      const change = rig.wants(310);
      await rig.later().run();
      rig.source.revert(change);
      const report = await rig.later(1000).run();
      expect(report.plan?.changes).toMatchObject([{ kind: 'revert' }]);
      expect(report.outcomes).toMatchObject([{ status }]);
    }
  });

  test('counts from a write that was found landed in a recovery', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.backend.failNext('write', anApiError('api.timeout'), 'after');
    rig.backend.onNext('read', () => undefined);
    rig.backend.failNext('read', anApiError('api.unreachable'));
    await rig.run();
    const startedAt = [...rig.state.attempts.values()][0]?.start.startedAt ?? 0;
    rig.wants(310);
    const report = await rig.later(10_000).run();
    expect(report.outcomes).toMatchObject([
      { status: 'applied' },
      { status: 'deferred', retryAt: startedAt + 60_000 },
    ]);
  });
});

describe('dependsOn', () => {
  const dependent = (maxWaitTime: number, ...on: number[]) =>
    waiting(maxWaitTime, { dependsOn: on.map((n) => aFlowId(n)) });

  test('writes a flow after those that it depends on, whatever their order', async () => {
    const rig = new EngineRig({ flows: 3 });
    rig.commit({ 1: dependent(300, 2), 2: dependent(300, 3), 3: waiting(300) });
    await rig.run();
    expect(rig.writes().map(({ flowId }) => flowId)).toEqual([3, 2, 1].map((n) => aFlowId(n)));
  });

  test('waits only in the subtree of a flow that fails', async () => {
    const rig = new EngineRig({ flows: 4 });
    rig.commit({ 1: waiting(300), 2: dependent(300, 1), 3: dependent(300, 2), 4: waiting(300) });
    rig.backend.failNext('write', anApiError('api.forbidden'));

    const report = await rig.run();

    expect(Object.fromEntries(report.outcomes.map((o) => [o.flowId, o.status]))).toEqual({
      [aFlowId(1)]: 'failed',
      [aFlowId(2)]: 'deferred',
      [aFlowId(3)]: 'deferred',
      [aFlowId(4)]: 'applied',
    });
    expect(await rig.status(2)).toMatchObject({
      state: 'Deferred',
      conditions: [{ reason: 'depends-on', message: expect.stringContaining(aFlowId(1)) }],
    });
    await rig.later().run();
    for (const n of [1, 2, 3]) expect(rig.live(n).settings).toEqual(settingsWith(300));
  });

  test('holds a flow while one that it depends on is suspended, missing or invalid', async () => {
    const rig = new EngineRig({ flows: 4 });
    rig.backend.remove(aFlowId(2));
    rig.commit({
      1: waiting(300, { suspend: { reason: 'x' } }),
      2: waiting(300),
      3: dependent(300, 1),
      4: dependent(300, 2),
    });
    const report = await rig.run();
    expect(report.outcomes.map(({ status }) => status)).toEqual(['deferred', 'deferred']);
    expect(rig.writes()).toEqual([]);
  });

  test('is not met by an update of an earlier revision that a recovery finished', async () => {
    const rig = new EngineRig({ flows: 2 });
    rig.wants(300, 1);
    rig.backend.failNext('write', anApiError('api.timeout'), 'after');
    rig.backend.onNext('read', () => undefined);
    rig.backend.failNext('read', anApiError('api.unreachable'));
    await rig.run();
    // the recovery applies 300; the plan then finds that git wants 310, and suspends the flow
    rig.commit({ 1: waiting(310, { suspend: { reason: 'x' } }), 2: dependent(300, 1) });
    const report = await rig.later().run();
    expect(report.outcomes.map(({ flowId, status }) => [flowId, status])).toEqual([
      [aFlowId(1), 'applied'],
      [aFlowId(2), 'deferred'],
    ]);
    expect(await rig.status(1)).toMatchObject({ state: 'Suspended' });
  });
});

describe('what a flow leans on', () => {
  const needs = (...queues: string[]) => waiting(300, { requires: { queues } });

  test('is looked up once per run and kind, whatever the number of flows', async () => {
    const rig = new EngineRig({ flows: 3, names: { queue: ['Support', 'Sales'] } });
    rig.commit({ 1: needs('Support'), 2: needs('Sales'), 3: needs('Support', 'Sales') });
    await rig.run();
    expect(rig.writes()).toHaveLength(3);
    expect(rig.backend.callsOf('accessTo')).toHaveLength(1);
    expect(rig.backend.callsOf('missingOf')).toHaveLength(1);
  });

  test('is looked up once, though several flows wait for the answers at the same time', async () => {
    const names = { queue: ['Support'], user: ['Ada'], team: ['North'] };
    const rig = new EngineRig({ flows: 12, names });
    rig.policy({ massChange: { maxShare: 1 }, apply: { concurrency: 8 } });
    const requires = { queues: ['Support'], users: ['Ada'], teams: ['North'] };
    rig.commit(Object.fromEntries(ALL.map((n) => [n, waiting(300, { requires })])));
    const later = () => new Promise<void>((resolve) => setImmediate(resolve));
    for (let i = 0; i < 3; i += 1) rig.backend.onNext('accessTo', later).onNext('missingOf', later);
    await rig.run();
    expect(rig.writes()).toHaveLength(12);
    for (const method of ['accessTo', 'missingOf'] as const) {
      const kinds = rig.backend.callsOf(method).map(({ kind }) => kind);
      expect(kinds).toEqual(['queue', 'user', 'team']);
    }
  });

  test('and is missing blocks this flow and no other, with the name', async () => {
    const rig = new EngineRig({ flows: 2, names: { queue: ['Support'] } });
    rig.commit({ 1: needs('Suport'), 2: needs('Support') });
    const report = await rig.run();
    expect(report.outcomes).toMatchObject([
      { status: 'blocked', reason: 'missing queue "Suport"' },
      { status: 'applied' },
    ]);
  });

  test('and cannot be seen blocks it with the permission', async () => {
    const rig = new EngineRig({ flows: 1, forbidden: ['queue'] });
    rig.commit({ 1: needs('Support') });
    const report = await rig.run();
    expect(report.outcomes).toMatchObject([{ status: 'blocked' }]);
    expect(report.outcomes[0]?.reason).toContain('routing:queue:view');
  });

  test('and cannot be looked up puts the flow off: not knowing is not missing', async () => {
    const rig = new EngineRig({ flows: 1, names: { queue: ['Support'] } });
    rig.commit({ 1: needs('Support') });
    rig.backend.failNext('accessTo', anApiError('api.server-error'));
    const report = await rig.run();
    expect(report.outcomes).toMatchObject([{ status: 'deferred' }]);
    expect(report.outcomes[0]?.reason).toContain('api.server-error');
    expect((await rig.later().run()).outcomes).toMatchObject([{ status: 'applied' }]);
  });

  test('is not asked for while another gate holds the flow', async () => {
    const rig = new EngineRig({ flows: 1, names: { queue: ['Support'] } });
    rig.policy({
      freeze: [{ name: 'x', from: '2026-01-01T00:00:00Z', until: '2027-01-01T00:00:00Z' }],
    });
    rig.commit({ 1: needs('Support') });
    expect((await rig.run()).outcomes).toMatchObject([{ status: 'deferred' }]);
    expect(rig.backend.callsOf('accessTo')).toEqual([]);
  });
});

test('a hand edit of an ignored field is no drift', async () => {
  const rig = new EngineRig();
  rig.commit({ 1: waiting(600, { ignore: [{ path: '/routing/maxWaitTime' }] }) });
  rig.backend.edit(aFlowId(1), blocksWith(77));
  const report = await rig.run();
  expect(report.plan?.changes).toEqual([]);
  expect(await rig.status()).toMatchObject({ state: 'InSync' });
});
