import { describe, expect, test } from '@jest/globals';
import type { Settings } from '../../../src/domain/flow.ts';
import { checkDependencies } from '../../../src/gates/dependencies.ts';
import type { DependencyFacts } from '../../../src/gates/dependencies.ts';
import { aDesiredFlow } from '../../support/builders.ts';

const READABLE = { kind: 'readable' } as const;
const ALL_READABLE: DependencyFacts = {
  access: { queue: READABLE, user: READABLE, team: READABLE },
  missing: {},
};

const aFlow = (settings: Settings, requires = {}) =>
  aDesiredFlow({
    file: 'x.yaml',
    settings,
    requires: { queue: [], user: [], team: [], ...requires },
  });

describe('checkDependencies', () => {
  test.each<{ name: string; settings: Settings }>([
    { name: 'no settings', settings: {} },
    { name: 'no directives', settings: { scopeDirectives: null } },
    { name: 'no applyTo', settings: { scopeDirectives: { applyTo: null } } },
    { name: 'an empty applyTo', settings: { scopeDirectives: { applyTo: [] } } },
    { name: 'kinds that nobody knows', settings: { scopeDirectives: { applyTo: ['x', 1] } } },
    { name: 'directives that are none', settings: { scopeDirectives: ['queue'] } },
  ])('$name lean on nothing', ({ settings }) => {
    expect(checkDependencies(aFlow(settings), { access: {}, missing: {} })).toEqual({
      kind: 'allow',
    });
  });

  test('kinds that can be read and names that exist go on', () => {
    const flow = aFlow({ scopeDirectives: { applyTo: ['queue', 'user'] } }, { team: ['Tier 1'] });
    const facts = { ...ALL_READABLE, missing: { team: ['of another flow'] } };
    expect(checkDependencies(flow, facts)).toEqual({ kind: 'allow' });
  });

  test('everything that is missing is listed at once, with permissions and what goes on', () => {
    const flow = aFlow(
      { scopeDirectives: { applyTo: ['team', 'queue'] } },
      { queue: ['Support', 'Sales "EU"', 'Here'], user: ['Ann'] },
    );
    const facts: DependencyFacts = {
      access: {
        queue: READABLE,
        user: READABLE,
        team: { kind: 'forbidden', permission: 'groups:team:view' },
      },
      missing: { queue: ['Support', 'Sales "EU"'], user: ['Ann'] },
    };
    expect(checkDependencies(flow, facts)).toEqual({
      kind: 'deny',
      gate: 'dependencies',
      reason:
        'missing queues "Support", "Sales \\"EU\\""; missing user "Ann"; teams cannot be read: the permission groups:team:view is missing',
      goOn: 'create queues "Support", "Sales \\"EU\\"", create user "Ann", give the OAuth client\'s role groups:team:view, or correct `requires` in x.yaml',
    });
  });

  test('names of a kind that cannot be read are not said to be missing', () => {
    const facts: DependencyFacts = {
      access: { queue: { kind: 'forbidden', permission: 'routing:queue:view' } },
      missing: { queue: ['Support'] },
    };
    expect(checkDependencies(aFlow({}, { queue: ['Support'] }), facts)).toEqual({
      kind: 'deny',
      gate: 'dependencies',
      reason: 'queues cannot be read: the permission routing:queue:view is missing',
      goOn: "give the OAuth client's role routing:queue:view",
    });
  });

  test('a kind that nobody looked up does not pass', () => {
    const flow = aFlow({ scopeDirectives: { applyTo: ['user'] } });
    expect(checkDependencies(flow, { access: {}, missing: {} })).toMatchObject({
      kind: 'deny',
      reason: 'users could not be looked up',
    });
  });
});
