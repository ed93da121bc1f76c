import type { Settings } from '../domain/flow.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import { isJsonObject } from '../domain/json.ts';
import { isAbsent, ownValue, placeBelow } from './settings-meaning.ts';
import type { Place } from './settings-meaning.ts';

/**
 * Desired settings that mean a whole snapshot: all that it has, and `null` for each field that live has beyond it.
 * What it says of lists replaces them. Pure; what is given is not changed.
 */
export function restoreWanted(snapshot: Settings, live: Settings): Settings {
  return restoreFields('settings', snapshot, live);
}

function restoreFields(place: Place, snapshot: JsonObject, live: JsonObject): JsonObject {
  const kept = Object.entries(snapshot).map(([key, value]): [string, Json] => {
    const other = ownValue(live, key);
    if (!isJsonObject(value) || !isJsonObject(other)) return [key, value];
    return [key, restoreFields(placeBelow(place, key), value, other)];
  });
  const added = Object.keys(live)
    .filter((key) => !isAbsent(live[key]) && !Object.hasOwn(snapshot, key))
    // an org scope that names no id means the org's own, whichever way the service tells it
    .filter((key) => place !== 'scope' || key !== 'id' || ownValue(snapshot, 'type') !== 'org');
  return Object.fromEntries([...kept, ...added.map((key): [string, Json] => [key, null])]);
}
