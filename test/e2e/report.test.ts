import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectDocument } from '../support/document-schemas.ts';
import { ACME, E2eWorld } from '../support/e2e-world.ts';

describe('flowkeeper report', () => {
  let world: E2eWorld;

  beforeAll(async () => {
    world = await E2eWorld.start({ flows: 4, policy: { mode: 'report' } });
    await world.run(['reconcile']);
  });

  afterAll(() => world.close());

  test('0 while nothing differs', async () => {
    const { code, stdout, stderr } = await world.run(['report']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('**0 of 4 live flows differ**');
  });

  test('2 when drift remains, in each form, and writes nothing', async () => {
    await world.edit(0, { routing: { maxWaitTime: 9 } });
    await world.run(['reconcile']);
    const report = async (output: string): Promise<string> => {
      const { code, stdout, stderr } = await world.run(['report', '--output', output]);
      expect([code, stderr]).toEqual([2, '']);
      return stdout;
    };
    expect(await report('markdown')).toContain(`flowkeeper accept ${world.idOf(0)} --org ${ACME}`);
    expect(await report('html')).toMatch(/^<!doctype html>\n[^]*Sam Supervisor[^]*<\/html>\n$/);
    expect(await report('csv')).toMatch(/^org,flowId,.*\r\nacme,.*,\/routing\/maxWaitTime,9,300,/);
    const document = JSON.parse(await report('json')) as object;
    expectDocument('drift-report', document);
    expect(document).toMatchObject({
      items: [
        {
          org: ACME,
          counts: { drifted: 1 },
          drifted: [{ by: 'Sam Supervisor' }],
          trend: [{ flows: 1 }],
        },
      ],
    });
    expect(await world.requests('PATCH')).toEqual([]);
  });
});
