import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject, ValidateFunction } from 'ajv';
import dependencyPage from '../../../schemas/wire/dependency-page.schema.json' with { type: 'json' };
import error from '../../../schemas/wire/error.schema.json' with { type: 'json' };
import flowPage from '../../../schemas/wire/flow-page.schema.json' with { type: 'json' };
import flow from '../../../schemas/wire/flow.schema.json' with { type: 'json' };
import token from '../../../schemas/wire/token.schema.json' with { type: 'json' };
import type {
  WireDependencyPage,
  WireError,
  WireFlow,
  WireFlowPage,
  WireToken,
} from './wire.generated.ts';

/** The shapes that the service may answer with. */
export interface WireShapes {
  readonly 'dependency-page': WireDependencyPage;
  readonly error: WireError;
  readonly flow: WireFlow;
  readonly 'flow-page': WireFlowPage;
  readonly token: WireToken;
}

export type WireCheck<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; /** JSON path and what was expected. */ readonly reason: string };

const SCHEMAS = { 'dependency-page': dependencyPage, error, flow, 'flow-page': flowPage, token };

let ajv: Ajv2020 | undefined;
const compiled = new Map<keyof WireShapes, ValidateFunction>();

/** Checks one parsed answer against schemas/wire, compiled at the first use. */
export function checkWire<K extends keyof WireShapes>(
  shape: K,
  value: unknown,
): WireCheck<WireShapes[K]> {
  const validate = compiled.get(shape) ?? compile(shape);
  if (validate(value)) return { ok: true, value: value as WireShapes[K] };
  return { ok: false, reason: reasonOf(validate.errors ?? []) };
}

function compile(shape: keyof WireShapes): ValidateFunction {
  ajv ??= new Ajv2020({
    schemas: Object.values(SCHEMAS),
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    ownProperties: true,
  });
  const validate = ajv.compile(SCHEMAS[shape]);
  compiled.set(shape, validate);
  return validate;
}

function reasonOf(errors: readonly ErrorObject[]): string {
  const last = errors.at(-1);
  if (last === undefined) return 'not of the expected shape';
  const path = last.instancePath || '/';
  if (last.keyword !== 'anyOf') return `${path} ${last.message ?? 'is not as expected'}`;
  const types = errors
    .filter(({ keyword, instancePath }) => keyword === 'type' && instancePath === last.instancePath)
    .map(({ params }) => String(params['type']));
  return `${path} must be ${types.join(' or ')}`;
}
