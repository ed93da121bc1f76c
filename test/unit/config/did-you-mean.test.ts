import { describe, expect, test } from '@jest/globals';
import { closest, editDistance, nearMiss } from '../../../src/config/did-you-mean.ts';

const KNOWN = ['routing', 'configurationMatrix', 'scopeDirectives', 'type', 'id'];

describe('closest', () => {
  test.each([
    ['routng', 'routing'],
    ['rotuing', 'routing'],
    ['Routing', 'routing'],
    ['scope_directives', 'scopeDirectives'],
    ['config', 'configurationMatrix'],
    ['routingRules', 'routing'],
    ['tpye', 'type'],
    ['kind', undefined],
    ['by', undefined],
    ['unrelated', undefined],
    ['', undefined],
  ])('%j means %j', (word, meant) => {
    expect(closest(word, KNOWN)).toBe(meant);
  });
});

describe('nearMiss', () => {
  test.each([
    ['routng', 'routing'],
    ['rotng', 'routing'],
    ['rotg', undefined],
    ['routingRules', undefined],
    ['route', undefined],
    ['config', undefined],
  ])('%j all but is %j', (word, meant) => {
    expect(nearMiss(word, KNOWN)).toBe(meant);
  });
});

test('editDistance counts slips of the pen', () => {
  expect(editDistance('abc', 'abc', 2)).toBe(0);
  expect(editDistance('abc', 'acb', 2)).toBe(1);
  expect(editDistance('kitten', 'sitting', 5)).toBe(3);
  expect(editDistance('a', 'a'.repeat(100_000), 2)).toBe(3);
});
