import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { loadOrg } from '../../../src/config/load-desired.ts';
import { parseDesiredFile } from '../../../src/config/parse-desired-file.ts';
import type { ParsedFile } from '../../../src/config/parse-desired-file.ts';
import { hashOf } from '../../../src/domain/hash.ts';
import { flow, id, load, told } from './desired-texts.ts';
import type { Texts } from './desired-texts.ts';

describe('loadOrg', () => {
  test('puts flows in the order of their files, with the hash of their effective settings', () => {
    const { flows, invalid, orgExists } = load({
      'acme/flows/b/x.yaml': flow(2, 'settings: { routing: { type: b } }'),
      'acme/flows/a.yml': flow(1, 'name: A\nrequires: { teams: [T] }\nmode: report'),
      'acme/README.md': 'read me',
      'other/flows/a.yaml': 'broken: [',
    });
    expect(flows).toEqual([
      {
        file: 'd/acme/flows/a.yml',
        flowId: id(1),
        name: 'A',
        settings: {},
        hash: hashOf({}),
        dependsOn: [],
        requires: { queue: [], user: [], team: ['T'] },
        mode: 'report',
        ignore: [],
      },
      {
        file: 'd/acme/flows/b/x.yaml',
        flowId: id(2),
        settings: { routing: { type: 'b' } },
        hash: hashOf({ routing: { type: 'b' } }),
        dependsOn: [],
        requires: { queue: [], user: [], team: [] },
        mode: 'enforce',
        ignore: [],
      },
    ]);
    expect({ invalid, orgExists }).toEqual({ invalid: [], orgExists: true });
  });

  test('tells an org without a folder from one without flows', () => {
    expect(load({ 'other/flows/a.yaml': flow(1) })).toMatchObject({ orgExists: false, flows: [] });
    expect(load({ 'acme/README.md': 'x' })).toMatchObject({ orgExists: true, flows: [] });
  });

  test('the order of the files changes nothing', () => {
    const texts: Texts = {
      'acme/flows/a.yaml': flow(1, `dependsOn: [${id(2)}]\nextends: b.yaml`),
      'acme/flows/b.yaml': flow(2, `dependsOn: [${id(1)}]`),
      'acme/flows/c.yaml': flow(3, 'extends: d.yaml'),
      'acme/flows/d.yaml': flow(4, 'extends: c.yaml'),
      'acme/flows/e.yaml': flow(5, 'extends: d.yaml'),
      'acme/flows/f.yaml': flow(6),
      'acme/flows/g.yaml': flow(6),
    };
    const expected = load(texts);
    const anOrder = fc.shuffledSubarray(Object.entries(texts), { minLength: 7 });
    fc.assert(
      fc.property(anOrder, (entries) => {
        expect(load(Object.fromEntries(entries))).toEqual(expected);
      }),
    );
  });

  test('a file that was not parsed is an error, never a flow that is gone', () => {
    const files = [{ path: 'd/acme/flows/a.yaml' }];
    const parsed = (): undefined => undefined;
    expect(() => loadOrg({ org: 'acme', directory: 'd', files, parsed })).toThrow(
      'd/acme/flows/a.yaml was not parsed',
    );
  });
});

describe('policy', () => {
  test('is the default where there is no file', () => {
    expect(load({ 'acme/flows/a.yaml': flow(1) })).toMatchObject({
      policy: { mode: 'enforce', intervalMs: 300_000 },
      policyFaults: [],
    });
  });

  test.each(['acme/policy.yaml', 'acme/policy.yml', 'acme/Policy.YAML'])('%s is read', (path) => {
    expect(load({ [path]: 'interval: 1m' }).policy.intervalMs).toBe(60_000);
  });

  test('with faults writes nothing, and the flows are still read', () => {
    const loaded = load({ 'acme/policy.yaml': 'intervall: 1m', 'acme/flows/a.yaml': flow(1) });
    expect(loaded.policy.mode).toBe('report');
    expect(loaded.flows).toHaveLength(1);
    expect(loaded.policyFaults).toEqual([
      {
        file: 'd/acme/policy.yaml',
        line: 1,
        column: 1,
        code: 'schema.unknown-key',
        message: '`intervall` is not known in the file; did you mean `interval`?',
      },
    ]);
  });

  test('stands once', () => {
    const loaded = load({ 'acme/policy.yaml': '{}', 'acme/policy.yml': '{}' });
    expect(loaded.policy.mode).toBe('report');
    expect(loaded.policyFaults).toMatchObject([
      {
        file: 'd/acme/policy.yml',
        message: '`d/acme/policy.yaml` is a policy too',
        hint: 'Keep one.',
      },
    ]);
  });

  test.each([
    { name: 'as a link', path: 'd/acme/policy.yaml' },
    { name: 'while the org is a link', path: 'd/acme' },
    { name: 'while all its flows are a link', path: 'd/acme/flows' },
  ])('$name stops the org', ({ path }) => {
    const { policy, policyFaults, orgExists } = load({}, [{ path, refused: 'source.symlink' }]);
    expect({ mode: policy.mode, orgExists }).toEqual({ mode: 'report', orgExists: true });
    expect(policyFaults).toMatchObject([
      {
        file: path,
        code: 'source.symlink',
        message: 'this is a symbolic link, and links are not followed',
      },
    ]);
  });
});

describe('files that are refused by what they are', () => {
  test.each(['source.symlink', 'source.submodule', 'source.too-large', 'source.bad-path'] as const)(
    '%s makes that flow invalid and no other',
    (refused) => {
      const loaded = load({ 'acme/flows/a.yaml': flow(1) }, [
        { path: 'd/acme/flows/b.yaml', refused },
      ]);
      expect(loaded.flows).toHaveLength(1);
      expect(loaded.invalid).toMatchObject([
        { file: 'd/acme/flows/b.yaml', diagnostics: [{ code: refused, line: 1, column: 1 }] },
      ]);
    },
  );

  test('a link or submodule that stands for a folder of flows is told', () => {
    const { invalid } = load({}, [
      { path: 'd/acme/flows/voice', refused: 'source.symlink' },
      { path: 'd/acme/flows/sub', refused: 'source.submodule' },
      { path: 'd/acme/flows/README.md', refused: 'source.symlink' },
      { path: 'd/acme/docs', refused: 'source.symlink' },
    ]);
    expect(invalid.map(({ file }) => file)).toEqual(['d/acme/flows/sub', 'd/acme/flows/voice']);
  });

  test('paths that differ only in case are both refused, and still name their flows', () => {
    const loaded = load({
      'acme/flows/a.yaml': flow(1),
      'acme/flows/A.yaml': flow(2),
      'acme/flows/\u00e9.yaml': flow(3),
      'acme/flows/e\u0301.yaml': flow(4),
      'acme/flows/b.yaml': flow(5),
    });
    expect(loaded.flows.map(({ flowId }) => flowId)).toEqual([id(5)]);
    expect(loaded.invalid.map(({ flowId }) => flowId).sort()).toEqual([id(1), id(2), id(3), id(4)]);
    expect(told(loaded)['d/acme/flows/a.yaml']).toEqual([
      'd/acme/flows/a.yaml:1:1: `d/acme/flows/A.yaml` differs only in upper and lower case [source.case-collision]',
    ]);
  });
});

test('ten thousand flows on one base are put together in linear time', () => {
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  const base = parseDesiredFile(
    'base',
    encode('settings: { routing: { type: a, maxWaitTime: 1 } }'),
  );
  const one = parseDesiredFile(
    'flow',
    encode(flow(1, 'extends: ../../_shared/b.yaml\nsettings: { routing: { maxWaitTime: 5 } }')),
  );
  const parsed = new Map<string, ParsedFile>([['d/_shared/b.yaml', base]]);
  for (let i = 0; i < 10_000; i++)
    parsed.set(`d/acme/flows/${String(i)}.yaml`, { ...one, flowId: id(i) } as ParsedFile);
  const files = [...parsed.keys()].map((path) => ({ path }));

  const startedAt = performance.now();
  const loaded = loadOrg({
    org: 'acme',
    directory: 'd',
    files,
    parsed: (path) => parsed.get(path),
  });

  expect(loaded.flows).toHaveLength(10_000);
  // some 0.1 s on an idle machine; what is quadratic takes minutes
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});
