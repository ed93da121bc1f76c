import { isJsonObject } from '../domain/json.ts';
import type { Json } from '../domain/json.ts';
import { nearMiss } from './did-you-mean.ts';
import type { Fault } from './fault.ts';
import { unknownKeyFault } from './schema-faults.ts';
import { SCHEMAS } from './schemas.ts';
import type { Places } from './yaml-places.ts';

const KNOWN = Object.keys(SCHEMAS.base.$defs.settings.properties);

/** The service takes blocks of any name; one that all but bears the name of a known block is a slip of the pen. */
export function checkBlockNames(file: Json, places: Places): readonly Fault[] {
  const settings = isJsonObject(file) ? file['settings'] : undefined;
  if (!isJsonObject(settings)) return [];
  return Object.keys(settings)
    .filter((name) => !KNOWN.includes(name) && nearMiss(name, KNOWN) !== undefined)
    .map((name) => unknownKeyFault(places, ['settings', name], KNOWN));
}
