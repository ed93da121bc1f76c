import { describe, expect, test } from '@jest/globals';
import { classifyDesiredPath, resolveExtends } from '../../../src/config/desired-path.ts';

describe('classifyDesiredPath', () => {
  test.each([
    ['desired-state/acme/policy.yaml', { kind: 'policy', org: 'acme' }],
    ['desired-state/acme/policy.yml', { kind: 'policy', org: 'acme' }],
    ['desired-state/acme/Policy.YAML', { kind: 'policy', org: 'acme' }],
    ['desired-state/acme/flows/a.yaml', { kind: 'flow', org: 'acme' }],
    ['desired-state/acme/flows/deep/er/a.yml', { kind: 'flow', org: 'acme' }],
    ['desired-state/acme/Flows/a.yaml', { kind: 'flow', org: 'acme' }],
    ['desired-state/acme/flows/policy.yaml', { kind: 'flow', org: 'acme' }],
    ['desired-state/acme/flows/_drafts/a.yaml', { kind: 'flow', org: 'acme' }],
    ['desired-state/acme/other/a.yaml', { kind: 'base' }],
    ['desired-state/acme/base.yaml', { kind: 'base' }],
    ['desired-state/_shared/ivr.yaml', { kind: 'base' }],
    ['desired-state/_shared/flows/ivr.yaml', { kind: 'base' }],
    ['desired-state/base.yaml', { kind: 'base' }],
    ['desired-state/policy.yaml', { kind: 'base' }],
    ['desired-state/flows/a.yaml', { kind: 'base' }],
    ['desired-state/README.md', { kind: 'other' }],
    ['desired-state/acme/flows/a.yaml.bak', { kind: 'other' }],
    ['desired-state/acme/flows/.a.yaml', { kind: 'other' }],
    ['desired-state/acme/flows/yaml', { kind: 'other' }],
    ['desired-state2/acme/flows/a.yaml', { kind: 'other' }],
    ['acme/flows/a.yaml', { kind: 'other' }],
  ])('%s', (path, kind) => {
    expect(classifyDesiredPath('desired-state', path)).toEqual(kind);
  });

  test('the directory may be nested', () => {
    expect(classifyDesiredPath('a/b', 'a/b/acme/flows/x.yaml')).toEqual({
      kind: 'flow',
      org: 'acme',
    });
  });
});

describe('resolveExtends', () => {
  test.each([
    ['../../_shared/ivr.yaml', 'desired-state/_shared/ivr.yaml'],
    ['b.yaml', 'desired-state/acme/flows/b.yaml'],
    ['./x/../b.yaml', 'desired-state/acme/flows/b.yaml'],
    ['../../../desired-state/a.yaml', 'desired-state/a.yaml'],
    ['../../../a.yaml', undefined],
    ['../../../../a.yaml', undefined],
    ['../../../../../../../a.yaml', undefined],
    ['../../../desired-state2/a.yaml', undefined],
  ])('%s', (extended, path) => {
    const file = 'desired-state/acme/flows/a.yaml';
    expect(resolveExtends('desired-state', file, extended)).toBe(path);
  });
});
