import { isCollection, isMap, isNode, isScalar, isSeq } from 'yaml';
import type { LineCounter, Node, ParsedNode } from 'yaml';
import { FILE_START } from './fault.ts';
import type { Place } from './fault.ts';

/** Keys and list indexes from the root of the document on. */
export type Path = readonly string[];

/** Where the keys and values of a document stand. What is not there has the place of the nearest thing around it. */
export interface Places {
  ofKey(path: Path): Place;
  ofValue(path: Path): Place;
}

export function makePlaces(root: ParsedNode | null, lines: LineCounter): Places {
  const at = (node: unknown): Place | undefined => {
    if (!isNode(node) || !node.range) return undefined;
    const { line, col } = lines.linePos(node.range[0]);
    return { line, column: col };
  };
  const ofKey = (path: Path): Place => {
    if (path.length === 0) return at(root) ?? FILE_START;
    const parent = nodeAt(root, path.slice(0, -1));
    return at(entryOf(parent, path.at(-1) ?? '')?.key) ?? ofValue(path);
  };
  const ofValue = (path: Path): Place => {
    const node = nodeAt(root, path);
    // a value left empty has no place of its own
    if (isScalar(node) && node.value === null && node.source === '' && path.length > 0)
      return ofKeyOrParent(path);
    return at(node) ?? ofKeyOrParent(path);
  };
  const ofKeyOrParent = (path: Path): Place => {
    if (path.length === 0) return FILE_START;
    const parent = nodeAt(root, path.slice(0, -1));
    return at(entryOf(parent, path.at(-1) ?? '')?.key) ?? ofValue(path.slice(0, -1));
  };
  return { ofKey, ofValue };
}

function nodeAt(root: Node | null, path: Path): unknown {
  let node: unknown = root;
  for (const step of path) {
    if (!isCollection(node)) return undefined;
    node = isSeq(node) ? node.items[Number(step)] : entryOf(node, step)?.value;
  }
  return node;
}

function entryOf(
  node: unknown,
  key: string,
): { readonly key: unknown; readonly value: unknown } | undefined {
  if (!isMap(node)) return undefined;
  return node.items.find((pair) => isScalar(pair.key) && pair.key.value === key);
}
