import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { _ } from 'ajv';
import type { Options } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { addOwnWords } from './own-schema-words.ts';

/** A module of functions that check values against schemas, so that no start of the program compiles them. */
export interface ValidatorsTarget {
  readonly file: string;
  /** Names of schemas below schemas/, by the name that their validator is exported under. */
  readonly validators: Readonly<Record<string, string>>;
  readonly options: Options;
  /** Set where formats and `x-` keywords are used: the module they are imported from. */
  readonly formatsFrom?: string;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const STRICT: Options = {
  strict: true,
  // `required` beside `anyOf` names keys that the branch itself does not declare
  strictRequired: false,
  allowUnionTypes: true,
  // else a key that every object inherits would count as there
  ownProperties: true,
};

export const VALIDATORS: readonly ValidatorsTarget[] = [
  {
    file: 'src/config/validators.generated.ts',
    validators: { config: 'config', policy: 'policy', flow: 'flow', base: 'base' },
    options: { ...STRICT, allErrors: true, useDefaults: true, verbose: true },
    formatsFrom: './schema-formats.ts',
  },
  {
    file: 'src/backends/architect-settings/wire-validators.generated.ts',
    validators: {
      dependencyPage: 'wire/dependency-page',
      error: 'wire/error',
      flow: 'wire/flow',
      flowPage: 'wire/flow-page',
      token: 'wire/token',
    },
    options: STRICT,
  },
];

/** @throws when a schema is none, or says something that has no meaning */
export function renderValidators({ validators, options, formatsFrom }: ValidatorsTarget): string {
  const schemas = Object.entries(validators).map(([name, file]) => [name, read(file)] as const);
  const code = { source: true, esm: true, lines: true, formats: _`FORMATS` };
  const ajv = new Ajv2020({ ...options, code });
  addOwnWords(ajv);
  for (const [, schema] of schemas) ajv.addSchema(schema);
  const ids = Object.fromEntries(schemas.map(([name, { $id }]) => [name, $id]));
  const { imports, body } = withImports(standalone.default(ajv, ids));
  const own = `import { DURATION_LIMITS, FORMATS } from '${formatsFrom ?? ''}';\n`;
  return [
    '/* eslint-disable */',
    '// @ts-nocheck',
    '// Generated from schemas/ by `npm run generate`; do not edit.',
    `${formatsFrom === undefined ? '' : own}${imports.join('\n')}`,
    `${body}\n`,
  ].join('\n');
}

/** The generator knows ES modules but for what its own runtime is loaded with. */
function withImports(code: string): { readonly imports: readonly string[]; readonly body: string } {
  const imports = new Map<string, string>();
  const body = code.replaceAll(/require\("([\w/-]+)"\)/g, (_call, path: string) => {
    const name = `runtime${String(imports.size)}`;
    const known = imports.get(path) ?? name;
    imports.set(path, known);
    return known;
  });
  if (/\brequire\(/.test(body)) throw new Error('a validator requires what is not known here');
  const lines = [...imports].map(([path, name]) => `import ${name} from '${path}.js';`);
  return { imports: lines, body: body.replace('"use strict";', '') };
}

function read(name: string): { readonly $id: string } {
  return JSON.parse(readFileSync(`${ROOT}schemas/${name}.schema.json`, 'utf8')) as {
    readonly $id: string;
  };
}
