// Writes the TypeScript types of schemas/*.schema.json and schemas/wire/*.schema.json, the functions that check values
// against them, and the pages of docs/ that are made from code and schemas.
//   node scripts/generate.ts           writes what is missing or stale
//   node scripts/generate.ts --check   writes nothing; exits 1 and names what is stale
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compile } from 'json-schema-to-typescript';
import { format, resolveConfig } from 'prettier';
import { GENERATED_PAGES } from './lib/generated-pages.ts';
import { prepareSchemas } from './lib/prepare-schemas.ts';
import type { JsonSchema } from './lib/prepare-schemas.ts';
import { VALIDATORS, renderValidators } from './lib/render-validators.ts';
import { withReadonly } from './lib/with-readonly.ts';

interface Target {
  readonly file: string;
  /** In this order they appear in the file. */
  readonly schemas: readonly string[];
  /** Types that the code has already, by the place of the schema they stand for. */
  readonly known?: Readonly<Record<string, string>>;
  /** Where types that are not generated come from. */
  readonly imports: Readonly<Record<string, string>>;
  /** Keys with a default are always there: the values are used after defaults were filled in. */
  readonly defaultsAreFilled: boolean;
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const TARGETS: readonly Target[] = [
  {
    file: 'src/config/formats.generated.ts',
    schemas: ['config', 'policy', 'flow', 'base'],
    imports: { Json: '../domain/json.ts', JsonObject: '../domain/json.ts' },
    defaultsAreFilled: true,
  },
  {
    file: 'src/domain/formats.generated.ts',
    schemas: ['status', 'org-status', 'audit-record', 'notification'],
    known: { 'org-status.schema.json#/$defs/diagnostic': 'Diagnostic' },
    imports: {
      Diagnostic: './diagnostic.ts',
      Json: './json.ts',
      JsonObject: './json.ts',
    },
    defaultsAreFilled: false,
  },
  {
    file: 'src/backends/architect-settings/wire.generated.ts',
    schemas: wireSchemas(),
    imports: { Json: '../../domain/json.ts', JsonObject: '../../domain/json.ts' },
    defaultsAreFilled: false,
  },
];

const check = process.argv.includes('--check');
const stale: string[] = [];
for (const target of TARGETS.filter(({ schemas }) => schemas.length > 0))
  keep(target.file, await render(target));
for (const target of VALIDATORS) keep(target.file, renderValidators(target));
for (const { file, render: renderPage } of GENERATED_PAGES) keep(file, renderPage());
for (const file of stale) console.error(`${check ? 'stale' : 'written'}: ${file}`);
if (check && stale.length > 0) {
  console.error('Run `npm run generate` and commit what it writes.');
  process.exitCode = 1;
}

function keep(file: string, wanted: string): void {
  const path = `${ROOT}${file}`;
  if (existsSync(path) && readFileSync(path, 'utf8') === wanted) return;
  stale.push(file);
  if (!check) writeFileSync(path, wanted);
}

function wireSchemas(): string[] {
  const folder = `${ROOT}schemas/wire`;
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.schema.json'))
    .map((name) => `wire/${name.slice(0, -'.schema.json'.length)}`)
    .sort();
}

async function render(target: Target): Promise<string> {
  const prepared = prepareSchemas(target.schemas.map(readSchema), target);
  const types = await compile(prepared, 'Everything', {
    additionalProperties: false,
    bannerComment: '',
    format: false,
    ignoreMinAndMaxItems: true,
    unknownAny: true,
  });
  const body = withReadonly(withoutNoise(types));
  const words = new Set(withoutComments(body).match(/\w+/g));
  const used = Object.entries(target.imports).filter(([name]) => words.has(name));
  const imports = Object.entries(Object.groupBy(used, ([, from]) => from)).map(
    ([from, names = []]) =>
      `import type { ${names.map(([name]) => name).join(', ')} } from '${from}';`,
  );
  const banner = [
    '/* eslint-disable */',
    '// Generated from schemas/ by `npm run generate`; do not edit.',
  ];
  const options = (await resolveConfig(`${ROOT}package.json`)) ?? {};
  return format([...banner, ...imports, '', body].join('\n'), { ...options, parser: 'typescript' });
}

function readSchema(name: string): JsonSchema {
  return JSON.parse(readFileSync(`${ROOT}schemas/${name}.schema.json`, 'utf8')) as JsonSchema;
}

/** Leaves out the type that only holds the others together, and the generator's remarks on it. */
function withoutNoise(types: string): string {
  return types
    .replace(/export interface Everything \{[^}]*\}\n?/, '')
    .replaceAll(
      /( \*\n)? \* This (interface|type) was referenced by [^\n]*\n \* via the [^\n]*\n/g,
      '',
    );
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '');
}
