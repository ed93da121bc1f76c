import { makeGitCommitVerifier } from '../../src/adapters/git/git-commit-verifier.ts';
import type { GitCommitVerifierOptions } from '../../src/adapters/git/git-commit-verifier.ts';
import type { SignatureFiles } from '../../src/adapters/git/signature-files.ts';
import type { CommitFault } from '../../src/domain/unverified-head.ts';
import type { CommitVerifier } from '../../src/ports/commit-verifier.ts';
import { MemoryLog } from './fakes/memory-log.ts';
import { GitRepository } from './git-repository.ts';
import { Signing } from './signing.ts';

const { signal } = new AbortController();

/**
 * A real repository with one unsigned commit, keys, and verifiers on the repository itself: what a source has fetched
 * by then is the same objects, and a mirror of its own would prove nothing more.
 */
export class VerifierRig {
  readonly signing: Signing;
  readonly repository: GitRepository;
  /** The unsigned commit. */
  readonly base: string;

  private constructor(signing: Signing, repository: GitRepository, base: string) {
    this.signing = signing;
    this.repository = repository;
    this.base = base;
  }

  static async create(): Promise<VerifierRig> {
    const repository = await GitRepository.create();
    const base = await repository.commit({ 'desired-state/a.yaml': 'a: 1\n' });
    return new VerifierRig(await Signing.create(), repository, base);
  }

  async remove(): Promise<void> {
    await this.signing.remove();
    await this.repository.remove();
  }

  /** The branch is at the unsigned commit again. */
  async reset(): Promise<void> {
    await this.repository.run('update-ref', 'refs/heads/main', this.base);
  }

  options(files: SignatureFiles): GitCommitVerifierOptions {
    const { path } = this.repository;
    return { repository: path, mirrorDirectory: path, files };
  }

  verifier(files: SignatureFiles, env?: Readonly<Record<string, string>>): CommitVerifier {
    const own = { PATH: process.env['PATH'] ?? '', ...env };
    return makeGitCommitVerifier(this.options(files), { log: new MemoryLog(), env: own });
  }

  /** What is wrong with the branch's head, by these files. */
  async faultOfHead(
    files: SignatureFiles,
    {
      since,
      env,
    }: { readonly since?: string; readonly env?: Readonly<Record<string, string>> } = {},
  ): Promise<CommitFault | undefined> {
    const tip = (await this.repository.head()) ?? '';
    const asked = { tip, ...(since !== undefined && { since }) };
    return this.verifier(files, env).findFault(asked, signal);
  }
}
