import { readFileSync } from 'node:fs';

/** One value that a config can hold: where it stands, a list's items and a map's entries as `*`. */
export interface Leaf {
  readonly path: string;
  /** Of its definition and of what it is based on. */
  readonly description: string;
  readonly examples: string;
}

interface Node {
  readonly $ref?: string;
  readonly description?: string;
  readonly examples?: unknown;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | boolean;
  readonly items?: Node;
}

/** Every value that schemas/config.schema.json lets a config hold. */
export function configLeaves(): readonly Leaf[] {
  const file = new URL('../../schemas/config.schema.json', import.meta.url);
  const schema = JSON.parse(readFileSync(file, 'utf8')) as Node & {
    readonly $defs: Readonly<Record<string, Node>>;
  };
  return leavesOf(schema, schema.$defs, '');
}

function leavesOf(node: Node, defs: Readonly<Record<string, Node>>, path: string): Leaf[] {
  const whole = resolved(node, defs);
  const { properties = {}, additionalProperties: more, items } = whole;
  const children = [
    ...Object.entries(properties),
    ...[more, items].flatMap((child) => (typeof child === 'object' ? [['*', child] as const] : [])),
  ];
  if (children.length > 0)
    return children.flatMap(([name, child]) => leavesOf(child, defs, `${path}/${name}`));
  const { description = '', examples = [] } = whole;
  return [{ path, description, examples: JSON.stringify(examples) }];
}

function resolved(node: Node, defs: Readonly<Record<string, Node>>): Node {
  const base = node.$ref === undefined ? undefined : defs[node.$ref.split('/').at(-1) ?? ''];
  if (base === undefined) return node;
  const under = resolved(base, defs);
  const description = [under.description, node.description].join(' ');
  return { ...under, ...node, description };
}
