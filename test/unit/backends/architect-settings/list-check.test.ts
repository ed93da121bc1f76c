import { describe, expect, test } from '@jest/globals';
import { ListCheck } from '../../../../src/backends/architect-settings/list-check.ts';
import type { PageFacts } from '../../../../src/backends/architect-settings/list-check.ts';

test('a service that sends ever new pages is stopped at the 20,000th', () => {
  const check = new ListCheck();
  const page = (n: number) => ({ next: `t${String(n)}`, ids: [], total: undefined });

  for (let n = 1; n < 20_000; n += 1) expect(check.faultOf(page(n))).toBeUndefined();

  expect(check.faultOf(page(20_000))).toBe('the list did not end within 20000 pages');
});

describe('pages of the last whole list', () => {
  const page = (ids: readonly string[], next?: string): PageFacts => ({
    next,
    ids,
    total: undefined,
  });
  const [ab, cd] = [page(['a', 'b'], 't1'), page(['c', 'd'], 't2')];

  /** What is wrong after each page; a star marks one that is known from the last list. */
  const faultsOf = (pages: readonly (readonly [PageFacts, '*'?])[]): readonly unknown[] => {
    const check = new ListCheck();
    return pages.map(([facts, known]) => check.faultOf(facts, known === '*'));
  };

  test('are whole when they come again as they were', () => {
    expect(faultsOf([[ab, '*'], [cd, '*'], [page([])]])).toEqual([undefined, undefined, undefined]);
  });

  test.each<{ name: string; pages: readonly (readonly [PageFacts, '*'?])[]; id: string }>([
    {
      name: 'one of them comes twice',
      pages: [
        [ab, '*'],
        [ab, '*'],
      ],
      id: 'a',
    },
    { name: 'a new page has a flow of theirs', pages: [[ab, '*'], [page(['b'])]], id: 'b' },
    { name: 'they have a flow of a new page', pages: [[page(['c'], 't')], [cd, '*']], id: 'c' },
    {
      name: 'a later new page has a flow of theirs',
      pages: [[ab, '*'], [page(['x'], 't')], [cd, '*'], [page(['d'])]],
      id: 'd',
    },
  ])('are not whole when $name', ({ pages, id }) => {
    expect(faultsOf(pages).at(-1)).toBe(`flow ${id} came twice`);
  });

  test('count in the total', () => {
    const check = new ListCheck();
    check.faultOf(ab, true);
    const last = { next: undefined, ids: ['x'], total: 4 };
    expect(check.faultOf(last)).toBe('the list ended after 3 flows, but its total is 4');
    const whole = new ListCheck();
    whole.faultOf(ab, true);
    expect(whole.faultOf({ ...last, total: 3 })).toBeUndefined();
  });
});
