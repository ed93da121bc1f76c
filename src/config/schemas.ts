import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject, ValidateFunction } from 'ajv';
import baseSchema from '../../schemas/base.schema.json' with { type: 'json' };
import configSchema from '../../schemas/config.schema.json' with { type: 'json' };
import flowSchema from '../../schemas/flow.schema.json' with { type: 'json' };
import policySchema from '../../schemas/policy.schema.json' with { type: 'json' };
import { addFormats } from './schema-formats.ts';

/** Files that people write, and their definitions. */
export const SCHEMAS = {
  config: configSchema,
  policy: policySchema,
  flow: flowSchema,
  base: baseSchema,
} as const;

export type SchemaName = keyof typeof SCHEMAS;

let ajv: Ajv2020 | undefined;
const validators = new Map<SchemaName, ValidateFunction>();

/** Every way in which the value breaks the schema. Fills in the schema's defaults where the value has nothing. */
export function violationsOf(name: SchemaName, value: unknown): readonly ErrorObject[] {
  const validate = validatorOf(name);
  validate(value);
  return validate.errors ?? [];
}

/** Compiled when first asked for: a command that checks no file does not pay for it. */
function validatorOf(name: SchemaName): ValidateFunction {
  const known = validators.get(name);
  if (known) return known;
  ajv ??= makeAjv();
  const validate = ajv.compile(SCHEMAS[name]);
  validators.set(name, validate);
  return validate;
}

function makeAjv(): Ajv2020 {
  const made = new Ajv2020({
    allErrors: true,
    strict: true,
    // `required` beside `anyOf` names keys that the branch itself does not declare
    strictRequired: false,
    allowUnionTypes: true,
    // else a key that every object inherits would count as there
    ownProperties: true,
    useDefaults: true,
    verbose: true,
  });
  addFormats(made);
  // the flow's schema leans on it
  made.addSchema(baseSchema);
  return made;
}
