import { expect, test } from '@jest/globals';
import { ListCheck } from '../../../../src/backends/architect-settings/list-check.ts';

test('a service that sends ever new pages is stopped at the 20,000th', () => {
  const check = new ListCheck();
  const page = (n: number) => ({ next: `t${String(n)}`, ids: [], total: undefined });

  for (let n = 1; n < 20_000; n += 1) expect(check.faultOf(page(n))).toBeUndefined();

  expect(check.faultOf(page(20_000))).toBe('the list did not end within 20000 pages');
});
