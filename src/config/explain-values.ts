import { isJsonObject } from '../domain/json.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import type { Path, Places } from './yaml-places.ts';

/** One text that has a part in a document. */
export interface Layer {
  readonly file: string;
  /** As it was read, before defaults were filled in. */
  readonly value: Json;
  readonly places: Places;
}

/** Where a value was written; lines count from 1. */
export interface Origin {
  readonly file: string;
  readonly line: number;
}

/** One value of an effective document. */
export interface ExplainedValue {
  /** Keys from the root of the document on. */
  readonly path: Path;
  readonly value: Json;
  /** Undefined: nobody wrote it; it is the default. */
  readonly from?: Origin;
  /** What it stands over, the nearest first. */
  readonly over: readonly (Origin & { readonly value: Json })[];
}

/**
 * Every value of a document with the place that it came from. A value is what is replaced as a whole: a text, a
 * number, a list, null, an empty map.
 *
 * @param layers what was merged into it, the topmost first
 */
export function explainValues(document: JsonObject, layers: readonly Layer[]): ExplainedValue[] {
  return valuesOf(document, []).map(({ path, value }) => {
    const [from, ...over] = layers.flatMap((layer) => {
      const there = at(layer.value, path);
      if (there === undefined) return [];
      const { line } = layer.places.ofKey(path);
      return [{ file: layer.file, line, value: there }];
    });
    return { path, value, ...(from && { from: { file: from.file, line: from.line } }), over };
  });
}

function valuesOf(value: Json, path: Path): { readonly path: Path; readonly value: Json }[] {
  if (!isJsonObject(value) || Object.keys(value).length === 0) return [{ path, value }];
  return Object.entries(value).flatMap(([key, child]) => valuesOf(child, [...path, key]));
}

function at(value: Json, path: Path): Json | undefined {
  let node: Json | undefined = value;
  for (const key of path) {
    if (!isJsonObject(node) || !Object.hasOwn(node, key)) return undefined;
    node = node[key];
  }
  return node;
}
