import type { OrgName } from '../domain/flow.ts';

/** What a file below the desired-state directory is. `base`: read only if some `extends` names it. */
export type DesiredPath =
  | { readonly kind: 'policy'; readonly org: OrgName }
  | { readonly kind: 'flow'; readonly org: OrgName }
  | { readonly kind: 'base' }
  | { readonly kind: 'other' };

const OTHER: DesiredPath = { kind: 'other' };
const BASE: DesiredPath = { kind: 'base' };

/**
 * `<directory>/<org>/policy.yaml`, `<directory>/<org>/flows/**`, any other YAML file, anything else.
 * `.yml` counts as `.yaml`, and the case of `policy`, `flows` and the ending as nothing, so that no file is left out
 * silently. A first folder that begins with `_` holds what orgs share. Files that begin with a dot are not read.
 *
 * @param path from the root of the repository
 */
export function classifyDesiredPath(directory: string, path: string): DesiredPath {
  const [org = '', ...rest] = partsBelow(directory, path);
  if (!/^[^.].*\.ya?ml$/i.test(rest.at(-1) ?? org)) return OTHER;
  const kind = isShared(org) ? undefined : kindInOrg(rest);
  return kind ? { kind, org } : BASE;
}

function kindInOrg([first = '', ...deeper]: readonly string[]): 'flow' | 'policy' | undefined {
  if (deeper.length > 0) return /^flows$/i.test(first) ? 'flow' : undefined;
  return /^policy\.ya?ml$/i.test(first) ? 'policy' : undefined;
}

/** The parts of a path below the directory; none when it is not below it. */
export function partsBelow(directory: string, path: string): readonly string[] {
  return path.startsWith(`${directory}/`) ? path.slice(directory.length + 1).split('/') : [];
}

/** Folders that are no org by their name. */
export function isShared(folder: string): boolean {
  return folder.startsWith('_') || folder.startsWith('.');
}

/**
 * The path that `extends` means, from the root of the repository; undefined when it leaves the directory.
 *
 * @param file the file that says `extends`
 */
export function resolveExtends(
  directory: string,
  file: string,
  extended: string,
): string | undefined {
  const parts = file.split('/').slice(0, -1);
  for (const part of extended.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  const path = parts.join('/');
  return path.startsWith(`${directory}/`) ? path : undefined;
}
