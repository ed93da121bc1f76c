import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SAMPLE_CLIENT_SECRET } from '../../src/simulator/seed.ts';
import { E2eWorld } from '../support/e2e-world.ts';

/** A module that lets the process fail in the middle of its work, in a way that nobody catches. */
const failing = (how: string): string => {
  const error = `Object.assign(new Error('boom ' + process.env.ACME_SECRET), {
    config: { headers: { authorization: 'Bearer ' + process.env.ACME_SECRET + '-token' } },
    cause: new Error('because of ' + Buffer.from('flowkeeper:' + process.env.ACME_SECRET).toString('base64')),
  })`;
  const code = `setTimeout(() => { ${how.replace('ERROR', error)} }, 1500)`;
  return `--import=data:text/javascript,${encodeURIComponent(code)}`;
};

describe('what nobody caught', () => {
  let world: E2eWorld;

  beforeAll(async () => {
    world = await E2eWorld.start({ flows: 2 });
  });

  afterAll(() => world.close());

  test.each([
    { name: 'an exception', how: 'throw ERROR' },
    { name: 'a rejection', how: 'Promise.reject(ERROR)' },
  ])(
    '$name ends the process with 1, told as a fault of flowkeeper and without a secret',
    async ({ how }) => {
      await world.addFaults({ kind: 'hang', path: '/api/v2/architect/flows' });
      const { code, stdout, stderr } = await world.run(['reconcile', '--verbose'], {
        env: { NODE_OPTIONS: failing(how) },
      });
      expect(code).toBe(1);
      expect(stderr).toContain('boom [redacted] [bug.unexpected]');
      expect(stderr).toMatch(/^ +at /m);
      const told = stdout + stderr;
      const base64 = Buffer.from(`flowkeeper:${SAMPLE_CLIENT_SECRET}`).toString('base64');
      for (const form of [SAMPLE_CLIENT_SECRET, base64]) expect(told).not.toContain(form);
      await world.clearFaults();
      expect((await world.run(['reconcile'])).code).toBe(0);
    },
  );
});
