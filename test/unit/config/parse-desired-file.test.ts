import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MAX_FILE_BYTES, parseDesiredFile } from '../../../src/config/parse-desired-file.ts';
import type { ParsedFile } from '../../../src/config/parse-desired-file.ts';
import { FAULTY_FLOWS, FAULTY_WITH_ID } from './faulty-flows.ts';
import { FAULTY_POLICIES } from './faulty-policies.ts';

const ID = 'flowId: a1b2c3d4-e5f6-7890-abcd-ef1234567890\n';

type Kind = 'flow' | 'policy' | 'base';

const parse = (kind: Kind, text: string): ParsedFile =>
  parseDesiredFile(kind, new TextEncoder().encode(text));

const told = (kind: Kind, text: string): readonly string[] => {
  const file = parse(kind, text);
  if (file.kind !== 'faulty') return [];
  return file.faults.map(
    ({ line, column, message, code }) => `${String(line)}:${String(column)} ${message} [${code}]`,
  );
};

describe('a flow file', () => {
  test('is read with its defaults, ids in lower case, instants in epoch milliseconds', () => {
    const text = `
flowId: A1B2C3D4-E5F6-7890-ABCD-EF1234567890
name: Primary
description: what it is for
extends: ../base.yaml
settings:
  routing: { maxWaitTime: 600, scope: null }
  custom: { anything: [1, { deep: true }] }
dependsOn: [B1B2C3D4-E5F6-7890-ABCD-EF1234567890]
requires: { queues: [Support] }
mode: report
suspend: { reason: INC-4711, by: ops, until: 2026-12-01T00:00:00Z }
ignore:
  - { path: /routing/maxWaitTime, owner: wfm, until: 2026-12-31 }
`;
    expect(parse('flow', text)).toEqual({
      kind: 'flow',
      flowId: 'a1b2c3d4-e5f6-7890-abcd-ef1234567890',
      name: 'Primary',
      identityPlace: { line: 2, column: 9 },
      extends: { path: '../base.yaml', place: { line: 5, column: 10 } },
      settings: {
        routing: { maxWaitTime: 600, scope: null },
        custom: { anything: [1, { deep: true }] },
      },
      settingsHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      dependsOn: [
        { flowId: 'b1b2c3d4-e5f6-7890-abcd-ef1234567890', place: { line: 9, column: 13 } },
      ],
      requires: { queue: ['Support'], user: [], team: [] },
      mode: 'report',
      suspend: { reason: 'INC-4711', by: 'ops', untilAt: Date.UTC(2026, 11, 1) },
      ignore: [{ path: '/routing/maxWaitTime', owner: 'wfm', untilAt: Date.UTC(2027, 0, 1) }],
    });
  });

  test('may have a name alone, and no settings', () => {
    expect(parse('flow', 'name: Primary')).toEqual({
      kind: 'flow',
      name: 'Primary',
      identityPlace: { line: 1, column: 7 },
      settings: {},
      settingsHash: expect.any(String),
      dependsOn: [],
      requires: { queue: [], user: [], team: [] },
      mode: 'enforce',
      ignore: [],
    });
  });

  test.each([
    'settings: { routing: null, configurationMatrix: null, scopeDirectives: null }',
    'settings: { routing: { type: null, maxWaitTime: null, scope: { type: null, id: null } } }',
    'settings: { configurationMatrix: { p: null, q: { key: null, value: null }, r: { value: 1 } } }',
    'settings: { scopeDirectives: { applyTo: null, enforceHierarchy: null } }',
    'settings: { scopeDirectives: { applyTo: [] } }',
    'settings: { routing: { maxWaitTime: 0 } }',
    'settings: { other: null, routingRules: {}, route: {} }',
    'suspend: { reason: x }',
    'ignore: [{ path: /a~1b/~0 }]',
    'extends: other.yml',
  ])('%s is allowed', (text) => {
    expect(told('flow', ID + text)).toEqual([]);
  });

  test('is plain JSON: it can be kept and read again', () => {
    const file = parse('flow', `${ID}extends: a.yaml\nsuspend: { reason: x, until: 2026-12-01 }`);
    expect(JSON.parse(JSON.stringify(file))).toEqual(file);
  });

  test.each(FAULTY_FLOWS)('%j is refused', (text, ...faults) => {
    expect(told('flow', text)).toEqual(faults);
  });

  test.each(FAULTY_WITH_ID)('with a flowId, %j is refused', (text, ...faults) => {
    expect(told('flow', ID + text)).toEqual(faults);
  });

  test('all faults are told at once, by place; a fault of the YAML hides what follows from it', () => {
    const text = `name: 5\nsettings: *x\nmode: of\nmaxWaitTime: 007\nflowId: nope\nname: b\n`;
    expect(told('flow', text)).toEqual([
      '1:7 `name` must be text; it is 5 [schema.violation]',
      '2:11 anchors and aliases are refused [yaml.forbidden]',
      '3:7 `mode` must be `enforce` or `report`; it is the text "of" [schema.violation]',
      '4:1 `maxWaitTime` is not known in the file; known are `flowId`, `name`, `description`, `extends`, `settings`, `dependsOn`, `requires`, `mode`, `suspend` and `ignore` [schema.unknown-key]',
      '4:14 this number would lose its leading `+` or `0` [yaml.number]',
      '5:9 `flowId` must be a UUID, for instance `a1b2c3d4-e5f6-7890-abcd-ef1234567890`; it is the text "nope" [schema.violation]',
      '6:1 `name` stands twice in this map [yaml.syntax]',
    ]);
  });
});

describe('a faulty flow file still tells its flowId', () => {
  test.each([
    { name: 'a fault of the schema', text: `${ID}mode: x` },
    { name: 'a fault of the YAML', text: `name: "x\n${ID}` },
    {
      name: 'quotes, upper case and a comment',
      text: 'flowId: "A1B2C3D4-E5F6-7890-ABCD-EF1234567890" # here\r\n[',
    },
    { name: 'twice the same', text: ID + ID },
  ])('$name', ({ text }) => {
    expect(parse('flow', text)).toMatchObject({
      kind: 'faulty',
      flowId: 'a1b2c3d4-e5f6-7890-abcd-ef1234567890',
    });
  });

  test.each([
    { name: 'two different ones', text: `${ID}flowId: b1b2c3d4-e5f6-7890-abcd-ef1234567890\n` },
    { name: 'one that is no UUID', text: 'flowId: a1b2c3d4\n' },
    { name: 'one of another thing', text: `suspend:\n  ${ID}` },
    { name: 'none', text: '{' },
  ])('but not with $name', ({ text }) => {
    const file = parse('flow', text);
    expect(file.kind).toBe('faulty');
    expect(file).not.toHaveProperty('flowId');
  });
});

describe('a base file', () => {
  test('has settings and perhaps a base of its own', () => {
    expect(parse('base', 'extends: b.yaml\nsettings: { routing: { type: x } }')).toEqual({
      kind: 'base',
      extends: { path: 'b.yaml', place: { line: 1, column: 10 } },
      settings: { routing: { type: 'x' } },
      settingsHash: expect.any(String),
    });
  });

  test.each<[string, string]>([
    [
      'name: x',
      '1:1 `name` is not known in the file; known are `description`, `extends` and `settings` [schema.unknown-key]',
    ],
    [
      'settings: { routng: {} }',
      '1:13 `routng` is not known in `settings`; did you mean `routing`? [schema.unknown-key]',
    ],
    [
      'setings: {}',
      '1:1 `setings` is not known in the file; did you mean `settings`? [schema.unknown-key]',
    ],
  ])('%j is refused', (text, fault) => {
    expect(told('base', text)).toEqual([fault]);
  });
});

describe('a policy file', () => {
  test('has the documented defaults', () => {
    expect(parse('policy', '{}')).toEqual({
      kind: 'policy',
      policy: {
        mode: 'enforce',
        intervalMs: 300_000,
        rate: { perFlowMs: 60_000, updatesPerMinute: 30, requestsPerMinute: 240 },
        massChange: { maxFlows: 50, maxShare: 0.3, minFlows: 10 },
        freeze: [],
        freezeOverrides: [],
        apply: {
          concurrency: 4,
          conflictRetries: 3,
          verifyTimeoutMs: 30_000,
          onReloadFailure: 'keep',
          revertsSkipPerFlowRate: true,
          pushSnapshotsFirst: false,
        },
        fight: { corrections: 5, withinMs: 3_600_000, probeAfterMs: 1_800_000 },
        report: { schedule: '0 7 * * 1-5', timezone: 'UTC' },
      },
    });
  });

  test('what it says goes beside the defaults of what it does not say', () => {
    const text = `
mode: report
rate: { perFlow: 0s }
massChange: { maxShare: 1 }
fight: { corrections: 3, within: 2h }
freeze:
  - { name: a, from: 2026-12-20, until: 2026-12-24 }
  - { name: b, from: "2026-12-20T12:00:00+01:00", until: 2026-12-24T00:00:00Z, allowReverts: false }
  - { name: c, cron: " 0 18 * * FRI ", duration: 60h, timezone: Europe/Berlin }
  - { name: d, cron: "*/5 0-6,22 1 JAN,MAR *", duration: 1m }
freezeOverrides:
  - { name: INC-1, windows: [a, c], until: 2026-12-22, reason: storm, by: ops }
  - { name: INC-2, until: "2026-12-22T18:00:00Z", reason: flood, by: ops }
`;
    expect(parse('policy', text)).toMatchObject({
      policy: {
        mode: 'report',
        rate: { perFlowMs: 0, updatesPerMinute: 30 },
        massChange: { maxFlows: 50, maxShare: 1 },
        fight: { corrections: 3, withinMs: 7_200_000, probeAfterMs: 1_800_000 },
        freeze: [
          {
            kind: 'span',
            name: 'a',
            allowReverts: true,
            fromAt: Date.UTC(2026, 11, 20),
            untilAt: Date.UTC(2026, 11, 25),
          },
          {
            kind: 'span',
            name: 'b',
            allowReverts: false,
            fromAt: Date.UTC(2026, 11, 20, 11),
            untilAt: Date.UTC(2026, 11, 24),
          },
          {
            kind: 'cron',
            name: 'c',
            cron: '0 18 * * FRI',
            durationMs: 60 * 3_600_000,
            timezone: 'Europe/Berlin',
          },
          { kind: 'cron', name: 'd', durationMs: 60_000, timezone: 'UTC' },
        ],
        freezeOverrides: [
          {
            name: 'INC-1',
            windows: ['a', 'c'],
            untilAt: Date.UTC(2026, 11, 23),
            reason: 'storm',
            by: 'ops',
          },
          { name: 'INC-2', untilAt: Date.UTC(2026, 11, 22, 18), reason: 'flood', by: 'ops' },
        ],
      },
    });
  });

  test.each([
    'interval: 1s',
    'interval: 7d',
    'massChange: { maxFlows: 0, maxShare: 0, minFlows: 0 }',
    'rate: { perFlow: 30d, updatesPerMinute: 1, requestsPerMinute: 1 }',
    'apply: { concurrency: 1, conflictRetries: 0, verifyTimeout: 0s }',
    'apply: { concurrency: 100, verifyTimeout: 30m }',
  ])('%s is allowed', (text) => {
    expect(told('policy', text)).toEqual([]);
  });

  test.each(FAULTY_POLICIES)('%j is refused', (text, ...faults) => {
    expect(told('policy', text)).toEqual(faults);
  });
});

describe('bytes that are no settings file', () => {
  const bytesOf = (length: number): Uint8Array => {
    const bytes = new Uint8Array(length).fill(0x61);
    bytes.set(new TextEncoder().encode(`${ID}# `));
    return bytes;
  };

  test('256 KiB are read, one byte more is refused', () => {
    expect(parseDesiredFile('flow', bytesOf(MAX_FILE_BYTES)).kind).toBe('flow');
    expect(parseDesiredFile('flow', bytesOf(MAX_FILE_BYTES + 1))).toMatchObject({
      faults: [{ code: 'source.too-large', line: 1, column: 1 }],
    });
  });

  test.each([
    { name: 'a broken sequence', bytes: [0x61, 0x3a, 0x20, 0xff] },
    { name: 'UTF-16 with its mark', bytes: [0xff, 0xfe, 0x61, 0x00] },
    { name: 'a surrogate', bytes: [0xed, 0xa0, 0x80] },
    { name: 'an overlong form', bytes: [0xc0, 0xaf] },
  ])('$name is not UTF-8', ({ bytes }) => {
    expect(parseDesiredFile('flow', new Uint8Array(bytes))).toMatchObject({
      kind: 'faulty',
      faults: [{ code: 'source.not-utf8', message: expect.stringMatching(/not UTF-8 text$/) }],
    });
  });

  test('no bytes make it throw, and a faulty file always has a fault', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Kind>('flow', 'policy', 'base'),
        fc.uint8Array({ maxLength: 100 }),
        (kind, bytes) => {
          const file = parseDesiredFile(kind, bytes);
          if (file.kind === 'faulty') expect(file.faults.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 300 },
    );
  });
});
