import type { Destination } from '../domain/destination.ts';
import { FlowkeeperError } from '../domain/errors.ts';

/** Those of a config that are asked for; undefined: all. @throws cli.usage for an unknown name, or where there is none */
export function chooseDestinations(
  destinations: readonly Destination[],
  names: readonly string[] | undefined,
): readonly Destination[] {
  if (destinations.length === 0) throw usage('the config has no `notifications`');
  const unknown = (names ?? []).filter((name) => !destinations.some((one) => one.name === name));
  if (unknown.length > 0) {
    const known = destinations.map(({ name }) => name).join(', ');
    throw usage(`the config has no destination ${unknown.join(', ')}; it has ${known}`);
  }
  return destinations.filter(({ name }) => names === undefined || names.includes(name));
}

function usage(reason: string): FlowkeeperError {
  return new FlowkeeperError('cli.usage', reason, { reason });
}
