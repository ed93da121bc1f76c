import type { Diagnostic } from '../domain/diagnostic.ts';
import type { OrgName } from '../domain/flow.ts';
import { classifyDesiredPath, isShared, partsBelow } from './desired-path.ts';
import { closest } from './did-you-mean.ts';
import { FILE_START, faultAt, withFile } from './fault.ts';

/**
 * Folders of the desired state that are no org of the config, though they hold YAML: nothing in them is ever applied.
 * Folders that begin with `_` are shared by the orgs.
 *
 * @param paths every file below the directory
 */
export function checkOrgFolders(
  directory: string,
  paths: readonly string[],
  orgs: readonly OrgName[],
): readonly Diagnostic[] {
  const folders = new Set<string>();
  for (const path of paths) {
    const [folder, ...rest] = partsBelow(directory, path);
    if (folder === undefined || rest.length === 0 || isShared(folder)) continue;
    if (classifyDesiredPath(directory, path).kind !== 'other') folders.add(folder);
  }
  return [...folders]
    .filter((folder) => !orgs.includes(folder))
    .sort()
    .map((folder) => {
      const meant = closest(folder, orgs);
      const guess = meant === undefined ? '' : `; did you mean \`${meant}\`?`;
      return withFile(
        `${directory}/${folder}`,
        faultAt(
          FILE_START,
          'desired.unknown-org',
          `\`${folder}\` is no org of the config${guess}`,
          'Name the org in the config, or let the name of a shared folder begin with `_`.',
        ),
      );
    });
}
