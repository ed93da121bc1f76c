import type { Revision } from '../../../src/domain/flow.ts';
import type { CommitFault } from '../../../src/domain/unverified-head.ts';
import type { CommitsToVerify, CommitVerifier } from '../../../src/ports/commit-verifier.ts';
import type { VerifiedHeads } from '../../../src/ports/verified-heads.ts';
import type { FakeDesiredSource } from './fake-desired-source.ts';

/**
 * Judges the commits of a fake repository by who is said to have signed them. Passes the contract suite of
 * CommitVerifier. Its lie: whatever nobody is said to have signed is unsigned.
 */
export class FakeCommitVerifier implements CommitVerifier {
  readonly asked: CommitsToVerify[] = [];
  readonly #source: FakeDesiredSource;
  readonly #signers = new Map<Revision, string>();
  readonly #allowed = new Set<string>();
  #failure: Error | undefined;

  constructor(source: FakeDesiredSource) {
    this.#source = source;
  }

  allow(...signers: readonly string[]): this {
    this.#allowed.clear();
    for (const signer of signers) this.#allowed.add(signer);
    return this;
  }

  sign(signer: string, ...revisions: readonly Revision[]): this {
    for (const revision of revisions) this.#signers.set(revision, signer);
    return this;
  }

  /** The next question gets no answer. */
  failNext(error: Error): this {
    this.#failure = error;
    return this;
  }

  async ground(): Promise<string> {
    return [...this.#allowed].join(' ');
  }

  async findFault(asked: CommitsToVerify): Promise<CommitFault | undefined> {
    this.asked.push(asked);
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure) throw failure;
    const { tip, since } = asked;
    const line = this.#source.lineOf(tip);
    const end = since === undefined ? 1 : line.indexOf(since);
    if (end < 0)
      return { commit: tip, fault: 'rewritten', reason: `${tip} has lost ${since ?? ''}` };
    for (const commit of line.slice(0, end).reverse()) {
      const signer = this.#signers.get(commit);
      if (signer === undefined)
        return {
          commit,
          fault: 'unsigned',
          reason: `commit ${commit.slice(0, 10)} has no signature`,
        };
      if (!this.#allowed.has(signer))
        return { commit, fault: 'unknown-signer', reason: `${signer} is not allowed` };
    }
    return undefined;
  }
}

/** Remembers in memory. Passes the contract suite of VerifiedHeads. */
export class FakeVerifiedHeads implements VerifiedHeads {
  #last: Revision | undefined;

  async last(): Promise<Revision | undefined> {
    return this.#last;
  }

  async save(revision: Revision): Promise<void> {
    this.#last = revision;
  }
}
