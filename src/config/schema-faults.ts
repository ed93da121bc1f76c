import type { ErrorObject } from 'ajv';
import { closest } from './did-you-mean.ts';
import { MAX_FAULTS, faultAt } from './fault.ts';
import type { Fault } from './fault.ts';
import { expectation, foundWords, listOf, nameOf, pathName } from './schema-words.ts';
import type { ParsedYaml } from './parse-yaml.ts';
import type { Path, Places } from './yaml-places.ts';
import { violationsOf } from './schemas.ts';
import type { SchemaName } from './schemas.ts';

/**
 * Every fault of a file against its schema, each at its line and column, in words for the one who wrote it.
 * Fills in the schema's defaults.
 *
 * @param quoteValues false where a value may be a secret
 */
export function schemaFaults(
  schema: SchemaName,
  parsed: ParsedYaml,
  quoteValues: boolean,
): readonly Fault[] {
  return violationsOf(schema, parsed.value)
    .filter(isTold)
    .slice(0, MAX_FAULTS)
    .map((error) => toFault(error, parsed.places, quoteValues));
}

/** The branches of `anyOf`/`oneOf` are summed up by the keyword itself, and `propertyNames` by what broke inside. */
function isTold(error: ErrorObject): boolean {
  return error.keyword !== 'propertyNames' && !/\/(anyOf|oneOf)\/\d+\//.test(error.schemaPath);
}

type Params = Readonly<Record<string, unknown>>;

function toFault(error: ErrorObject, places: Places, quoteValues: boolean): Fault {
  const path = pathOf(error.instancePath);
  const params = error.params as Params;
  const special = SPECIAL[error.keyword];
  if (special) return special(error, path, { places, params });
  if (error.propertyName !== undefined)
    return faultAt(
      places.ofKey([...path, error.propertyName]),
      'schema.violation',
      `${nameOf(error.propertyName)} must be ${expectation(error)}`,
    );
  const found = quoteValues || error.keyword === 'type' ? foundWords(error.data, quoteValues) : '';
  const message = `${pathName(path)} must be ${expectation(error)}${found}`;
  return faultAt(places.ofValue(path), 'schema.violation', message + guess(error), hintOf(error));
}

/** What a pattern or format stands for is in the schema's own words. */
function hintOf({ keyword, parentSchema }: ErrorObject): string | undefined {
  const words: unknown = parentSchema?.['description'];
  const isShape = keyword === 'format' || keyword === 'pattern';
  return isShape && typeof words === 'string' ? words : undefined;
}

type Special = (
  error: ErrorObject,
  path: Path,
  at: { readonly places: Places; readonly params: Params },
) => Fault;

const SPECIAL: Readonly<Record<string, Special | undefined>> = {
  additionalProperties: (error, path, { places, params }) =>
    unknownKeyFault(
      places,
      [...path, String(params['additionalProperty'])],
      Object.keys((error.parentSchema?.['properties'] ?? {}) as object),
    ),
  required: (_error, path, { places, params }) =>
    faultAt(
      places.ofValue(path),
      'schema.violation',
      `${pathName(path)} needs ${nameOf(String(params['missingProperty']))}`,
    ),
  dependentRequired: (_error, path, { places, params }) =>
    faultAt(
      places.ofKey([...path, String(params['property'])]),
      'schema.violation',
      `${nameOf(String(params['property']))} needs ${nameOf(String(params['missingProperty']))} beside it`,
    ),
  minProperties: (_error, path, { places }) =>
    faultAt(places.ofValue(path), 'schema.violation', `${pathName(path)} is empty`),
  anyOf: (error, path, { places }) =>
    faultAt(
      places.ofValue(path),
      path.length === 0 ? 'desired.no-identity' : 'schema.violation',
      `${pathName(path)} needs ${listOf(requiredBy(error), 'or')}`,
    ),
  oneOf: (error, path, { places, params }) =>
    faultAt(
      places.ofValue(path),
      'schema.violation',
      params['passingSchemas'] === null
        ? `${pathName(path)} needs ${listOf(requiredBy(error), 'or')}`
        : `${pathName(path)} may have only one of ${listOf(requiredBy(error), 'and')}`,
    ),
  uniqueItems: (_error, path, { places, params }) => {
    const second = String(Math.max(Number(params['i']), Number(params['j'])));
    return faultAt(
      places.ofValue([...path, second]),
      'schema.violation',
      `${pathName([...path, second])} is there already; each may stand once in ${pathName(path)}`,
    );
  },
};

/** A key that is not known, with what was probably meant. */
export function unknownKeyFault(places: Places, path: Path, known: readonly string[]): Fault {
  const key = path.at(-1) ?? '';
  const meant = closest(key, known);
  const rest =
    meant === undefined
      ? `; known are ${listOf(known, 'and')}`
      : `; did you mean ${nameOf(meant)}?`;
  return faultAt(
    places.ofKey(path),
    'schema.unknown-key',
    `${nameOf(key)} is not known in ${pathName(path.slice(0, -1))}${rest}`,
  );
}

function requiredBy(error: ErrorObject): string[] {
  const branches = (error.schema ?? []) as readonly { readonly required?: readonly string[] }[];
  return branches.flatMap(({ required }) => required ?? []);
}

/** For values out of a list of words. */
function guess({ keyword, params, data }: ErrorObject): string {
  if (keyword !== 'enum' || typeof data !== 'string') return '';
  const allowed = (params as { readonly allowedValues: readonly unknown[] }).allowedValues;
  const meant = closest(
    data,
    allowed.filter((value) => typeof value === 'string'),
  );
  return meant === undefined ? '' : `; did you mean ${nameOf(meant)}?`;
}

/** The keys of a JSON pointer. */
function pathOf(pointer: string): Path {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}
