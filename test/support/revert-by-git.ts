import { rm } from 'node:fs/promises';
import { git } from './git-repository.ts';
import type { GitRepository } from './git-repository.ts';

/** What an on-call engineer types: a clone, `git revert`, a push. Resolves with the new commit. */
export async function revertByGit(repository: GitRepository, revision: string): Promise<string> {
  const clone = repository.beside('on-call');
  const who = ['-c', 'user.name=Olive On-Call', '-c', 'user.email=olive@example.com'];
  try {
    await git(['clone', '-q', '--branch', 'main', repository.path, clone]);
    await git(['-C', clone, ...who, 'revert', '--no-edit', revision]);
    await git(['-C', clone, 'push', '-q', 'origin', 'main']);
    return (await git(['-C', clone, 'rev-parse', 'HEAD'])).trim();
  } finally {
    await rm(clone, { recursive: true, force: true });
  }
}
