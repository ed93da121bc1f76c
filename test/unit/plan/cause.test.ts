import { describe, expect, test } from '@jest/globals';
import type { Settings } from '../../../src/domain/flow.ts';
import type { Cause } from '../../../src/domain/plan.ts';
import { flowCause, withCauses } from '../../../src/plan/cause.ts';
import { compareSettings } from '../../../src/plan/compare-settings.ts';
import { NOW, ORG_ID } from '../../support/builders.ts';

describe('the cause of a field, three-way against what was last applied', () => {
  test.each<{
    name: string;
    base: Settings | undefined;
    desired: Settings;
    live: Settings;
    causes: readonly Cause[];
  }>([
    {
      name: 'git moved, live did not',
      base: { r: { a: 1 } },
      desired: { r: { a: 2 } },
      live: { r: { a: 1 } },
      causes: ['desired-changed'],
    },
    {
      name: 'live moved, git did not',
      base: { r: { a: 1 } },
      desired: { r: { a: 1 } },
      live: { r: { a: 2 } },
      causes: ['live-changed'],
    },
    {
      name: 'both moved, apart',
      base: { r: { a: 1 } },
      desired: { r: { a: 2 } },
      live: { r: { a: 3 } },
      causes: ['both-changed'],
    },
    {
      name: 'nothing was ever applied',
      base: undefined,
      desired: { r: { a: 2 } },
      live: { r: { a: 1 } },
      causes: ['desired-changed'],
    },
    {
      name: 'the field was not declared before',
      base: { r: { b: 1 } },
      desired: { r: { a: 2 } },
      live: { r: { a: 1 } },
      causes: ['desired-changed'],
    },
    {
      name: 'the block was not declared before',
      base: {},
      desired: { r: { a: 2 } },
      live: { r: { a: 1 } },
      causes: ['desired-changed'],
    },
    {
      name: 'the block was declared absent, and is',
      base: { r: null },
      desired: { r: { a: 2 } },
      live: {},
      causes: ['desired-changed'],
    },
    {
      name: 'the block was declared absent, and is not',
      base: { r: null },
      desired: { r: { a: 2 } },
      live: { r: { a: 1 } },
      causes: ['both-changed'],
    },
    {
      name: 'a field that is to be absent came back',
      base: { r: { a: null } },
      desired: { r: { a: null } },
      live: { r: { a: 1 } },
      causes: ['live-changed'],
    },
    {
      name: 'git removed what live still has',
      base: { r: { a: 1 } },
      desired: { r: { a: null } },
      live: { r: { a: 1 } },
      causes: ['desired-changed'],
    },
    {
      name: 'git removed a block that live still has, with more in it',
      base: { r: { a: 1 } },
      desired: { r: null },
      live: { r: { a: 1, b: 2 } },
      causes: ['desired-changed'],
    },
    {
      name: 'live lost the field',
      base: { r: { a: 1 } },
      desired: { r: { a: 1 } },
      live: { r: {} },
      causes: ['live-changed'],
    },
    {
      name: 'numbers and sets are compared by what they mean',
      base: { scopeDirectives: { applyTo: ['user', 'queue'] } },
      desired: { scopeDirectives: { applyTo: ['queue', 'user'] } },
      live: { scopeDirectives: { applyTo: ['team'] } },
      causes: ['live-changed'],
    },
    {
      name: 'a live set in another order is as it was',
      base: { scopeDirectives: { applyTo: ['user', 'queue'] } },
      desired: { scopeDirectives: { applyTo: ['team'] } },
      live: { scopeDirectives: { applyTo: ['queue', 'user'] } },
      causes: ['desired-changed'],
    },
    {
      name: "the org's id is what a scope meant before",
      base: { routing: { scope: { type: 'org' } } },
      desired: { routing: { scope: { type: 'team', id: 't-1' } } },
      live: { routing: { scope: { type: 'org' } } },
      causes: ['desired-changed', 'desired-changed'],
    },
    {
      name: 'each field has its own',
      base: { r: { a: 1, b: 1, c: 1 } },
      desired: { r: { a: 2, b: 1, c: 2 } },
      live: { r: { a: 1, b: 2, c: 3 } },
      causes: ['desired-changed', 'live-changed', 'both-changed'],
    },
  ])('$name', ({ base, desired, live, causes }) => {
    const differences = compareSettings(desired, live, { orgId: ORG_ID, ignore: [], now: NOW });
    expect(withCauses(differences, base, ORG_ID).map(({ cause }) => cause)).toEqual(causes);
  });
});

describe('the cause of a flow', () => {
  test.each<{ causes: readonly Cause[]; cause: Cause }>([
    { causes: ['live-changed', 'live-changed'], cause: 'live-changed' },
    { causes: ['desired-changed'], cause: 'desired-changed' },
    { causes: ['both-changed'], cause: 'both-changed' },
    { causes: ['desired-changed', 'live-changed'], cause: 'both-changed' },
    { causes: ['desired-changed', 'both-changed'], cause: 'both-changed' },
  ])('$causes make $cause', ({ causes, cause }) => {
    expect(flowCause(causes.map((each, i) => ({ path: `/${String(i)}`, cause: each })))).toBe(
      cause,
    );
  });
});
