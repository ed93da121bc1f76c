import { readFileSync } from 'node:fs';
import { renderCliDoc } from './cli-doc.ts';
import { renderConfigDoc } from './config-doc.ts';
import { renderErrorsDoc } from './errors-doc.ts';
import { renderFlowMachineDoc } from './flow-machine-doc.ts';
import type { JsonSchema } from './prepare-schemas.ts';

/** The pages of docs/ that `npm run generate` writes; test/docs compares them with what is there. */
export const GENERATED_PAGES: readonly { readonly file: string; readonly render: () => string }[] =
  [
    { file: 'docs/cli.md', render: renderCliDoc },
    { file: 'docs/config.md', render: () => renderConfigDoc(readSchemas()) },
    { file: 'docs/errors.md', render: renderErrorsDoc },
    { file: 'docs/flow-machine.md', render: renderFlowMachineDoc },
  ];

function readSchemas(): ReadonlyMap<string, JsonSchema> {
  const names = ['config', 'policy', 'flow', 'base'];
  return new Map(names.map((name) => [name, readSchema(name)]));
}

function readSchema(name: string): JsonSchema {
  const file = new URL(`../../schemas/${name}.schema.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as JsonSchema;
}
