import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { exitCodeOf } from '../../src/engine/run-report.ts';
import type { OrgRunReport } from '../../src/engine/run-report.ts';
import { FaultRig } from '../support/fault-rig.ts';
import type { FaultRow } from '../support/fault-rig.ts';
import { LIST_ROUTE } from '../support/integration-rig.ts';

const TOKEN_ROUTE = '/api/v2/oauth/token';

describe('a service that fails before anything is planned', () => {
  let faulty: FaultRig;

  beforeAll(async () => {
    faulty = await FaultRig.start();
  });

  afterAll(() => faulty.rig.close());

  describe('at the list of flows', () => {
    beforeAll(() => {
      faulty.drift();
    });

    afterEach(() => {
      faulty.rig.simulator.faults.clear();
    });

    test.each<FaultRow & { readonly code: string }>([
      { name: '500', fault: { kind: 'status', status: 500 }, code: 'api.server-error' },
      { name: '404', fault: { kind: 'status', status: 404 }, code: 'api.not-found' },
      { name: '302', fault: { kind: 'status', status: 302 }, code: 'api.bad-answer' },
      { name: 'garbage', fault: { kind: 'garbage' }, code: 'api.bad-answer' },
      { name: 'wrong-shape', fault: { kind: 'wrong-shape' }, code: 'api.bad-answer' },
      { name: 'cut-body', fault: { kind: 'cut-body' }, code: 'api.reset' },
      { name: 'huge-body', fault: { kind: 'huge-body' }, code: 'api.too-large' },
      { name: 'slow-body', fault: { kind: 'slow-body' }, code: 'api.timeout' },
      { name: 'hang', fault: { kind: 'hang' }, code: 'api.timeout' },
      { name: 'reset', fault: { kind: 'reset' }, code: 'api.reset' },
      { name: 'short-page', fault: { kind: 'short-page' }, code: 'api.page-fault' },
      { name: 'repeat-entity', fault: { kind: 'repeat-entity' }, code: 'api.page-fault' },
      { name: 'wrong-total', fault: { kind: 'wrong-total', by: 1 }, code: 'api.page-fault' },
      { name: 'wrong-total below', fault: { kind: 'wrong-total', by: -1 }, code: 'api.page-fault' },
      { name: 'repeat-token', fault: { kind: 'repeat-token' }, code: 'api.page-fault' },
    ])('$name: nothing is planned on it', async ({ fault, code }) => {
      const statuses = await faulty.rig.statuses();
      faulty.rig.simulator.faults.add({ ...fault, path: LIST_ROUTE });
      const report = await faulty.rig.reconcile();
      expect(exitCodeOf(report)).toBe(1);
      expect(report).toMatchObject({ error: { code }, outcomes: [] });
      expect(report.plan).toBeUndefined();
      expect(faulty.rig.patches()).toEqual([]);
      expect(await faulty.rig.statuses()).toEqual(statuses);
    });

    test.each<FaultRow>([
      { name: '500 once', fault: { kind: 'status', status: 500, nth: 1 } },
      { name: '429 once', fault: { kind: 'status', status: 429, retryAfter: 1, nth: 1 } },
      { name: 'a reset', fault: { kind: 'reset', nth: 1 } },
      { name: 'a hang', fault: { kind: 'hang', nth: 1 } },
      { name: 'a cut body', fault: { kind: 'cut-body', nth: 1 } },
      { name: 'short pages with a true total', fault: { kind: 'partial-page', keep: 7 } },
      { name: 'an empty page in between', fault: { kind: 'empty-page', nth: 1 } },
    ])('$name: passes unnoticed', async ({ fault }) => {
      faulty.drift();
      faulty.rig.simulator.faults.add({ ...fault, path: LIST_ROUTE });
      expect(exitCodeOf(await faulty.rig.reconcile())).toBe(0);
    });

    test('in the end each change was made once', () => faulty.expectConverged());
  });

  describe('at the token', () => {
    test('tokens that end in the middle of a run are renewed once for all who wait', async () => {
      for (let count = 0; count < 6; count += 1) faulty.drift();
      let ended = 0;
      const report = await runWatched(() => {
        ended += 1;
        if (ended === 1) faulty.rig.simulator.revokeTokens();
      });
      expect(exitCodeOf(report)).toBe(0);
      expect(report.outcomes.map(({ status }) => status)).toEqual(Array(6).fill('applied'));
      // a new process got one, and one more was got for all
      expect(faulty.rig.simulator.stats().byRoute[`POST ${TOKEN_ROUTE}`]).toBe(2);
    });

    test.each<FaultRow & { readonly code: string }>([
      { name: 'refused', fault: { kind: 'status', status: 401 }, code: 'api.token-refused' },
      { name: 'failing', fault: { kind: 'status', status: 500 }, code: 'api.server-error' },
      { name: 'HTML', fault: { kind: 'garbage' }, code: 'api.bad-answer' },
      { name: 'of another shape', fault: { kind: 'wrong-shape' }, code: 'api.bad-answer' },
    ])('a token request that is $name ends the run before anything', async ({ fault, code }) => {
      await faulty.rig.stop();
      faulty.rig.simulator.faults.clear();
      faulty.rig.simulator.faults.add({ ...fault, path: TOKEN_ROUTE });
      expect(await faulty.rig.reconcile()).toMatchObject({ error: { code }, outcomes: [] });
    });

    test('in the end each change was made once', () => faulty.expectConverged());

    async function runWatched(flowEnded: () => void): Promise<OrgRunReport> {
      await faulty.rig.app({ observer: { progress: () => undefined, flowEnded } });
      return faulty.rig.reconcile();
    }
  });
});
