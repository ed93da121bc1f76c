import { usageError } from '../domain/usage-error.ts';
import type { OrgSetup } from '../engine/run-all.ts';

/** Those of an installation that are asked for; undefined: all. @throws cli.usage for an unknown name */
export function chooseOrgs<T extends Pick<OrgSetup, 'org'>>(
  setups: readonly T[],
  names: readonly string[] | undefined,
): T[] {
  const unknown = (names ?? []).filter((name) => !setups.some(({ org }) => org === name));
  if (unknown.length > 0) {
    const known = setups.map(({ org }) => org).join(', ');
    throw usageError(
      `the config has no org ${unknown.join(', ')}; it has ${known}`,
      'Name one that it has, or add the org under `orgs`.',
    );
  }
  return setups.filter(({ org }) => names === undefined || names.includes(org));
}

/** @throws cli.usage for an unknown name */
export function setupOf(setups: readonly OrgSetup[], name: string): OrgSetup {
  const [setup] = chooseOrgs(setups, [name]);
  if (setup) return setup;
  throw new Error(`${name} was chosen and is not there`);
}
