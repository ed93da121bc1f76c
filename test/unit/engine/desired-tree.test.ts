import { describe, expect, test } from '@jest/globals';
import { parseDesiredFile } from '../../../src/config/parse-desired-file.ts';
import type { DesiredFlow } from '../../../src/domain/flow.ts';
import { sha256 } from '../../../src/domain/hash.ts';
import { makeDesiredTree } from '../../../src/engine/desired-tree.ts';
import type { DesiredTree } from '../../../src/engine/desired-tree.ts';
import { aFlowId } from '../../support/builders.ts';

const FOLDER = 'desired-state/acme/flows';

/** A tree of these files below desired-state/; what starts with `_` is a base. */
function treeOf(texts: Readonly<Record<string, string>>, before?: DesiredTree): DesiredTree {
  const files = Object.entries(texts).map(([name, text]) => ({
    path: `desired-state/${name}`,
    kind: name.startsWith('_') ? ('base' as const) : ('flow' as const),
    key: `${name.startsWith('_') ? 'base' : 'flow'}:${sha256(text)}`,
    bytes: Buffer.from(text),
  }));
  return makeDesiredTree({
    directory: 'desired-state',
    files: files.map(({ path, bytes }) => ({ path, blobId: sha256(bytes), sizeBytes: 1 })),
    keys: new Map(files.map(({ path, key }) => [path, key])),
    parsed: new Map(files.map(({ key, kind, bytes }) => [key, parseDesiredFile(kind, bytes)])),
    before,
  });
}

const flowText = (n: number, more = 'settings: { r: { a: 1 } }'): string =>
  `flowId: ${aFlowId(n)}\n${more}\n`;

const flowOf = (tree: DesiredTree, name: string): DesiredFlow | undefined =>
  tree.org('acme').flows.find(({ file }) => file === `${FOLDER}/${name}`);

describe('makeDesiredTree', () => {
  const texts = {
    '_shared/base.yaml': 'settings: { r: { a: 1 } }',
    'acme/flows/one.yaml': flowText(2),
    'acme/flows/two.yaml': flowText(1, 'extends: ../../_shared/base.yaml\nsettings: { s: {} }'),
  };

  test('an org is the very same each time, its flows sorted by id', () => {
    const tree = treeOf(texts);
    expect(tree.org('acme')).toBe(tree.org('acme'));
    expect(tree.org('acme').flows.map(({ flowId }) => flowId)).toEqual([aFlowId(1), aFlowId(2)]);
  });

  test.each([
    { name: 'nothing', change: {}, kept: ['one.yaml', 'two.yaml'] },
    {
      name: 'a file more',
      change: { 'acme/flows/three.yaml': flowText(3) },
      kept: ['one.yaml', 'two.yaml'],
    },
    {
      name: 'what a file declares',
      change: { 'acme/flows/one.yaml': flowText(2, 'settings: { r: { a: 2 } }') },
      kept: ['two.yaml'],
    },
    {
      name: 'only the mode in a file',
      change: { 'acme/flows/one.yaml': flowText(2, 'mode: report\nsettings: { r: { a: 1 } }') },
      kept: ['two.yaml'],
    },
    {
      name: 'what a base declares',
      change: { '_shared/base.yaml': 'settings: { r: { a: 2 } }' },
      kept: ['one.yaml'],
    },
    {
      name: 'only the words of a base',
      change: { '_shared/base.yaml': 'settings: { r: { a: 1 } } # the same' },
      kept: ['one.yaml', 'two.yaml'],
    },
  ])('a later revision that changes $name keeps the values of $kept', ({ change, kept }) => {
    const before = treeOf(texts);
    before.org('acme');
    const after = treeOf({ ...texts, ...change }, before);

    const same = ['one.yaml', 'two.yaml'].filter(
      (name) => flowOf(after, name) === flowOf(before, name),
    );

    expect(same).toEqual(kept);
    expect(after.org('acme')).toEqual(treeOf({ ...texts, ...change }).org('acme'));
  });

  test('a flow that moved to another file is a new value', () => {
    const before = treeOf(texts);
    before.org('acme');
    const { 'acme/flows/one.yaml': text, ...rest } = texts;
    const after = treeOf({ ...rest, 'acme/flows/moved.yaml': text }, before);
    expect(flowOf(after, 'moved.yaml')?.file).toBe(`${FOLDER}/moved.yaml`);
  });
});
