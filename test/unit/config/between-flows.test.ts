import { describe, expect, test } from '@jest/globals';
import { flow, id, load, told } from './desired-texts.ts';
import type { Texts } from './desired-texts.ts';

describe('one flow, one file', () => {
  test.each<{
    name: string;
    texts: Texts;
    faults: Readonly<Record<string, readonly string[]>>;
    valid: number;
  }>([
    {
      name: 'an equal flowId, whatever its case',
      texts: {
        'acme/flows/a.yaml': flow(1),
        'acme/flows/b.yaml': flow(1).toUpperCase().replace('FLOWID', 'flowId'),
      },
      faults: {
        'd/acme/flows/a.yaml': [
          'd/acme/flows/a.yaml:1:9: the same flow is described by `d/acme/flows/b.yaml` (equal `flowId`) [desired.duplicate-flow]',
        ],
        'd/acme/flows/b.yaml': [
          'd/acme/flows/b.yaml:1:9: the same flow is described by `d/acme/flows/a.yaml` (equal `flowId`) [desired.duplicate-flow]',
        ],
      },
      valid: 0,
    },
    {
      name: 'an equal flowId in a file with faults',
      texts: { 'acme/flows/a.yaml': flow(1), 'acme/flows/b.yaml': flow(1, 'mode: x') },
      faults: {
        'd/acme/flows/a.yaml': [
          'd/acme/flows/a.yaml:1:9: the same flow is described by `d/acme/flows/b.yaml` (equal `flowId`) [desired.duplicate-flow]',
        ],
        'd/acme/flows/b.yaml': [
          'd/acme/flows/b.yaml:2:7: `mode` must be `enforce` or `report`; it is the text "x" [schema.violation]',
        ],
      },
      valid: 0,
    },
    {
      name: 'an equal name and nothing else, three times',
      texts: {
        'acme/flows/a.yaml': 'name: A',
        'acme/flows/b.yaml': 'name: A',
        'acme/flows/c.yaml': 'name: A',
      },
      faults: {
        'd/acme/flows/a.yaml': [
          'd/acme/flows/a.yaml:1:7: the same flow is described by `d/acme/flows/b.yaml` and 1 more (equal `name`) [desired.duplicate-flow]',
        ],
        'd/acme/flows/b.yaml': [
          'd/acme/flows/b.yaml:1:7: the same flow is described by `d/acme/flows/a.yaml` and 1 more (equal `name`) [desired.duplicate-flow]',
        ],
        'd/acme/flows/c.yaml': [
          'd/acme/flows/c.yaml:1:7: the same flow is described by `d/acme/flows/a.yaml` and 1 more (equal `name`) [desired.duplicate-flow]',
        ],
      },
      valid: 0,
    },
    {
      name: 'a name alone that another bears with its flowId',
      texts: { 'acme/flows/a.yaml': flow(1, 'name: A'), 'acme/flows/b.yaml': 'name: A' },
      faults: {
        'd/acme/flows/b.yaml': [
          'd/acme/flows/b.yaml:1:7: the same flow is described by `d/acme/flows/a.yaml` (equal `name`) [desired.duplicate-flow]',
        ],
      },
      valid: 1,
    },
    {
      name: 'no fault: equal names of different flowIds, names that differ in case, another org',
      texts: {
        'acme/flows/a.yaml': flow(1, 'name: A'),
        'acme/flows/b.yaml': flow(2, 'name: A'),
        'acme/flows/c.yaml': 'name: B',
        'acme/flows/d.yaml': 'name: b',
        'other/flows/a.yaml': flow(1),
      },
      faults: {},
      valid: 4,
    },
  ])('$name', ({ texts, faults, valid }) => {
    const loaded = load(texts);
    expect(told(loaded)).toEqual(faults);
    expect(loaded.flows).toHaveLength(valid);
  });
});

describe('dependsOn', () => {
  test('keeps its order, in lower case', () => {
    const upper = id(2).toUpperCase();
    const loaded = load({
      'acme/flows/a.yaml': flow(1, `dependsOn: [${id(3)}, ${upper}]`),
      'acme/flows/b.yaml': flow(2),
      'acme/flows/c.yaml': flow(3),
    });
    expect(loaded.flows[0]?.dependsOn).toEqual([id(3), id(2)]);
  });

  test('of a flow that no file describes is a fault of that entry', () => {
    const loaded = load({
      'acme/flows/a.yaml': flow(1, `dependsOn:\n  - ${id(2)}\n  - ${id(9)}`),
      'acme/flows/b.yaml': flow(2, 'mode: x'),
      'other/flows/c.yaml': flow(9),
    });
    expect(told(loaded)['d/acme/flows/a.yaml']).toEqual([
      `d/acme/flows/a.yaml:4:5: \`dependsOn\` names ${id(9)}, and no file of this org describes it [desired.depends-unknown]`,
    ]);
  });

  test('in a circle makes every flow of the circle invalid, and no other', () => {
    const loaded = load({
      'acme/flows/a.yaml': flow(1, `name: A\ndependsOn: [${id(2)}]`),
      'acme/flows/b.yaml': flow(2, `dependsOn: [${id(4)}, ${id(1)}]`),
      'acme/flows/c.yaml': flow(3, `dependsOn: [${id(1)}]`),
      'acme/flows/d.yaml': flow(4),
      'acme/flows/e.yaml': flow(5, `dependsOn: [${id(5)}]`),
    });
    expect(told(loaded)).toEqual({
      'd/acme/flows/a.yaml': [
        `d/acme/flows/a.yaml:3:13: \`dependsOn\` goes in a circle: A → ${id(2)} → A [desired.depends-cycle]`,
      ],
      'd/acme/flows/b.yaml': [
        `d/acme/flows/b.yaml:2:51: \`dependsOn\` goes in a circle: ${id(2)} → A → ${id(2)} [desired.depends-cycle]`,
      ],
      'd/acme/flows/e.yaml': [
        `d/acme/flows/e.yaml:2:13: \`dependsOn\` goes in a circle: ${id(5)} → ${id(5)} [desired.depends-cycle]`,
      ],
    });
    expect(loaded.flows.map(({ flowId }) => flowId)).toEqual([id(3), id(4)]);
    expect(loaded.invalid.map(({ flowId }) => flowId)).toEqual([id(1), id(2), id(5)]);
  });
});
