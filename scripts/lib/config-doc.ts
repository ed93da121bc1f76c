import { stringify } from 'yaml';
import { asCode, asMarkdown } from './markdown.ts';
import type { JsonSchema } from './prepare-schemas.ts';

/** One file that a person writes. */
interface FileDoc {
  readonly schema: string;
  readonly title: string;
  /** Keys that the schema knows and that nothing in this version acts on. */
  readonly notYet: readonly string[];
  /** Stands for sections that another file has shown already. */
  readonly sectionsAbove?: string;
}

const FILES: readonly FileDoc[] = [
  {
    schema: 'config',
    title: '`flowkeeper.yaml`, the config',
    notYet: ['source.poll', 'state.postgres', 'server', 'backend: genesys-cloud'],
  },
  {
    schema: 'policy',
    title: '`policy.yaml`, how carefully an org is written',
    notYet: ['interval', 'report'],
  },
  { schema: 'flow', title: 'Flow files', notYet: [] },
  {
    schema: 'base',
    title: 'Base files, what `extends` names',
    notYet: [],
    sectionsAbove: '`settings` is as in a flow file.',
  },
];

const INTRODUCTION = `# The files

Reference of the files that a person writes. The schemas under \`schemas/\` are the only definition; this page is
made from them by \`npm run generate\`. An editor that knows YAML schemas checks and completes a file that begins
with \`# yaml-language-server: $schema=…/flow.schema.json\`.

Durations are a whole number and a unit: \`500ms\`, \`30s\`, \`5m\`, \`24h\`, \`7d\`. Unknown keys are refused.
Anchors, aliases and custom tags are refused: a file means what it says.
`;

/** docs/config.md. @param schemas by name, as `config` */
export function renderConfigDoc(schemas: ReadonlyMap<string, JsonSchema>): string {
  const pages = FILES.flatMap((file) => {
    const schema = schemas.get(file.schema);
    if (!schema) throw new Error(`there is no schema ${file.schema}`);
    return renderFile(file, withoutRefs(schema, file.schema, schemas));
  });
  return `${[INTRODUCTION, ...pages].join('\n').trimEnd()}\n`;
}

/** The schema with every `$ref` replaced by what it names, and what stands beside the `$ref` over that. */
function withoutRefs(
  schema: JsonSchema,
  home: string,
  schemas: ReadonlyMap<string, JsonSchema>,
): JsonSchema {
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node !== 'object' || node === null) return node;
    const { $ref: ref, ...own } = node as JsonSchema;
    const kept = Object.entries(own).filter(([key]) => key !== '$defs');
    const here = Object.fromEntries(kept.map(([key, value]) => [key, walk(value)]));
    return typeof ref === 'string' ? { ...follow(ref), ...here } : here;
  };
  const follow = (ref: string): JsonSchema => {
    const match = /^(?:(\w+)\.schema\.json)?#\/\$defs\/(\w+)$/.exec(ref);
    const file = match?.[1] ?? home;
    const defs = schemas.get(file)?.['$defs'] as Readonly<Record<string, JsonSchema>> | undefined;
    const target = defs?.[match?.[2] ?? ''];
    if (!target) throw new Error(`${ref} is not among the schemas`);
    return withoutRefs(target, file, schemas);
  };
  return walk(schema) as JsonSchema;
}

function renderFile({ title, notYet, sectionsAbove }: FileDoc, schema: JsonSchema): string[] {
  const [example] = schema['examples'] as readonly unknown[];
  const keys = notYet.map(asCode).join(', ');
  return [
    `## ${title}`,
    '',
    asMarkdown(textOf(schema, 'description')),
    '',
    '```yaml',
    stringify(example, { lineWidth: 100 }).trimEnd(),
    '```',
    '',
    ...(keys === '' ? [] : [`Checked, and not acted upon by this version: ${keys}.`, '']),
    ...renderKeys(schema),
    ...(sectionsAbove === undefined ? sectionsBelow('', schema) : [sectionsAbove, '']),
  ];
}

/** A section for each map below `schema` that has keys of its own. */
function sectionsBelow(path: string, schema: JsonSchema): string[] {
  return childrenOf(schema).flatMap(([name, child]) => {
    const at = path === '' ? name : `${path}.${name}`;
    const { place, map } = mapOf(at, child);
    if (!map) return [];
    return [
      `### ${asCode(place)}`,
      '',
      `${asMarkdown(textOf(map, 'description'))}${exampleOf(map)}`,
      '',
      ...renderKeys(map),
      ...sectionsBelow(place, map),
    ];
  });
}

/** The map that a key holds: itself, each item of a list, or each value of a map with free names. */
function mapOf(
  path: string,
  schema: JsonSchema,
): { readonly place: string; readonly map?: JsonSchema } {
  if (childrenOf(schema).length > 0) return { place: path, map: schema };
  const items = schema['items'];
  if (isSchema(items) && childrenOf(items).length > 0) return { place: `${path}[]`, map: items };
  const values = schema['additionalProperties'];
  if (isSchema(values) && childrenOf(values).length > 0)
    return { place: `${path}.NAME`, map: values };
  return { place: path };
}

function renderKeys(schema: JsonSchema): string[] {
  const required = new Set(schema['required'] as readonly string[] | undefined);
  const lines = childrenOf(schema).map(([name, child]) => {
    const facts = [typeOf(child), ...(required.has(name) ? ['required'] : []), ...defaultOf(child)];
    const about = asMarkdown(textOf(child, 'description'));
    // what has a section of its own has its example there
    const example = mapOf(name, child).map ? '' : exampleOf(child);
    return `- ${asCode(name)} (${facts.join('; ')}): ${about}${example}`;
  });
  return [...lines, ''];
}

function typeOf(schema: JsonSchema): string {
  const values = schema['enum'];
  if (Array.isArray(values)) return values.map((value) => asCode(String(value))).join(' or ');
  const items = schema['items'];
  if (isSchema(items)) return `list of ${typeOf(items)}`;
  const type = [schema['type']].flat().filter((name) => name !== 'null');
  if (type.includes('object')) return 'map';
  if (type.includes('boolean')) return '`true` or `false`';
  const bounds = boundsOf(schema);
  if (type.includes('integer')) return `whole number${bounds}`;
  if (type.includes('number')) return `number${bounds}`;
  if (type.includes('string')) return `${textOf(schema, 'title') || 'text'}${bounds}`;
  return 'any value';
}

function boundsOf(schema: JsonSchema): string {
  const { minimum, maximum, 'x-minDuration': shortest, 'x-maxDuration': longest } = schema;
  const [from, to] = [minimum ?? shortest, maximum ?? longest].map((bound) =>
    bound === undefined ? '' : String(bound as string | number),
  );
  if (from && to) return `, ${from} to ${to}`;
  return from ? `, from ${from}` : '';
}

function defaultOf(schema: JsonSchema): string[] {
  if (!('default' in schema)) return [];
  const value = schema['default'];
  // an empty map means that all keys in it have their defaults
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return [];
  return [`default ${asCode(inYaml(value))}`];
}

function exampleOf(schema: JsonSchema): string {
  const [example] = (schema['examples'] ?? []) as readonly unknown[];
  const shown = 'enum' in schema || defaultOf(schema).some((text) => !text.includes('[]'));
  if (shown || example === undefined) return '';
  return ` Example: ${asCode(inYaml(example))}`;
}

function inYaml(value: unknown): string {
  const style = typeof value === 'object' ? ({ collectionStyle: 'flow' } as const) : {};
  return stringify(value, { ...style, lineWidth: 0 }).trimEnd();
}

function childrenOf(schema: JsonSchema): readonly (readonly [string, JsonSchema])[] {
  return Object.entries((schema['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>);
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(schema: JsonSchema, key: string): string {
  const value = schema[key];
  return typeof value === 'string' ? value : '';
}
