import { expect, test } from '@jest/globals';
import { withoutEmptied } from '../../../src/plan/make-blocks.ts';

test.each([
  {
    name: 'a block in which nothing is left goes as null',
    blocks: { surveys: {}, routing: { type: 'x' } },
    vanishing: ['/surveys'],
    expected: { surveys: null, routing: { type: 'x' } },
  },
  {
    name: 'an object inside a block goes as if it had never been there',
    blocks: { routing: { type: 'x', scope: {} } },
    vanishing: ['/routing/scope'],
    expected: { routing: { type: 'x' } },
  },
  {
    name: 'what holds nothing but what vanishes goes, too',
    blocks: { surveys: { at: {} } },
    vanishing: ['/surveys', '/surveys/at'],
    expected: { surveys: null },
  },
  {
    name: 'an object in which something is left stays',
    blocks: { surveys: { at: {}, max: 3 } },
    vanishing: ['/surveys', '/surveys/at'],
    expected: { surveys: { max: 3 } },
  },
  {
    name: 'an empty object that was there before stays',
    blocks: { surveys: {} },
    vanishing: ['/routing/scope'],
    expected: { surveys: {} },
  },
  {
    name: 'what is not written, or is no object, is left alone',
    blocks: { surveys: null, routing: { scope: [] } },
    vanishing: ['/surveys', '/surveys/at', '/routing/scope', '/prompts'],
    expected: { surveys: null, routing: { scope: [] } },
  },
])('$name', ({ blocks, vanishing, expected }) => {
  expect(withoutEmptied(blocks, vanishing)).toEqual(expected);
});
