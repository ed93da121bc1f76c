import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { addOwnWords } from '../../../scripts/lib/own-schema-words.ts';
import { chainAudit } from '../../../src/domain/audit.ts';
import type { FlowStatus } from '../../../src/domain/flow-status.ts';
import type { OrgStatus } from '../../../src/domain/org-status.ts';

type Node = Readonly<Record<string, unknown>>;

const FOLDER = new URL('../../../schemas/', import.meta.url);
/** What people write, and what the status branch holds. */
const NAMES = ['config', 'policy', 'flow', 'base', 'status', 'org-status', 'audit-record'];

const read = (name: string): Node =>
  JSON.parse(readFileSync(new URL(`${name}.schema.json`, FOLDER), 'utf8')) as Node;

function makeAjv(): Ajv2020 {
  const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true });
  addOwnWords(ajv);
  ajv.addFormat('date-time', (text) => text.endsWith('Z') && !Number.isNaN(Date.parse(text)));
  for (const name of NAMES) ajv.addSchema(read(name));
  return ajv;
}

const ajv = makeAjv();

const check = (name: string, value: unknown): string | null => {
  const validate = ajv.getSchema(`${name}.schema.json`);
  return validate?.(value) === true ? null : ajv.errorsText(validate?.errors);
};

/** Every schema in a schema, by its JSON pointer; not those that only say which keys go together. */
function* nodesOf(node: Node, at = '#'): Generator<readonly [string, Node]> {
  yield [at, node];
  for (const holder of ['properties', '$defs'])
    for (const [key, child] of Object.entries(
      (node[holder] ?? {}) as Readonly<Record<string, Node>>,
    ))
      yield* nodesOf(child, `${at}/${holder}/${key}`);
  for (const key of ['items', 'propertyNames', 'additionalProperties'])
    if (typeof node[key] === 'object') yield* nodesOf(node[key] as Node, `${at}/${key}`);
}

describe('the published formats', () => {
  describe.each(NAMES)('%s', (name) => {
    const schema = read(name);

    test('is JSON Schema 2020-12 under its own name, and says what it is', () => {
      expect(schema).toMatchObject({
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        $id: `${name}.schema.json`,
        title: expect.any(String),
        description: expect.any(String),
      });
      expect(ajv.getSchema(`${name}.schema.json`)).toBeDefined();
    });

    test('describes every key, with an example', () => {
      const silent = [...nodesOf(schema)]
        .filter(([, node]) => !('$ref' in node))
        .filter(([at]) => !at.endsWith('/additionalProperties'))
        .filter(([, node]) => !('description' in node) || !('examples' in node))
        .map(([at]) => at);
      expect(silent).toEqual([]);
    });

    test('has only words beside a $ref: with a rule there, an editor shows what the $ref says in their place', () => {
      const words = new Set(['$ref', 'title', 'description', 'default', 'examples']);
      const ruled = [...nodesOf(schema)]
        .filter(([, node]) => '$ref' in node && Object.keys(node).some((key) => !words.has(key)))
        .map(([at]) => at);
      expect(ruled).toEqual([]);
    });

    test('lets no unknown key into a map with known ones', () => {
      const open = [...nodesOf(schema)]
        .filter(([, node]) => 'properties' in node && node['additionalProperties'] !== false)
        .map(([at]) => at);
      // the service takes settings of any name
      expect(open).toEqual(name === 'base' ? ['#/$defs/settings'] : []);
    });

    test('lets its own examples pass', () => {
      const examples = schema['examples'] as readonly unknown[];
      expect(examples.length).toBeGreaterThan(0);
      for (const example of examples) expect(check(name, fillIn(example))).toBeNull();
    });

    test('has defaults that it lets pass itself', () => {
      const defaults = [...nodesOf(schema)].filter(([, node]) => 'default' in node);
      for (const [at, node] of defaults) {
        const pointer = `${name}.schema.json${at}`;
        const validate = ajv.getSchema(pointer);
        expect([pointer, validate?.(node['default'])]).toEqual([pointer, true]);
      }
    });
  });
});

/** Examples of the config name variables, which are filled in before the schema sees them. */
function fillIn(example: unknown): unknown {
  return JSON.parse(JSON.stringify(example).replaceAll(/\$\{\w+\}/g, 'value'));
}

describe('what the code writes is what the schemas say', () => {
  const HASH = 'a'.repeat(64);
  const at = '2026-11-24T08:00:00.000Z';
  const flowId = 'a1b2c3d4-e5f6-7890-abcd-ef1234567890';

  test('a status with every field', () => {
    const status: Required<FlowStatus> = {
      flowId,
      name: 'Primary',
      org: 'acme',
      file: 'desired-state/acme/flows/a.yaml',
      state: 'Drifted',
      conditions: [
        { type: 'Stalled', status: true, reason: 'RolledBack', message: 'm', since: at },
      ],
      desiredRevision: 'a'.repeat(40),
      desiredHash: HASH,
      lastAttemptedRevision: 'a'.repeat(64),
      lastAppliedRevision: 'a'.repeat(40),
      lastAppliedHash: HASH,
      liveVersion: 0,
      since: at,
      differences: [{ path: '/routing', live: null, desired: { a: [1] }, cause: 'both-changed' }],
      suspended: { reason: 'INC-4711', by: 'Ola', until: at },
      lastOutcome: {
        status: 'applied',
        runId: 'r',
        at,
        latencyMs: 1.5,
        steps: { gate: 0.5 },
        reason: 'x',
        code: 'api.refused',
      },
      snapshot: 'snapshots/acme/x/1.json',
    };
    expect(check('status', status)).toBeNull();
    expect(check('status', { ...status, extra: 1 })).toContain('additional properties');
    expect(check('status', { ...status, state: 'Fine' })).toContain('allowed values');
    expect(check('status', { ...status, flowId: flowId.toUpperCase() })).toContain('pattern');
  });

  test('an org status', () => {
    const status: OrgStatus = {
      org: 'acme',
      state: 'Held',
      since: at,
      reason: 'x',
      code: 'run.deadline',
      unmanaged: [{ flowId, name: 'N' }],
      faults: [{ file: 'a', line: 1, column: 1, code: 'yaml.syntax', message: 'm', hint: 'h' }],
    };
    expect(check('org-status', status)).toBeNull();
    expect(check('org-status', { ...status, faults: [{ file: 'a' }] })).not.toBeNull();
  });

  test('an audit record', () => {
    const record = chainAudit(
      {
        attemptId: 'a',
        timestamp: at,
        event: 'flow.updated',
        runId: 'r',
        flowId,
        status: 'applied',
        latencyMs: 12,
        revision: 'a'.repeat(40),
        author: null,
        planDigest: HASH,
        beforeHash: null,
        afterHash: HASH,
        details: { version: 8 },
      },
      undefined,
    );
    expect(check('audit-record', record)).toBeNull();
    expect(check('audit-record', { ...record, seq: 0 })).not.toBeNull();
  });
});
