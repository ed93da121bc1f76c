import { describe, expect, test } from '@jest/globals';
import type { Settings } from '../../../src/domain/flow.ts';
import type { Json } from '../../../src/domain/json.ts';
import { compareSettings } from '../../../src/plan/compare-settings.ts';
import { NOW, ORG_ID, someSettings } from '../../support/builders.ts';

const compare = (desired: Settings, live: Settings) =>
  compareSettings(desired, live, { orgId: ORG_ID, ignore: [], now: NOW });

const parse = (json: string): Settings => JSON.parse(json) as Settings;

describe('compareSettings finds no difference', () => {
  test.each<{ name: string; desired: Settings; live: Settings }>([
    { name: 'between equal settings', desired: someSettings(), live: someSettings() },
    {
      name: 'in fields and blocks that are not declared',
      desired: { routing: { a: 1 } },
      live: { routing: { a: 1, b: 2 }, other: { c: 3 } },
    },
    {
      name: 'in the order of keys',
      desired: { r: { a: 1, b: { c: 2, d: 3 } } },
      live: { r: { b: { d: 3, c: 2 }, a: 1 } },
    },
    { name: 'when nothing is declared', desired: {}, live: { r: { a: 1 } } },
    { name: 'between −0 and 0', desired: { r: { a: -0 } }, live: { r: { a: 0 } } },
    {
      name: 'between numbers of one value',
      desired: parse('{"r":{"a":1e2}}'),
      live: parse('{"r":{"a":100.0}}'),
    },
    { name: 'between declared null and absent', desired: { r: { a: null } }, live: { r: {} } },
    {
      name: 'between declared null and live null',
      desired: { r: { a: null } },
      live: { r: { a: null } },
    },
    { name: 'between a block declared null and no block', desired: { r: null }, live: {} },
    { name: 'between {} and absent', desired: { r: {} }, live: {} },
    { name: 'between {} and null', desired: { r: {} }, live: { r: null } },
    { name: 'between {} and any object', desired: { r: {} }, live: { r: { a: 1 } } },
    { name: 'between only nulls and absent', desired: { r: { a: { b: null } } }, live: {} },
    {
      name: 'in the order and the duplicates of applyTo',
      desired: { scopeDirectives: { applyTo: ['queue', 'user'] } },
      live: { scopeDirectives: { applyTo: ['user', 'queue', 'user'] } },
    },
    {
      name: 'between objects in a list, key order and nulls aside',
      desired: { r: { a: [{ x: 1, y: null }] } },
      live: { r: { a: [{ x: 1 }] } },
    },
    {
      name: "between a scope of type org and the org's own id",
      desired: { routing: { scope: { type: 'org' } } },
      live: { routing: { scope: { type: 'org', id: ORG_ID } } },
    },
    {
      name: "between the org's own id and a live org scope without one",
      desired: { routing: { scope: { type: 'org', id: ORG_ID } } },
      live: { routing: { scope: { type: 'org' } } },
    },
    {
      name: "between the org's own id in upper and lower case",
      desired: { routing: { scope: { type: 'org' } } },
      live: { routing: { scope: { type: 'org', id: ORG_ID.toUpperCase() } } },
    },
    {
      name: 'between a null id and the id that an org scope means',
      desired: { routing: { scope: { type: 'org', id: null } } },
      live: { routing: { scope: { type: 'org', id: ORG_ID } } },
    },
    {
      name: 'between a null id alone and a live org scope without one',
      desired: { routing: { scope: { id: null } } },
      live: { routing: { scope: { type: 'org' } } },
    },
    {
      name: "between a null id alone and the org's own",
      desired: { routing: { scope: { id: null } } },
      live: { routing: { scope: { type: 'org', id: ORG_ID } } },
    },
    {
      name: 'in keys that every object inherits, when equal',
      desired: parse('{"r":{"__proto__":{"a":1},"constructor":"x"}}'),
      live: parse('{"r":{"constructor":"x","__proto__":{"a":1}}}'),
    },
  ])('$name', ({ desired, live }) => {
    expect(compare(desired, live)).toEqual([]);
  });
});

describe('compareSettings names the most specific field', () => {
  test.each<{
    name: string;
    desired: Settings;
    live: Settings;
    expected: readonly { path: string; live?: Json; desired?: Json }[];
  }>([
    {
      name: 'a changed value',
      desired: { r: { a: { b: 1, c: 2 } } },
      live: { r: { a: { b: 1, c: 3 } } },
      expected: [{ path: '/r/a/c', live: 3, desired: 2 }],
    },
    {
      name: 'a value that live lacks',
      desired: { r: { a: 1 } },
      live: { r: {} },
      expected: [{ path: '/r/a', desired: 1 }],
    },
    {
      name: 'a value that is null live',
      desired: { r: { a: 1 } },
      live: { r: { a: null } },
      expected: [{ path: '/r/a', desired: 1 }],
    },
    {
      name: 'a value that is to be absent',
      desired: { r: { a: null } },
      live: { r: { a: { b: 1 } } },
      expected: [{ path: '/r/a', live: { b: 1 } }],
    },
    {
      name: 'a block that is to be absent',
      desired: { r: null },
      live: { r: { a: 1 } },
      expected: [{ path: '/r', live: { a: 1 } }],
    },
    {
      name: 'a block that live lacks, value by value',
      desired: { r: { a: 1, b: { c: 2 }, d: [], e: {} } },
      live: {},
      expected: [
        { path: '/r/a', desired: 1 },
        { path: '/r/b/c', desired: 2 },
        { path: '/r/d', desired: [] },
      ],
    },
    {
      name: 'a text for a number',
      desired: { r: { a: 1 } },
      live: { r: { a: '1' } },
      expected: [{ path: '/r/a', live: '1', desired: 1 }],
    },
    {
      name: 'false for absent',
      desired: { r: { a: false } },
      live: { r: {} },
      expected: [{ path: '/r/a', desired: false }],
    },
    {
      name: 'a plain value where an object is declared, once',
      desired: { r: { a: { b: 1, c: 2 } } },
      live: { r: { a: 5 } },
      expected: [{ path: '/r/a', live: 5, desired: { b: 1, c: 2 } }],
    },
    {
      name: 'a plain value where {} is declared',
      desired: { r: { a: {} } },
      live: { r: { a: 5 } },
      expected: [{ path: '/r/a', live: 5, desired: {} }],
    },
    {
      name: 'a list where an object is declared',
      desired: { r: { a: { b: 1 } } },
      live: { r: { a: [1] } },
      expected: [{ path: '/r/a', live: [1], desired: { b: 1 } }],
    },
    {
      name: 'an object where a value is declared',
      desired: { r: { a: 1 } },
      live: { r: { a: { b: 1 } } },
      expected: [{ path: '/r/a', live: { b: 1 }, desired: 1 }],
    },
    {
      name: 'the order of any list but applyTo',
      desired: { r: { applyTo: [1, 2] } },
      live: { r: { applyTo: [2, 1] } },
      expected: [{ path: '/r/applyTo', live: [2, 1], desired: [1, 2] }],
    },
    {
      name: 'a shorter list',
      desired: { r: { a: [1, 2] } },
      live: { r: { a: [1] } },
      expected: [{ path: '/r/a', live: [1], desired: [1, 2] }],
    },
    {
      name: 'a field of an object in a list that is not declared there',
      desired: { r: { a: [{ x: 1 }] } },
      live: { r: { a: [{ x: 1, y: 2 }] } },
      expected: [{ path: '/r/a', live: [{ x: 1, y: 2 }], desired: [{ x: 1 }] }],
    },
    {
      name: 'a kind more in applyTo',
      desired: { scopeDirectives: { applyTo: ['queue'] } },
      live: { scopeDirectives: { applyTo: ['queue', 'team'] } },
      expected: [{ path: '/scopeDirectives/applyTo', live: ['queue', 'team'], desired: ['queue'] }],
    },
    {
      name: 'a kind less in applyTo',
      desired: { scopeDirectives: { applyTo: ['queue', 'team'] } },
      live: { scopeDirectives: { applyTo: ['team'] } },
      expected: [{ path: '/scopeDirectives/applyTo', live: ['team'], desired: ['queue', 'team'] }],
    },
    {
      name: "another scope, with the org's id that the declared one means",
      desired: { routing: { scope: { type: 'org' } } },
      live: { routing: { scope: { type: 'team', id: 't-1' } } },
      expected: [
        { path: '/routing/scope/id', live: 't-1', desired: ORG_ID },
        { path: '/routing/scope/type', live: 'team', desired: 'org' },
      ],
    },
    {
      name: 'a scope that live lacks, with the id that it means',
      desired: { routing: { scope: { type: 'org' } } },
      live: { routing: {} },
      expected: [
        { path: '/routing/scope/id', desired: ORG_ID },
        { path: '/routing/scope/type', desired: 'org' },
      ],
    },
    {
      name: "another org's id in a scope of type org",
      desired: { routing: { scope: { type: 'org' } } },
      live: { routing: { scope: { type: 'org', id: 'other' } } },
      expected: [{ path: '/routing/scope/id', live: 'other', desired: ORG_ID }],
    },
    {
      name: 'an id that is to be absent',
      desired: { routing: { scope: { id: null } } },
      live: { routing: { scope: { type: 'team', id: ORG_ID } } },
      expected: [{ path: '/routing/scope/id', live: ORG_ID }],
    },
    {
      name: 'an org scope anywhere else as it stands',
      desired: { other: { scope: { type: 'org', id: ORG_ID } } },
      live: { other: { scope: { type: 'org' } } },
      expected: [{ path: '/other/scope/id', desired: ORG_ID }],
    },
    {
      name: 'keys with / and ~, escaped',
      desired: { 'a/b': { 'c~d': 1, '~1': 2 } },
      live: {},
      expected: [
        { path: '/a~1b/c~0d', desired: 1 },
        { path: '/a~1b/~01', desired: 2 },
      ],
    },
    {
      name: 'keys that every object inherits, as absent',
      desired: parse('{"r":{"__proto__":{"a":1},"constructor":"x","toString":null}}'),
      live: { r: {} },
      expected: [
        { path: '/r/__proto__/a', desired: 1 },
        { path: '/r/constructor', desired: 'x' },
      ],
    },
  ])('$name', ({ desired, live, expected }) => {
    expect(compare(desired, live)).toEqual(expected);
  });
});
