import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { exitCodeOf } from '../../src/engine/run-report.ts';
import { FaultRig } from '../support/fault-rig.ts';
import type { FaultRow, Told } from '../support/fault-rig.ts';
import { FLOW_ROUTE, RELOAD_ROUTE } from '../support/integration-rig.ts';

describe('a service that fails at a flow', () => {
  let faulty: FaultRig;

  beforeAll(async () => {
    faulty = await FaultRig.start();
  });

  afterAll(() => faulty.rig.close());

  describe('at a single read', () => {
    const ROWS: readonly (FaultRow & { readonly from: 1 | 2; readonly status: string })[] = [
      { name: '500 before', from: 1, fault: { kind: 'status', status: 500 }, status: 'failed' },
      { name: 'garbage before', from: 1, fault: { kind: 'garbage' }, status: 'failed' },
      { name: 'a hang before', from: 1, fault: { kind: 'hang' }, status: 'failed' },
      { name: 'wrong-shape before', from: 1, fault: { kind: 'wrong-shape' }, status: 'failed' },
      { name: '500 after', from: 2, fault: { kind: 'status', status: 500 }, status: 'unresolved' },
      { name: 'garbage after', from: 2, fault: { kind: 'garbage' }, status: 'unresolved' },
      { name: 'a reset after', from: 2, fault: { kind: 'reset' }, status: 'unresolved' },
      { name: 'cut-body after', from: 2, fault: { kind: 'cut-body' }, status: 'unresolved' },
    ];
    let told: ReadonlyMap<string, Told>;

    beforeAll(async () => {
      told = await faulty.runAll(ROWS, ({ from }) => ({
        method: 'GET',
        path: FLOW_ROUTE,
        from,
      }));
    });

    test.each(ROWS)('$name the write: $status', ({ name, from, status }) => {
      const { id, outcome } = told.get(name)!;
      expect(outcome?.status).toBe(status);
      expect(faulty.landed(id)).toBe(from - 1);
    });

    test('the next run goes on, and in the end each change was made once', () =>
      faulty.expectConverged());
  });

  describe('at a write', () => {
    const LANDING: readonly FaultRow[] = [
      { name: '409', fault: { kind: 'status', status: 409 } },
      { name: '429', fault: { kind: 'status', status: 429, retryAfter: 1 } },
      { name: '500', fault: { kind: 'status', status: 500 } },
      { name: '503 with Retry-After', fault: { kind: 'status', status: 503, retryAfter: 2 } },
      { name: 'a reset', fault: { kind: 'reset' } },
      { name: 'a hang', fault: { kind: 'hang' } },
      { name: 'garbage', fault: { kind: 'garbage' } },
      { name: 'apply-then-hang', fault: { kind: 'apply-then-hang' } },
      { name: 'apply-then-reset', fault: { kind: 'apply-then-reset' } },
      { name: 'apply-then-status 500', fault: { kind: 'apply-then-status', status: 500 } },
      { name: 'apply-then-status 504', fault: { kind: 'apply-then-status', status: 504 } },
      { name: 'cut-body', fault: { kind: 'cut-body' } },
      { name: 'wrong-shape', fault: { kind: 'wrong-shape' } },
      { name: 'huge-body', fault: { kind: 'huge-body' } },
      { name: 'slow, landing in time', fault: { kind: 'slow', delayMs: 60 } },
      {
        name: 'slow, landing at once',
        fault: { kind: 'slow', delayMs: 1200, applies: 'before-delay' },
      },
      { name: 'slow, landing after the client gave up', fault: { kind: 'slow', delayMs: 1200 } },
    ];
    const REFUSED: readonly (FaultRow & { readonly code: string })[] = [
      { name: '400', fault: { kind: 'status', status: 400 }, code: 'api.refused' },
      { name: '403', fault: { kind: 'status', status: 403 }, code: 'api.forbidden' },
      { name: '404', fault: { kind: 'status', status: 404 }, code: 'api.not-found' },
      { name: '422', fault: { kind: 'status', status: 422 }, code: 'api.refused' },
    ];
    let told: ReadonlyMap<string, Told>;

    beforeAll(async () => {
      told = await faulty.runAll([...LANDING, ...REFUSED], () => ({ method: 'PATCH', nth: 1 }));
    });

    test.each(LANDING)('$name: lands once, and is told as applied', ({ name }) => {
      const { id, outcome } = told.get(name)!;
      expect(outcome?.status).toBe('applied');
      expect(faulty.landed(id)).toBe(1);
    });

    test.each(REFUSED)('$name: refused, with nothing changed', async ({ name, code }) => {
      const { id, outcome } = told.get(name)!;
      expect(outcome).toMatchObject({ status: 'failed', code });
      expect(faulty.rig.patches().filter(({ flowId }) => flowId === id)).toHaveLength(1);
      expect(await faulty.auditOf(id)).toEqual(['failed']);
    });

    test('in the end each change was made once, when what was refused is let go', async () => {
      for (const { name, code } of REFUSED)
        if (code === 'api.refused') await faulty.release(told.get(name)!.id);
      await faulty.expectConverged();
    });

    test('what is stored other than it was sent is rolled back, in effect again, and held back', async () => {
      const id = faulty.drift();
      faulty.forget(id);
      const before = faulty.rig.org().flow(id);
      faulty.rig.simulator.faults.add({
        kind: 'store-differently',
        pointer: '/routing/maxWaitTime',
        value: 1,
        method: 'PATCH',
        flowId: id,
        nth: 1,
      });
      const report = await faulty.rig.reconcile();
      expect(exitCodeOf(report)).toBe(1);
      expect(report.outcomes).toMatchObject([{ status: 'rolled-back' }]);
      const after = faulty.rig.org().flow(id);
      expect(after).toMatchObject({ version: before.version + 2, settings: before.settings });
      expect(after.inEffect).toEqual(before.settings);
      expect(faulty.rig.org().pendingReload()).toEqual([]);
      expect(await faulty.auditOf(id)).toEqual(['rolled-back']);
      expect((await faulty.rig.statuses()).get(id)).toMatchObject({ state: 'RolledBack' });

      // no hot loop
      faulty.rig.simulator.faults.clear();
      faulty.rig.simulator.requests.clear();
      expect((await faulty.rig.reconcile()).outcomes).toMatchObject([{ status: 'blocked' }]);
      expect(faulty.rig.patches()).toEqual([]);
      faulty.rig
        .org()
        .edit(
          id,
          { routing: { maxWaitTime: maxWaitOf(faulty.seedOf(id)) } },
          { by: 'Sam Supervisor' },
        );
      await faulty.expectConverged();
    });
  });

  describe('at the reload', () => {
    afterEach(() => {
      faulty.rig.simulator.faults.clear();
    });

    test.each<FaultRow>([
      { name: '500 once', fault: { kind: 'status', status: 500, nth: 1 } },
      { name: '429 once', fault: { kind: 'status', status: 429, retryAfter: 1, nth: 1 } },
      { name: 'a reset', fault: { kind: 'reset', nth: 1 } },
      { name: 'a hang', fault: { kind: 'hang', nth: 1 } },
      { name: 'apply-then-hang', fault: { kind: 'apply-then-hang', nth: 1 } },
      { name: 'cut-body', fault: { kind: 'cut-body', nth: 1 } },
    ])('$name: asked again until it is in effect', async ({ fault }) => {
      const id = faulty.drift();
      faulty.rig.simulator.faults.add({ ...fault, path: RELOAD_ROUTE });
      const report = await faulty.rig.reconcile();
      expect(exitCodeOf(report)).toBe(0);
      expect(report.outcomes).toMatchObject([{ status: 'applied', reloadPending: false }]);
      expect(faulty.rig.org().flow(id).inEffect).toEqual(faulty.seedOf(id));
    });

    test('one that keeps failing leaves the flow applied and pending, until a run gets it through', async () => {
      const id = faulty.drift();
      faulty.rig.simulator.faults.add({ kind: 'status', status: 500, path: RELOAD_ROUTE });
      const report = await faulty.rig.reconcile();
      expect(report.outcomes).toMatchObject([{ status: 'applied', reloadPending: true }]);
      expect((await faulty.rig.statuses()).get(id)?.conditions.map(({ type }) => type)).toContain(
        'ReloadPending',
      );
      expect(faulty.rig.org().pendingReload()).toEqual([id]);
      await faulty.expectConverged();
      expect((await faulty.rig.statuses()).get(id)?.conditions).toMatchObject([{ type: 'Ready' }]);
    });
  });
});

function maxWaitOf({ routing }: { readonly routing?: object }): number {
  return (routing as { readonly maxWaitTime: number }).maxWaitTime;
}
