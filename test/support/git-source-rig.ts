import { makeSimpleGitSource } from '../../src/adapters/git/simple-git-source.ts';
import type { SimpleGitSourceOptions } from '../../src/adapters/git/simple-git-source.ts';
import type { DesiredSource, SourceFile } from '../../src/ports/desired-source.ts';
import { MemoryLog } from './fakes/memory-log.ts';
import { GitRepository } from './git-repository.ts';

const signal = new AbortController().signal;

/** A real repository, and sources that watch its `main` and `desired-state` through one mirror. */
export interface GitSourceRig {
  readonly repository: GitRepository;
  readonly mirror: string;
  readonly log: MemoryLog;
  source(
    over?: Partial<SimpleGitSourceOptions>,
    deps?: { readonly env?: Readonly<Record<string, string>>; readonly random?: () => number },
  ): DesiredSource;
}

export async function aGitSourceRig(): Promise<GitSourceRig> {
  const repository = await GitRepository.create();
  const mirror = repository.beside('state/source.git');
  const log = new MemoryLog();
  return {
    repository,
    mirror,
    log,
    source: (over = {}, deps = {}) =>
      makeSimpleGitSource(
        {
          repository: repository.path,
          branch: 'main',
          directory: 'desired-state',
          mirrorDirectory: mirror,
          ...over,
        },
        { log, random: () => 0.5, ...deps },
      ),
  };
}

/** The files of the branch's head. */
export async function filesOf(source: DesiredSource): Promise<readonly SourceFile[]> {
  return source.files(await source.pinHead(signal), signal);
}

/** A file of the branch's head. */
export async function textOf(source: DesiredSource, path: string): Promise<string | undefined> {
  const file = (await filesOf(source)).find((found) => found.path === path);
  for await (const { bytes } of source.blobs(file ? [file.blobId] : [], signal))
    return Buffer.from(bytes).toString('utf8');
  return undefined;
}
