import { describe, expect, test } from '@jest/globals';
import {
  isAbbreviatedId,
  isAllowedRef,
  isFullId,
  refCandidates,
} from '../../../../src/adapters/git/ref-name.ts';

describe('isAllowedRef', () => {
  test.each([
    'main',
    'feature/x-1',
    'v1.0',
    'HEAD',
    'refs/pull/12/merge',
    'abc1234',
    'größe',
    'user@host',
    'a'.repeat(250),
  ])('allows %s', (ref) => {
    expect(isAllowedRef(ref)).toBe(true);
  });

  test.each([
    '',
    '-x',
    '--upload-pack=x',
    'a b',
    'a\nb',
    'a..b',
    'a~1',
    'a^',
    'a:b',
    'a?',
    'a*',
    'a[b',
    'a\\b',
    '@',
    'a@{1}',
    '/a',
    'a/',
    'a//b',
    'a.',
    '.a',
    'a/.b',
    'a.lock',
    'a.lock/b',
    'a\u0007',
    'a'.repeat(251),
  ])('refuses %j', (ref) => {
    expect(isAllowedRef(ref)).toBe(false);
  });
});

test.each([
  ['abc', false, false],
  ['abcd', true, false],
  ['A'.repeat(39), true, false],
  ['a'.repeat(40), true, true],
  ['a'.repeat(41), true, false],
  ['a'.repeat(64), false, true],
  ['main', false, false],
])('%s: abbreviated %s, full %s', (ref, abbreviated, full) => {
  expect([isAbbreviatedId(ref), isFullId(ref)]).toEqual([abbreviated, full]);
});

test('a short name is a branch before it is a tag or a branch of the remote; full names and HEAD are themselves', () => {
  expect(refCandidates('v1')).toEqual(['refs/heads/v1', 'refs/tags/v1', 'refs/remotes/v1']);
  expect(refCandidates('refs/pull/1/head')).toEqual(['refs/pull/1/head']);
  expect(refCandidates('HEAD')).toEqual(['HEAD']);
});
