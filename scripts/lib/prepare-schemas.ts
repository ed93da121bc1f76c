/** A JSON Schema as read from its file. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export interface PrepareOptions {
  readonly known?: Readonly<Record<string, string>>;
  readonly defaultsAreFilled: boolean;
}

/** Keywords that shape no type. */
const SILENT = ['$defs', '$id', '$schema', 'examples', 'dependentRequired', 'propertyNames'];
/** Keywords under which schemas stand. */
const NESTING = ['items', 'additionalProperties', 'anyOf', 'oneOf', 'allOf'];

/**
 * One schema that holds all of `schemas`, written such that json-schema-to-typescript names one type for each
 * map with a title and none for texts and numbers:
 * references to anything else are replaced by what they name, "any value" becomes `Json`, and
 * rules that only say which keys go together are left out.
 */
export function prepareSchemas(schemas: readonly JsonSchema[], options: PrepareOptions): object {
  const defs = new Map<string, JsonSchema>();
  for (const schema of schemas) {
    const id = String(schema['$id']);
    defs.set(`${id}#`, schema);
    for (const [name, def] of Object.entries(schema['$defs'] ?? {}))
      defs.set(`${id}#/$defs/${name}`, def as JsonSchema);
  }
  const named = [...defs].filter(([key, def]) => !options.known?.[key] && isNamed(def));
  const walk = makeWalk(defs, options);
  const roots = schemas.map((schema) => keyOf(`${String(schema['$id'])}#`));
  return {
    title: 'Everything',
    type: 'object',
    properties: Object.fromEntries(roots.map((key) => [key, { $ref: `#/$defs/${key}` }])),
    $defs: Object.fromEntries(named.map(([key, def]) => [keyOf(key), walk(def, key)])),
  };
}

type Walk = (schema: unknown, at: string) => unknown;

function makeWalk(defs: ReadonlyMap<string, JsonSchema>, options: PrepareOptions): Walk {
  const walk: Walk = (schema, at) => {
    if (Array.isArray(schema)) return schema.map((item) => walk(item, at));
    if (typeof schema !== 'object' || schema === null) return schema;
    const node = schema as JsonSchema;
    const ref = node['$ref'];
    if (typeof ref === 'string') return follow(ref.startsWith('#') ? fileOf(at) + ref : ref, node);
    const plain = plainType(node);
    return plain ? { ...described(node), tsType: plain } : walkMap(node, at);
  };

  const follow = (target: string, node: JsonSchema): unknown => {
    const known = options.known?.[target];
    if (known) return { tsType: known };
    const def = defs.get(target);
    if (!def) throw new Error(`${target} is not among the schemas of this file`);
    if (isNamed(def)) return { $ref: `#/$defs/${keyOf(target)}` };
    const siblings = Object.entries(node).filter(([key]) => key !== '$ref');
    return walk({ ...def, ...Object.fromEntries(siblings) }, target);
  };

  const walkMap = (node: JsonSchema, at: string): unknown => {
    const result: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(node)) {
      if (SILENT.includes(key) || saysOnlyWhichKeys(value)) continue;
      if (key === 'title' && !isNamed(node)) continue;
      if (key === 'properties') result[key] = walkProperties(value as JsonSchema, at);
      else result[key] = NESTING.includes(key) ? walk(value, at) : value;
    }
    if (options.defaultsAreFilled && 'properties' in node)
      result['required'] = requiredWithDefaults(node);
    return result;
  };

  const walkProperties = (properties: JsonSchema, at: string): unknown =>
    Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, walk(value, at)]));

  return walk;
}

/** `anyOf: [{ required: [...] }, ...]` */
function saysOnlyWhichKeys(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((branch) => Object.keys(Object(branch) as object).join() === 'required')
  );
}

/** A map with keys of its own gets a type of its own. */
function isNamed(schema: JsonSchema): boolean {
  return 'title' in schema && isMap(schema) && plainType(schema) === undefined;
}

function isMap(schema: JsonSchema): boolean {
  const { type } = schema;
  return type === 'object' || (Array.isArray(type) && type.includes('object'));
}

/** The type of what has no shape of its own: any value, or any map (perhaps with some known keys). */
function plainType(schema: JsonSchema): string | undefined {
  if (isMap(schema)) {
    const open = !('properties' in schema) && !('additionalProperties' in schema);
    const mixed = 'properties' in schema && typeof schema['additionalProperties'] === 'object';
    return open || mixed ? 'JsonObject' : undefined;
  }
  const shaped = ['type', 'enum', 'const', '$ref', 'anyOf', 'oneOf'].some((key) => key in schema);
  return shaped ? undefined : 'Json';
}

function described(schema: JsonSchema): object {
  return 'description' in schema ? { description: schema['description'] } : {};
}

function requiredWithDefaults(schema: JsonSchema): string[] {
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>;
  const filled = Object.keys(properties).filter((name) => 'default' in (properties[name] ?? {}));
  return [...new Set([...((schema['required'] ?? []) as string[]), ...filled])];
}

function fileOf(key: string): string {
  return key.slice(0, key.indexOf('#'));
}

function keyOf(key: string): string {
  return key.replaceAll(/[^A-Za-z0-9]+/g, '_');
}
