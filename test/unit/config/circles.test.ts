import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { circlesOf } from '../../../src/config/circles.ts';

const circles = (edges: Readonly<Record<string, string>>): readonly (readonly string[])[] =>
  circlesOf(Object.keys(edges), (node) => Array.from(edges[node] ?? ''));

describe('circlesOf', () => {
  test.each([
    { name: 'no edges', edges: { a: '', b: '' }, found: [] },
    { name: 'a line', edges: { a: 'b', b: 'c', c: '' }, found: [] },
    { name: 'a diamond', edges: { a: 'bc', b: 'd', c: 'd', d: '' }, found: [] },
    { name: 'a loop of one', edges: { a: 'a' }, found: ['a'] },
    { name: 'two', edges: { a: 'b', b: 'a' }, found: ['ab', 'ba'] },
    {
      name: 'who leads into a circle is not in it',
      edges: { x: 'a', a: 'b', b: 'a' },
      found: ['ab', 'ba'],
    },
    { name: 'who is led to is not in it', edges: { a: 'b', b: 'ac', c: '' }, found: ['ab', 'ba'] },
    { name: 'between two circles', edges: { a: 'ab', b: 'c', c: 'c' }, found: ['a', 'c'] },
    { name: 'an edge to nowhere', edges: { a: 'z' }, found: [] },
  ])('$name', ({ edges, found }) => {
    expect(
      circles(edges)
        .map((circle) => circle.join(''))
        .sort(),
    ).toEqual(found);
  });

  test('finds exactly the nodes that can reach themselves, and a true way round', () => {
    const nodes = Array.from('abcdefg');
    const anEdges = fc.dictionary(fc.constantFrom(...nodes), fc.subarray(nodes), {
      noNullPrototype: true,
    });
    fc.assert(
      fc.property(anEdges, (edges) => {
        const to = (node: string): readonly string[] => edges[node] ?? [];
        const found = circlesOf(nodes, to);
        expect(found.map(([first]) => first).sort()).toEqual(
          nodes.filter((node) => reach(to(node), to).has(node)),
        );
        for (const circle of found)
          circle.forEach((node, i) => {
            expect(to(node)).toContain(circle[(i + 1) % circle.length]);
          });
      }),
    );
  });

  test('a hundred thousand nodes in a row, and in one circle', () => {
    const nodes = Array.from({ length: 100_000 }, (_, i) => String(i));
    const next = (node: string): string[] => nodes.slice(Number(node) + 1, Number(node) + 2);
    expect(circlesOf(nodes, next)).toEqual([]);
    const small = nodes.slice(0, 3_000);
    const round = circlesOf(small, (node) => [String((Number(node) + 1) % 3_000)]);
    expect(round).toHaveLength(3_000);
  });
});

function reach(from: readonly string[], to: (node: string) => readonly string[]): Set<string> {
  const seen = new Set(from);
  for (const node of seen) for (const next of to(node)) seen.add(next);
  return seen;
}
