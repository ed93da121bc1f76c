import { link, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, posix, resolve } from 'node:path';
import type { ConfigAnswers } from './describe-config.ts';
import { describePolicy } from '../config/describe-flow.ts';
import type { FlowkeeperError } from '../domain/errors.ts';
import { usageError } from '../domain/usage-error.ts';
import { writeTexts } from './desired-folder.ts';
import { schemaFrom } from './export-org.ts';
import { textOf, workTree } from './work-tree.ts';

/** What the config says where nobody says otherwise. */
const DIRECTORY = 'desired-state';

export interface FirstFiles {
  /** Of the config. */
  readonly file: string;
  readonly text: string;
  /** Replace a config that is there. */
  readonly force: boolean;
  readonly answers: ConfigAnswers;
  /** A clone of the repository; undefined: the repository itself, if it is a work tree of this machine. */
  readonly folder?: string;
}

/** What was written. */
export interface WrittenFiles {
  readonly config: string;
  /** The work tree whose files are prepared; undefined: none is known. */
  readonly root?: string;
  /** Below the root; undefined: the org has a policy already, or there is no work tree. */
  readonly policy?: string;
}

/** @throws cli.usage when the config is there and `force` is not asked for; or a folder is named that is none */
export async function refuseToOverwrite(file: string, force: boolean): Promise<void> {
  if (force || !(await exists(file))) return;
  throw isThere(file);
}

/**
 * Writes the config, and a policy that only reports where the org has none. The config is there whole or not at all.
 *
 * @throws cli.usage as `refuseToOverwrite`
 */
export async function writeFirstFiles(first: FirstFiles): Promise<WrittenFiles> {
  const { file, text, force, answers } = first;
  const root = await rootOf(first);
  if (force) await writeTexts(dirname(resolve(file)), new Map([[basename(file), text]]));
  else await writeNew(file, text);
  if (root === undefined) return { config: file };
  const home = `${DIRECTORY}/${answers.org}`;
  const policy = `${home}/policy.yaml`;
  const names = ['policy.yaml', 'policy.yml'].map((name) => join(root, home, name));
  if ((await Promise.all(names.map(exists))).includes(true)) return { config: file, root };
  const schemas = posix.join(posix.dirname(DIRECTORY), 'schemas');
  const policyText = describePolicy(schemaFrom(home, schemas, 'policy'));
  await writeTexts(root, new Map([[policy, policyText]]));
  return { config: file, root, policy };
}

/** A repository that is no work tree has no files to prepare; one that is asked for must be there. */
async function rootOf({ file, answers, folder }: FirstFiles): Promise<string | undefined> {
  const base = dirname(resolve(file));
  if (folder !== undefined) return workTree(sourceAt(''), folder);
  const repository = resolve(base, answers.repository);
  if ((await textOf(join(repository, '.git', 'HEAD'))) === undefined) return undefined;
  return workTree(sourceAt(repository), undefined);
}

function sourceAt(repository: string): Parameters<typeof workTree>[0] {
  return { config: { source: { repository, repositoryKind: 'local' } } };
}

/** Never over a file that somebody else has made meanwhile. */
async function writeNew(file: string, text: string): Promise<void> {
  const draft = `${file}.${String(process.pid)}.tmp`;
  await writeFile(draft, text, { flag: 'wx' });
  try {
    await link(draft, file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw isThere(file);
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch {
    return false;
  }
}

function isThere(file: string): FlowkeeperError {
  return usageError(
    `${file} is there already, and stays as it is`,
    'Name another file, or replace it with --force.',
  );
}
