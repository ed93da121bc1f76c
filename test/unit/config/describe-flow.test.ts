import { describe, expect, test } from '@jest/globals';
import { describeFlow, describePolicy } from '../../../src/config/describe-flow.ts';
import { parseDesiredFile } from '../../../src/config/parse-desired-file.ts';
import type { JsonObject } from '../../../src/domain/json.ts';

const ORG_ID = '0b1e5f0c-3c1c-4a52-9a0e-0f6b3e1f2a11';
const ID = 'A1B2C3D4-e5f6-7890-abcd-ef1234567890';

const made = (settings: JsonObject, name = 'Support', allBlocks = false) =>
  describeFlow({ id: ID, name, settings }, '../schemas/flow.schema.json', {
    orgId: ORG_ID,
    allBlocks,
  });

describe('describeFlow', () => {
  test('writes a file as a person would, in the order of the schema', () => {
    const settings = {
      prompts: { language: 'en-us' },
      scopeDirectives: { enforceHierarchy: true, applyTo: ['team', 'queue', 'team'] },
      configurationMatrix: {
        parameter_02: { value: 'yes: no', key: 'b' },
        parameter_01: { value: true, key: 'a' },
      },
      routing: { scope: { id: ORG_ID.toUpperCase(), type: 'org' }, maxWaitTime: 600, type: 'x' },
    };
    expect(made(settings, '007')).toEqual({
      text: [
        '# yaml-language-server: $schema=../schemas/flow.schema.json',
        'flowId: a1b2c3d4-e5f6-7890-abcd-ef1234567890',
        'name: "007"',
        'settings:',
        '  routing:',
        '    type: x',
        '    maxWaitTime: 600',
        '    scope: { type: org }',
        '  configurationMatrix:',
        '    parameter_01: { key: a, value: true }',
        '    parameter_02: { key: b, value: "yes: no" }',
        '  scopeDirectives:',
        '    applyTo: [queue, team]',
        '    enforceHierarchy: true',
        '',
      ].join('\n'),
      leftOut: ['/prompts'],
    });
  });

  test.each([
    {
      name: 'a fraction of a second',
      settings: { routing: { maxWaitTime: 7.5, type: 'x' } },
      leftOut: ['/routing/maxWaitTime'],
    },
    {
      name: 'a key that no schema knows',
      settings: { routing: { 'a/b': 1, type: 'x' } },
      leftOut: ['/routing/a~1b'],
    },
    {
      name: 'a kind that is none',
      settings: { scopeDirectives: { applyTo: ['queue', 'skill'] } },
      leftOut: ['/scopeDirectives/applyTo'],
    },
    { name: 'a block that is no map', settings: { routing: 'x' }, leftOut: ['/routing'] },
    {
      name: 'two of them',
      settings: { routing: { maxWaitTime: -1, scope: { kind: 2 } } },
      leftOut: ['/routing/maxWaitTime', '/routing/scope/kind'],
    },
  ])('leaves out $name, and names it', ({ settings, leftOut }) => {
    const described = made(settings);
    expect(described.leftOut).toEqual(leftOut);
    expect(parseDesiredFile('flow', Buffer.from(described.text)).kind).toBe('flow');
  });

  test.each([
    { name: 'on two lines', flowName: 'a\nb' },
    { name: 'of nothing', flowName: '' },
  ])('a name $name is left to the id', ({ flowName }) => {
    const described = made({ routing: { type: 'x' } }, flowName);
    expect(described.text).not.toContain('name:');
    expect(described.leftOut).toEqual(['/name']);
  });

  test('a scope of another org keeps its id, and null is not there', () => {
    const { text } = made({ routing: { type: null, scope: { type: 'org', id: 'other' } } });
    expect(text).toContain('    scope: { type: org, id: other }\n');
    expect(text).not.toContain('null');
  });

  test('a flow without settings is a file that manages nothing', () => {
    const { text } = made({});
    expect(text).toMatch(/\nsettings: \{\}\n$/);
    expect(parseDesiredFile('flow', Buffer.from(text)).kind).toBe('flow');
  });
});

test('a new policy only reports, and has the defaults otherwise', () => {
  const file = parseDesiredFile('policy', Buffer.from(describePolicy('x.json')));
  const defaults = parseDesiredFile('policy', Buffer.from('mode: report\n'));
  expect(file).toEqual(defaults);
});
