import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { SourceConfig } from '../config/config.ts';
import { usageError } from '../domain/usage-error.ts';
import { isFolder } from './desired-folder.ts';

type RepositoryPlace = Pick<SourceConfig, 'repository' | 'repositoryKind'>;

/**
 * The folder whose files a command may edit: the one that is asked for, else the repository of the config when it is a
 * work tree of this machine.
 *
 * @throws cli.usage when there is none
 */
export async function workTree(
  app: { readonly config: { readonly source: RepositoryPlace } },
  asked: string | undefined,
): Promise<string> {
  const { repository, repositoryKind } = app.config.source;
  const folder = asked ?? (repositoryKind === 'local' ? repository : undefined);
  const isUsable =
    folder !== undefined &&
    (await isFolder(folder)) &&
    (asked !== undefined || (await hasGit(folder)));
  if (isUsable) return resolve(folder);
  throw asked === undefined
    ? usageError(`${repository} has no files to write to`, 'Name the folder of a clone of it.')
    : usageError(`there is no folder ${asked}`, 'Name the folder of a clone of the repository.');
}

/** A file in a work tree of `git worktree`. */
async function hasGit(folder: string): Promise<boolean> {
  const git = join(folder, '.git');
  return (await isFolder(git)) || (await textOf(git)) !== undefined;
}

/** Undefined: there is no such file. */
export async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return undefined;
  }
}
