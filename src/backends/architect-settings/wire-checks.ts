import type { ErrorObject, ValidateFunction } from 'ajv';
import type {
  WireDependencyPage,
  WireError,
  WireFlow,
  WireFlowPage,
  WireToken,
} from './wire.generated.ts';
import * as compiled from './wire-validators.generated.ts';

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

const VALIDATORS = {
  'dependency-page': compiled.dependencyPage,
  error: compiled.error,
  flow: compiled.flow,
  'flow-page': compiled.flowPage,
  token: compiled.token,
} as unknown as Readonly<Record<keyof WireShapes, ValidateFunction>>;

/** Checks one parsed answer against schemas/wire. */
export function checkWire<K extends keyof WireShapes>(
  shape: K,
  value: unknown,
): WireCheck<WireShapes[K]> {
  const validate = VALIDATORS[shape];
  if (validate(value)) return { ok: true, value: value as WireShapes[K] };
  return { ok: false, reason: reasonOf(validate.errors ?? []) };
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
