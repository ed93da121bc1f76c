import type { Destination } from '../domain/destination.ts';
import { usageError } from '../domain/usage-error.ts';

/** Those of a config that are asked for; undefined: all. @throws cli.usage for an unknown name, or where there is none */
export function chooseDestinations(
  destinations: readonly Destination[],
  names: readonly string[] | undefined,
): readonly Destination[] {
  if (destinations.length === 0)
    throw usageError(
      'the config has no `notifications`',
      'Name a destination there: docs/notifications.md.',
    );
  const unknown = (names ?? []).filter((name) => !destinations.some((one) => one.name === name));
  if (unknown.length > 0) {
    const known = destinations.map(({ name }) => name).join(', ');
    throw usageError(
      `the config has no destination ${unknown.join(', ')}; it has ${known}`,
      'Name one that it has, or add it under `notifications`.',
    );
  }
  return destinations.filter(({ name }) => names === undefined || names.includes(name));
}
