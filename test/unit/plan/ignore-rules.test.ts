import { describe, expect, test } from '@jest/globals';
import { unusedIgnores } from '../../../src/plan/ignore-rules.ts';
import { NOW, ORG_ID } from '../../support/builders.ts';

describe('unusedIgnores', () => {
  const desired = {
    routing: { maxWaitTime: 600, scope: { type: 'org' } },
    scopeDirectives: { applyTo: ['queue'] },
    gone: null,
  };

  test.each<{ path: string; unused: boolean; untilAt?: number }>([
    { path: '/routing', unused: false },
    { path: '/routing/maxWaitTime', unused: false },
    { path: '/routing/scope/id', unused: false },
    { path: '/scopeDirectives/applyTo', unused: false },
    { path: '/gone', unused: false },
    { path: '/gone/below', unused: true },
    { path: '/routing/maxWaitTim', unused: true },
    { path: '/routing/maxWaitTime/below', unused: true },
    { path: '/scopeDirectives/applyTo/0', unused: true },
    { path: '/constructor', unused: true },
    { path: '/nowhere', unused: true, untilAt: NOW + 1 },
    { path: '/nowhere', unused: false, untilAt: NOW },
  ])('$path until $untilAt: $unused', ({ unused, ...rule }) => {
    const context = { orgId: ORG_ID, ignore: [rule], now: NOW };
    expect(unusedIgnores(desired, context)).toEqual(unused ? [rule] : []);
  });
});
