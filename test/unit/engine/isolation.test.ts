import { describe, expect, test } from '@jest/globals';
import { FlowkeeperError } from '../../../src/domain/errors.ts';
import { exitCodeOf } from '../../../src/engine/run-report.ts';
import { aFlowId } from '../../support/builders.ts';
import { anApiError, EngineRig, settingsWith, waiting } from '../../support/engine-rig.ts';
import { MortalPorts } from '../../support/mortal-ports.ts';

const CANCELLED = new FlowkeeperError('run.cancelled', 'cancelled by a signal', { org: '' });
const UNWRITABLE = new FlowkeeperError('state.unwritable', 'disk full', { file: 'f', reason: 'r' });

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe('one bad flow among good ones', () => {
  test('that hangs holds none of the others', async () => {
    const rig = new EngineRig({ flows: 6 });
    rig.policy({ apply: { concurrency: 2 } });
    rig.wants(300, 1, 2, 3, 4, 5, 6);
    const cancel = new AbortController();
    rig.backend.hangNext('write');

    const run = rig.run({ signal: cancel.signal });
    await settle();

    const applied = rig.ended.filter(({ status }) => status === 'applied');
    expect(applied.map(({ flowId }) => flowId)).toEqual([2, 3, 4, 5, 6].map((n) => aFlowId(n)));
    cancel.abort(CANCELLED);
    await run;
  });

  test('that meets a fault of flowkeeper ends alone, loudly, and is tried again', async () => {
    const rig = new EngineRig({ flows: 3 });
    rig.wants(300, 1, 2, 3);
    rig.stub('read', async (id, signal) => {
      const live = await rig.backend.read(id, signal);
      const bomb = {
        ...live,
        get settings(): never {
          throw new TypeError('boom');
        },
      };
      return id === aFlowId(2) ? bomb : live;
    });

    const report = await rig.run();

    expect(report.error).toBeUndefined();
    expect(report.outcomes.map(({ flowId, status }) => [flowId, status])).toEqual([
      [aFlowId(2), 'failed'],
      [aFlowId(1), 'applied'],
      [aFlowId(3), 'applied'],
    ]);
    expect(exitCodeOf(report)).toBe(1);
    const lines = rig.log.lines.filter(({ level }) => level === 'error');
    expect(lines).toMatchObject([{ fields: { flowId: aFlowId(2), code: 'bug.unexpected' } }]);
    expect(await rig.status(2)).toMatchObject({
      state: 'Failed',
      conditions: [{ reason: 'bug.unexpected', message: 'boom' }],
    });
    expect(report.publishing).toMatchObject({ kind: 'pushed' });

    rig.stub('read', (id, signal) => rig.backend.read(id, signal));
    expect((await rig.restarted().run()).outcomes).toMatchObject([{ status: 'applied' }]);
    expect(await rig.openAttempts()).toEqual([]);
  });

  test('whose fault comes after its write was sent is unresolved, and the next run finds out', async () => {
    const rig = new EngineRig({ flows: 2 });
    rig.wants(300, 1, 2);
    let reads = 0;
    rig.stub('read', async (id, signal) => {
      const live = await rig.backend.read(id, signal);
      reads += id === aFlowId(1) ? 1 : 0;
      const bomb = {
        ...live,
        get settings(): never {
          throw new TypeError('boom');
        },
      };
      return id === aFlowId(1) && reads === 2 ? bomb : live;
    });
    const report = await rig.run();
    expect(report.outcomes.map(({ status }) => status).sort()).toEqual(['applied', 'unresolved']);

    await rig.restarted().run();
    expect(rig.writes()).toHaveLength(2);
    expect(rig.audits().map(({ status }) => status)).toEqual(['applied', 'applied']);
  });

  test('left open by an attempt that nobody can finish does not stop the others, run after run', async () => {
    const rig = new EngineRig({ flows: 2 });
    rig.wants(300, 1);
    for (let i = 0; i < 4; i += 1) rig.backend.failNext('write', anApiError('api.timeout'));
    await rig.run();
    rig.wants(300, 2);
    rig.stub('read', (id, signal) =>
      id === aFlowId(1) ? Promise.reject(new TypeError('boom')) : rig.backend.read(id, signal),
    );
    const report = await rig.restarted().run();
    expect(report.outcomes).toMatchObject([
      { flowId: aFlowId(1), status: 'unresolved', code: 'bug.unexpected' },
      { flowId: aFlowId(2), status: 'applied' },
    ]);
    const again = await rig.restarted().run();
    expect(again.publishing).toEqual({ kind: 'nothing' });
  });
});

test('git that does not tell the author holds up no record', async () => {
  const rig = new EngineRig();
  rig.wants(300);
  const details = { command: 'log', exitCode: 128, reason: 'bad object' };
  rig.source.failNext('lastChange', new FlowkeeperError('git.failed', 'bad object', details));
  const report = await rig.run();
  expect(report.outcomes).toMatchObject([{ status: 'applied' }]);
  expect(rig.audits()).toMatchObject([{ author: null }]);
});

describe('a state store that fails', () => {
  test.each(['journal.open', 'journal.append', 'journal.close', 'flows.load'] as const)(
    'at %s stops the run before anything further is written',
    async (method) => {
      const rig = new EngineRig({ flows: 3 });
      rig.policy({ apply: { concurrency: 1 } });
      rig.wants(300, 1, 2, 3);
      if (method === 'flows.load')
        rig.backend.onNext('read', () => void rig.state.failNext(method, UNWRITABLE));
      else rig.state.failNext(method, UNWRITABLE);

      const report = await rig.run();

      expect(report.error).toMatchObject({ code: 'state.unwritable' });
      expect(exitCodeOf(report)).toBe(1);
      expect(rig.writes().length).toBeLessThanOrEqual(1);

      await rig.restarted().run();
      for (const n of [1, 2, 3]) {
        expect(rig.live(n).settings).toEqual(settingsWith(300));
        expect(rig.writes(n)).toHaveLength(1);
      }
      expect(rig.audits()).toHaveLength(3);
    },
  );
});

describe('a lease that another holds', () => {
  test('ends the run at once, and touches no status', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.lease.takenBy(rig.org, 'host b, process 9');
    const report = await rig.run();
    expect(report.error).toMatchObject({ code: 'state.busy' });
    expect(report.publishing).toEqual({ kind: 'off' });
    expect(rig.backend.calls).toEqual([]);
    expect(rig.state.methods).toEqual([]);
    expect(rig.lease.isHeld(rig.org)).toBe(true);
  });

  test('who takes it in the middle of a run ends that run: what was begun stays open for them', async () => {
    const rig = new EngineRig({ flows: 2 });
    rig.policy({ apply: { concurrency: 1 } });
    rig.wants(300, 1, 2);
    rig.backend.onNext(
      'write',
      () => {
        rig.lease.takenBy(rig.org, 'host b');
      },
      'after',
    );

    const report = await rig.run();

    expect(report.error).toMatchObject({ code: 'state.busy' });
    expect(report.outcomes.map(({ status }) => status)).toEqual(['unresolved', 'cancelled']);
    expect(rig.writes()).toHaveLength(1);
    expect(rig.state.methods).not.toContain('flows.save');
    expect(rig.statusBranch.commits).toEqual([]);
    rig.lease.freed(rig.org);
    await rig.restarted().run();
    expect(rig.writes()).toHaveLength(2);
    expect(rig.audits()).toHaveLength(2);
  });

  test('is given back at the end, however it ends', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.backend.failNext('pages', anApiError('api.page-fault'));
    await rig.run();
    expect(rig.lease.isHeld(rig.org)).toBe(false);
  });
});

describe('a run that is cancelled', () => {
  test('at any request leaves what the next run can resolve: nothing is lost and nothing doubled', async () => {
    const rehearsal = new EngineRig({ flows: 2 });
    rehearsal.wants(300, 1, 2);
    const counting = new MortalPorts({ at: 0, time: 'before' });
    await rehearsal.run({ ports: counting.of(rehearsal.ports) });

    for (let at = 1; at <= counting.calls.length; at += 1) {
      const rig = new EngineRig({ flows: 2 });
      rig.wants(300, 1, 2);
      const cancel = new AbortController();
      const ports = new MortalPorts({
        at,
        time: 'before',
        act: () => {
          cancel.abort(CANCELLED);
        },
      });

      const report = await rig.run({ ports: ports.of(rig.ports), signal: cancel.signal });

      if (report.error) expect(report.error.code).toBe('run.cancelled');
      for (let run = 0; run < 2; run += 1) await rig.restarted().run();
      // each was written once, on version 7
      for (const n of [1, 2])
        expect(rig.live(n)).toMatchObject({ version: 8, settings: settingsWith(300) });
      expect(rig.audits().map(({ status }) => status)).toEqual(['applied', 'applied']);
      expect(await rig.openAttempts()).toEqual([]);
    }
  });

  test('ends within one request, and says so', async () => {
    const rig = new EngineRig({ flows: 3 });
    rig.policy({ apply: { concurrency: 1 } });
    rig.wants(300, 1, 2, 3);
    const cancel = new AbortController();
    rig.backend.onNext('write', () => {
      cancel.abort(CANCELLED);
    });
    const report = await rig.run({ signal: cancel.signal });
    expect(report.outcomes.map(({ status }) => status)).toEqual([
      'unresolved',
      'cancelled',
      'cancelled',
    ]);
    expect(report.error).toMatchObject({ code: 'run.cancelled' });
    expect(exitCodeOf(report)).toBe(1);
    expect(rig.backend.calls.at(-1)).toMatchObject({ method: 'write' });
  });

  test('while a gate looks something up notes nothing of the flow', async () => {
    const rig = new EngineRig({ names: { queue: ['Support'] } });
    rig.commit({ 1: waiting(300, { requires: { queues: ['Support'] } }) });
    const cancel = new AbortController();
    rig.backend.onNext('accessTo', () => {
      cancel.abort(CANCELLED);
    });
    const report = await rig.run({ signal: cancel.signal });
    expect(report.outcomes).toMatchObject([{ status: 'cancelled' }]);
    expect(await rig.record()).toBeUndefined();
  });

  test('for no typed reason is still called cancelled', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    const cancel = new AbortController();
    rig.backend.onNext('pages', () => {
      cancel.abort();
    });
    const report = await rig.run({ signal: cancel.signal });
    expect(report.error).toMatchObject({ code: 'run.cancelled' });
  });
});

describe('an org that cannot be read whole', () => {
  test.each([
    ['a list that is cut short', 'pages', anApiError('api.page-fault', { reason: 'total is 5' })],
    ['a service that is away', 'pages', anApiError('api.unreachable')],
  ] as const)(
    'for %s: nothing is planned, no status of a flow changes',
    async (_, method, error) => {
      const rig = new EngineRig({ flows: 2 });
      rig.wants(600, 1, 2);
      await rig.run();
      const before = await rig.status();
      rig.wants(300, 1, 2);
      rig.backend.failNext(method, error);

      const report = await rig.later().run();

      expect(report.error).toMatchObject({ code: error.code });
      expect(report.plan).toBeUndefined();
      expect(rig.writes()).toEqual([]);
      expect(await rig.status()).toEqual(before);
      expect(await rig.state.flows.loadOrg(rig.org)).toMatchObject({
        state: 'Unreadable',
        code: error.code,
      });
      await rig.later().run();
      expect(await rig.state.flows.loadOrg(rig.org)).toMatchObject({ state: 'Ready' });
    },
  );

  test('is told once, however its words change', async () => {
    const rig = new EngineRig();
    rig.wants(600);
    for (const id of ['1', '2', '3'])
      rig.backend.failNext('pages', anApiError('api.server-error', {}, `failed (id ${id})`));
    await rig.run();
    const [again, third] = [await rig.later().run(), await rig.later().run()];
    expect([again.publishing, third.publishing]).toEqual([
      { kind: 'nothing' },
      { kind: 'nothing' },
    ]);
  });
});
