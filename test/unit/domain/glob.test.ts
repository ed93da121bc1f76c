import { expect, test } from '@jest/globals';
import { fitsGlob } from '../../../src/domain/glob.ts';

test.each([
  ['Support night', 'support *', true],
  ['Support', 'support *', false],
  ['Support', 'Support', true],
  ['Support', 'Supp', false],
  ['Support', '*', true],
  ['', '*', true],
  ['ivr/main.yaml', 'ivr/*', true],
  ['xivr/main.yaml', 'ivr/*', false],
  ['abab', '*ab*ab', true],
  ['ab', '*ab*ab', false],
  ['aXbYc', 'a*b*c', true],
  ['aXbYcd', 'a*b*c', false],
  ['aa', 'a*a', true],
  ['a', 'a*a', false],
  ['a.c', 'a?c', false],
])('%s fits %s: %s', (text, pattern, fits) => {
  expect(fitsGlob(text, pattern)).toBe(fits);
});
