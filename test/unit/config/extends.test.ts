import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { LoadedOrg } from '../../../src/config/load-desired.ts';
import { mergeSettings } from '../../../src/config/resolve-settings.ts';
import type { Settings } from '../../../src/domain/flow.ts';
import { hashOf } from '../../../src/domain/hash.ts';
import { flow, id, load, settingsOf, told } from './desired-texts.ts';
import type { Texts } from './desired-texts.ts';

describe('extends', () => {
  test('maps merge deeply; lists, texts and null replace; the nearer file wins', () => {
    const loaded = load({
      '_shared/root.yaml':
        'settings: { routing: { type: a, maxWaitTime: 1, scope: { type: org } }, scopeDirectives: { applyTo: [queue, user] }, custom: { x: 1 } }',
      'acme/base.yml':
        'extends: ../_shared/root.yaml\nsettings: { routing: { maxWaitTime: 2 }, custom: null }',
      'acme/flows/a.yaml': flow(
        1,
        'extends: ../base.yml\nsettings: { routing: { scope: { id: x }, type: null }, scopeDirectives: { applyTo: [team] } }',
      ),
    });
    expect(settingsOf(loaded, 'd/acme/flows/a.yaml')).toEqual({
      routing: { type: null, maxWaitTime: 2, scope: { type: 'org', id: 'x' } },
      scopeDirectives: { applyTo: ['team'] },
      custom: null,
    });
    expect(loaded.flows[0]?.hash).toBe(hashOf(loaded.flows[0]?.settings ?? {}));
  });

  test('a flow file may be extended: its settings are taken, not its identity', () => {
    const loaded = load({
      'acme/flows/a.yaml': flow(1, 'name: A\nmode: report\nsettings: { routing: { type: a } }'),
      'acme/flows/b.yaml': flow(2, 'extends: a.yaml'),
      'other/flows/c.yaml': flow(3, 'settings: { routing: { type: c } }'),
      'acme/flows/d.yaml': flow(4, 'extends: ../../other/flows/c.yaml'),
    });
    expect(loaded.flows.map(({ flowId, name, mode }) => [flowId, name, mode])).toEqual([
      [id(1), 'A', 'report'],
      [id(2), undefined, 'enforce'],
      [id(4), undefined, 'enforce'],
    ]);
    expect(settingsOf(loaded, 'd/acme/flows/b.yaml')).toEqual({ routing: { type: 'a' } });
    expect(settingsOf(loaded, 'd/acme/flows/d.yaml')).toEqual({ routing: { type: 'c' } });
  });

  test.each<{ name: string; texts: Texts; faults: Readonly<Record<string, readonly string[]>> }>([
    {
      name: 'a file that is not there',
      texts: { 'acme/flows/a.yaml': flow(1, 'extends: ../b.yaml') },
      faults: {
        'd/acme/flows/a.yaml': [
          'd/acme/flows/a.yaml:2:10: there is no file `d/acme/b.yaml` [desired.extends-missing]',
        ],
      },
    },
    {
      name: 'a file outside',
      texts: { 'acme/flows/a.yaml': flow(1, 'extends: ../../../x.yaml') },
      faults: {
        'd/acme/flows/a.yaml': [
          'd/acme/flows/a.yaml:2:10: `../../../x.yaml` is outside of `d` [desired.extends-outside]',
        ],
      },
    },
    {
      name: 'a policy',
      texts: { 'acme/flows/a.yaml': flow(1, 'extends: ../policy.yaml'), 'acme/policy.yaml': '{}' },
      faults: {
        'd/acme/flows/a.yaml': [
          'd/acme/flows/a.yaml:2:10: `d/acme/policy.yaml` is no file with settings [desired.extends-invalid]',
        ],
      },
    },
    {
      name: 'a base with faults, told at both places',
      texts: {
        'acme/flows/a.yaml': flow(1, 'extends: ../b.yaml'),
        'acme/flows/b.yaml': flow(2, 'extends: ../c.yaml'),
        'acme/c.yaml': 'extends: b.yaml',
        'acme/b.yaml': 'settings: { routng: {} }',
      },
      faults: {
        'd/acme/flows/a.yaml': [
          'd/acme/flows/a.yaml:2:10: `d/acme/b.yaml`, or a file that it extends, has faults [desired.extends-invalid]',
          'd/acme/b.yaml:1:13: `routng` is not known in `settings`; did you mean `routing`? [schema.unknown-key]',
        ],
        'd/acme/flows/b.yaml': [
          'd/acme/flows/b.yaml:2:10: `d/acme/c.yaml`, or a file that it extends, has faults [desired.extends-invalid]',
          'd/acme/b.yaml:1:13: `routng` is not known in `settings`; did you mean `routing`? [schema.unknown-key]',
        ],
      },
    },
    {
      name: 'itself',
      texts: { 'acme/flows/a.yaml': flow(1, 'extends: a.yaml') },
      faults: {
        'd/acme/flows/a.yaml': [
          'd/acme/flows/a.yaml:2:10: `extends` goes in a circle: d/acme/flows/a.yaml → d/acme/flows/a.yaml [desired.extends-cycle]',
        ],
      },
    },
    {
      name: 'a circle, seen from outside of it',
      texts: {
        'acme/flows/a.yaml': flow(1, 'extends: ../y.yaml'),
        'acme/x.yaml': 'extends: y.yaml',
        'acme/y.yaml': 'extends: x.yaml',
      },
      faults: {
        'd/acme/flows/a.yaml': [
          'd/acme/flows/a.yaml:2:10: `d/acme/y.yaml`, or a file that it extends, has faults [desired.extends-invalid]',
          'd/acme/y.yaml:1:10: `extends` goes in a circle: d/acme/x.yaml → d/acme/y.yaml → d/acme/x.yaml [desired.extends-cycle]',
        ],
      },
    },
  ])('of $name is a fault', ({ texts, faults }) => {
    const loaded = load(texts);
    expect(told(loaded)).toEqual(faults);
    expect(loaded.flows).toEqual([]);
  });

  test('of a refused file is a fault', () => {
    const texts = { 'acme/flows/a.yaml': flow(1, 'extends: ../b.yaml') };
    const loaded = load(texts, [{ path: 'd/acme/b.yaml', refused: 'source.too-large' }]);
    expect(told(loaded)).toEqual({
      'd/acme/flows/a.yaml': [
        'd/acme/flows/a.yaml:2:10: `d/acme/b.yaml`, or a file that it extends, has faults [desired.extends-invalid]',
        'd/acme/b.yaml:1:1: the file is larger than 256 KiB [source.too-large]',
      ],
    });
  });

  test('64 files may extend each other, not 65; and a thousand are no danger', () => {
    const chain = (length: number): LoadedOrg => {
      const texts: Record<string, string> = { 'acme/flows/a.yaml': flow(1, 'extends: ../1.yaml') };
      for (let i = 1; i < length; i++)
        texts[`acme/${String(i)}.yaml`] = i < length - 1 ? `extends: ${String(i + 1)}.yaml` : '{}';
      return load(texts);
    };
    expect(chain(64).flows).toHaveLength(1);
    expect(chain(65).invalid).toMatchObject([
      { diagnostics: [{ message: 'more than 64 files extend each other' }] },
    ]);
    expect(chain(1_000).invalid).toHaveLength(1);
  });
});

describe('mergeSettings', () => {
  const aSettings = fc.dictionary(
    fc.constantFrom('a', 'b', 'toString'),
    fc.letrec((tie) => ({
      value: fc.oneof(fc.constantFrom(null, 1, 'x'), fc.constant(['l']), tie('map')),
      map: fc.dictionary(fc.constantFrom('a', 'b', 'valueOf'), tie('value')),
    })).value,
    { noNullPrototype: true },
  ) as fc.Arbitrary<Settings>;

  test('merging nothing, or the same, changes nothing; merging is associative', () => {
    fc.assert(
      fc.property(aSettings, aSettings, aSettings, (a, b, c) => {
        expect(mergeSettings(a, {})).toEqual(a);
        expect(mergeSettings({}, a)).toEqual(a);
        expect(mergeSettings(a, a)).toEqual(a);
        const left = mergeSettings(mergeSettings(a, b), c);
        const right = mergeSettings(a, mergeSettings(b, c));
        // a text between two maps hides the first: from the right it is not seen
        if (!hidesMap(a, b, c)) expect(left).toEqual(right);
      }),
    );
  });
});

/** True where the middle has something other than a map between two maps. */
function hidesMap(a: unknown, b: unknown, c: unknown): boolean {
  const isMap = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isMap(a) || !isMap(c)) return false;
  if (b !== undefined && !isMap(b)) return true;
  const middle = b ?? {};
  return Object.keys(c).some(
    (key) =>
      Object.hasOwn(a, key) &&
      hidesMap(a[key], Object.hasOwn(middle, key) ? middle[key] : undefined, c[key]),
  );
}
