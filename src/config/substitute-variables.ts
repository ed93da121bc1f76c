import { isJsonObject } from '../domain/json.ts';
import type { Json } from '../domain/json.ts';
import { faultAt } from './fault.ts';
import type { Fault } from './fault.ts';
import type { Path, Places } from './yaml-places.ts';

export type Env = Readonly<Record<string, string | undefined>>;

export interface Substituted {
  readonly value: Json;
  readonly faults: readonly Fault[];
}

/**
 * Replaces `${NAME}` in every text by the variable's value, after YAML was read: a value cannot bring structure with
 * it. `$${` stands for `${`. A variable that is unset or empty is a fault where it is named.
 */
export function substituteVariables(value: Json, places: Places, env: Env): Substituted {
  const faults: Fault[] = [];
  const walk = (node: Json, path: Path): Json => {
    if (typeof node === 'string') return inText(node, path);
    if (isJsonObject(node))
      return Object.fromEntries(
        Object.entries(node).map(([key, child]) => [key, walk(child, [...path, key])]),
      );
    return Array.isArray(node)
      ? node.map((child: Json, i) => walk(child, [...path, String(i)]))
      : node;
  };
  const inText = (text: string, path: Path): string =>
    text.replaceAll(/\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)\}|\$\{/g, (found, name?: string) => {
      if (found === '$${') return '${';
      const known = name !== undefined && Object.hasOwn(env, name) ? env[name] : undefined;
      if (known !== undefined && known !== '') return known;
      faults.push(faultOf(name, places, path));
      return found;
    });
  return { value: walk(value, []), faults };
}

function faultOf(name: string | undefined, places: Places, path: Path): Fault {
  const place = places.ofValue(path);
  return name === undefined
    ? faultAt(
        place,
        'schema.violation',
        '`${` begins a variable, but no `NAME}` follows',
        'Write `$${` where `${` itself is meant.',
      )
    : faultAt(
        place,
        'config.unset-variable',
        `the environment variable \`${name}\` is not set, or empty`,
        `Set ${name}, or write \`$\${${name}}\` where the text itself is meant.`,
      );
}
