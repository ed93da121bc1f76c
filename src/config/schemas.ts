import type { ErrorObject, ValidateFunction } from 'ajv';
import baseSchema from '../../schemas/base.schema.json' with { type: 'json' };
import configSchema from '../../schemas/config.schema.json' with { type: 'json' };
import flowSchema from '../../schemas/flow.schema.json' with { type: 'json' };
import policySchema from '../../schemas/policy.schema.json' with { type: 'json' };
import { base, config, flow, policy } from './validators.generated.ts';

/** Files that people write, and their definitions. */
export const SCHEMAS = {
  config: configSchema,
  policy: policySchema,
  flow: flowSchema,
  base: baseSchema,
} as const;

export type SchemaName = keyof typeof SCHEMAS;

const VALIDATORS = { config, policy, flow, base } as unknown as Readonly<
  Record<SchemaName, ValidateFunction>
>;

/** Every way in which the value breaks the schema. Fills in the schema's defaults where the value has nothing. */
export function violationsOf(name: SchemaName, value: unknown): readonly ErrorObject[] {
  const validate = VALIDATORS[name];
  validate(value);
  return validate.errors ?? [];
}
