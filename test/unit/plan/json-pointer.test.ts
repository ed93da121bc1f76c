import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { keysOf, pointerOf } from '../../../src/plan/json-pointer.ts';

test.each<{ keys: readonly string[]; pointer: string }>([
  { keys: [], pointer: '' },
  { keys: [''], pointer: '/' },
  { keys: ['routing', 'scope'], pointer: '/routing/scope' },
  { keys: ['a/b', 'c~d'], pointer: '/a~1b/c~0d' },
  { keys: ['~1'], pointer: '/~01' },
])('$keys are written $pointer', ({ keys, pointer }) => {
  expect(pointerOf(keys)).toBe(pointer);
  expect(keysOf(pointer)).toEqual(keys);
});

test('any keys come back from their pointer', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (keys) => {
      expect(keysOf(pointerOf(keys))).toEqual(keys);
    }),
  );
});
