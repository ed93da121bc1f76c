import { beforeAll, describe, expect, test } from '@jest/globals';
import { p95Of, runSlowOrg } from '../../support/slow-org.ts';
import type { SlowOrg, SlowRun, Trouble } from '../../support/slow-org.ts';

/** Of what 95 of 100 healthy flows take from the start of the run, while a fifth of the flows hang or fail. */
const MOST_GROWTH = 1.1;

const ORG: SlowOrg = { flows: 100, concurrency: 4, latencyMs: 200 };

let healthy: SlowRun;

beforeAll(async () => {
  healthy = await runSlowOrg(ORG);
});

/** How much later the flows without trouble end than the same flows do where none has any. */
function growthOf(run: SlowRun): number {
  const others = new Set([...healthy.ended.keys()].filter((id) => !run.troubled.has(id)));
  return p95Of(run, others) / p95Of(healthy, others);
}

describe('flows without trouble, while every fifth flow', () => {
  test.each<{ readonly trouble: Trouble; readonly ends: readonly string[] }>([
    { trouble: 'look-up hangs', ends: ['deferred'] },
    { trouble: 'snapshot hangs', ends: ['failed'] },
    { trouble: 'patch hangs', ends: ['unresolved'] },
    { trouble: 'reload hangs', ends: [] },
    { trouble: 'verify hangs', ends: ['unresolved'] },
    { trouble: 'patch fails', ends: ['unresolved'] },
    { trouble: 'verify fails', ends: ['stuck'] },
  ])('$trouble, end less than a tenth later', async ({ trouble, ends }) => {
    const run = await runSlowOrg({ ...ORG, trouble });

    expect(run.troubled.size).toBe(trouble === 'reload hangs' ? 0 : ORG.flows / 5);
    const told = new Set<string>();
    for (const [id, { outcome }] of run.ended) {
      if (run.troubled.has(id)) told.add(outcome.status);
      else expect(outcome.status).toBe('applied');
    }
    expect([...told]).toEqual(ends);
    expect(growthOf(run)).toBeLessThan(MOST_GROWTH);
  });

  test.each<Trouble>(['look-up hangs', 'snapshot hangs', 'patch hangs', 'verify hangs'])(
    '%s, end much later where nobody notices what takes long',
    async (trouble) => {
      const run = await runSlowOrg({ ...ORG, flows: 40, trouble, isBlind: true });
      expect(growthOf(run)).toBeGreaterThan(10 * MOST_GROWTH);
    },
  );

  test('hangs, begin in the order of the plan, as all others do', async () => {
    const { begun, report } = await runSlowOrg({ ...ORG, flows: 40, trouble: 'patch hangs' });
    expect(begun).toEqual(report.plan?.changes.map(({ flowId }) => flowId));
  });
});

test('a service that answers no write gets twice as many as there are places, and no more', async () => {
  const run = await runSlowOrg({ ...ORG, flows: 30, trouble: 'patch hangs', everyNth: 1 });
  expect(run.mostWrites).toBe(2 * ORG.concurrency);
});
