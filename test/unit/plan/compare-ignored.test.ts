import { describe, expect, test } from '@jest/globals';
import type { IgnoreRule, Settings } from '../../../src/domain/flow.ts';
import { compareSettings } from '../../../src/plan/compare-settings.ts';
import { NOW, ORG_ID } from '../../support/builders.ts';

const compare = (desired: Settings, live: Settings, ignore: readonly IgnoreRule[]) =>
  compareSettings(desired, live, { orgId: ORG_ID, ignore, now: NOW });

describe('an ignored field', () => {
  const desired = { routing: { maxWaitTime: 600, scope: { type: 'org' } } };
  const live = { routing: { maxWaitTime: 5, scope: { type: 'team', id: 't' } } };
  const paths = (ignore: readonly IgnoreRule[]) =>
    compare(desired, live, ignore).map(({ path }) => path);

  test.each<{ name: string; ignore: readonly IgnoreRule[]; expected: readonly string[] }>([
    {
      name: 'is no difference, its neighbours are',
      ignore: [{ path: '/routing/maxWaitTime' }],
      expected: ['/routing/scope/id', '/routing/scope/type'],
    },
    {
      name: 'covers everything below it',
      ignore: [{ path: '/routing/scope' }],
      expected: ['/routing/maxWaitTime'],
    },
    { name: 'may be a whole block', ignore: [{ path: '/routing' }], expected: [] },
    {
      name: 'does not cover what only starts with the same letters',
      ignore: [{ path: '/routing/maxWait' }, { path: '/rout' }],
      expected: ['/routing/maxWaitTime', '/routing/scope/id', '/routing/scope/type'],
    },
    {
      name: 'may be the id that a scope means',
      ignore: [{ path: '/routing/scope/id' }],
      expected: ['/routing/maxWaitTime', '/routing/scope/type'],
    },
    {
      name: 'takes the default id with it when it is the type of the scope',
      ignore: [{ path: '/routing/scope/type' }],
      expected: ['/routing/maxWaitTime'],
    },
    {
      name: 'holds until right before its end',
      ignore: [{ path: '/routing', untilAt: NOW + 1 }],
      expected: [],
    },
    {
      name: 'holds no longer at its end',
      ignore: [{ path: '/routing', untilAt: NOW }],
      expected: ['/routing/maxWaitTime', '/routing/scope/id', '/routing/scope/type'],
    },
  ])('$name', ({ ignore, expected }) => {
    expect(paths(ignore)).toEqual(expected);
  });

  test('leaves nothing to a declared object whose fields are all ignored', () => {
    const ignore = [{ path: '/r/a/b' }];
    expect(compare({ r: { a: { b: 1 } } }, { r: { a: 5 } }, ignore)).toEqual([]);
  });
});
