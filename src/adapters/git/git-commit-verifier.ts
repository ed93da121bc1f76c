import { join } from 'node:path';
import type { Revision } from '../../domain/flow.ts';
import type { CommitFault, SignatureFault } from '../../domain/unverified-head.ts';
import type { CommitVerifier, CommitsToVerify } from '../../ports/commit-verifier.ts';
import { reasonOf } from './git-failure.ts';
import { makeGitRunner } from './git-runner.ts';
import type { GitCall, GitRunner, GitRunnerDeps } from './git-runner.ts';
import { DEFAULT_GIT_TIMEOUTS } from './git-timeouts.ts';
import type { GitTimeouts } from './git-timeouts.ts';
import { MARKER } from './mirror-folder.ts';
import { resolveObjects } from './objects.ts';
import { systemCodeOf } from './mirror-folder.ts';
import { readSignatureGround, withSignatureFolder } from './signature-files.ts';
import type { SignatureFiles } from './signature-files.ts';
import { FlowkeeperError } from '../../domain/errors.ts';

export interface GitCommitVerifierOptions {
  /** As the source has it. */
  readonly repository: string;
  readonly mirrorDirectory: string;
  readonly files: SignatureFiles;
  readonly timeouts?: Partial<GitTimeouts>;
  /** Commits that one git process verifies; 100 by default. */
  readonly atOnce?: number;
}

/**
 * git's own verification (`git verify-commit`) of commits in the source's mirror, by SSH and OpenPGP, against nothing
 * but the operator's files: no key ring, configuration or program of this machine's user or of the repository counts.
 */
export function makeGitCommitVerifier(
  { repository, mirrorDirectory, files, atOnce = 100, ...options }: GitCommitVerifierOptions,
  deps: GitRunnerDeps,
): CommitVerifier {
  const timeouts = { ...DEFAULT_GIT_TIMEOUTS, ...options.timeouts };
  const configFile = join(mirrorDirectory, MARKER);
  const git = makeGitRunner(
    { repository, gitDirectory: mirrorDirectory, configFile, timeouts },
    deps,
  );
  const readGround = (): ReturnType<typeof readSignatureGround> =>
    readSignatureGround(files, git.address.localPaths.slice(0, 1));
  return {
    async ground() {
      const ground = await readGround();
      return ground.kind === 'usable' ? ground.id : ground.reason;
    },
    async findFault(asked, signal) {
      const ground = await readGround();
      if (ground.kind === 'unusable')
        return { commit: asked.tip, fault: 'unverifiable', reason: ground.reason };
      const commits = await commitsOf(git, asked, signal);
      if (commits === undefined) return rewrittenSince(asked);
      try {
        return await withSignatureFolder(ground, (folder) =>
          firstFault(git, { batches: batchesOf(commits, atOnce), ...folder }, signal),
        );
      } catch (error) {
        throw asGitFailure(error);
      }
    },
  };
}

/** Oldest first; undefined: the tip does not have `since`. */
async function commitsOf(
  git: GitRunner,
  { tip, since }: CommitsToVerify,
  signal: AbortSignal,
): Promise<readonly Revision[] | undefined> {
  if (since === undefined) return [tip];
  const [known] = await resolveObjects(git, [`${since}^{commit}`], signal);
  if (known === undefined) return undefined;
  const { localMs: timeoutMs } = git.timeouts;
  const call = { args: ['merge-base', '--is-ancestor', since, tip], timeoutMs };
  const exit = await git.exitOf(call, signal);
  if (exit.exitCode === 1) return undefined;
  if (exit.exitCode !== 0) throw git.failureOf(exit, call);
  const args = ['rev-list', '--topo-order', '--reverse', tip, `^${since}`, '--'];
  return linesOf(await git.run({ args, timeoutMs }, signal));
}

/** That the helpers read. */
interface Folder {
  readonly path: string;
  readonly hasRevoked: boolean;
}

function batchesOf(commits: readonly Revision[], atOnce: number): readonly (readonly Revision[])[] {
  const count = Math.ceil(commits.length / atOnce);
  return Array.from({ length: count }, (_, i) => commits.slice(i * atOnce, (i + 1) * atOnce));
}

async function firstFault(
  git: GitRunner,
  { batches, ...folder }: Folder & { readonly batches: readonly (readonly Revision[])[] },
  signal: AbortSignal,
): Promise<CommitFault | undefined> {
  for (const batch of batches) {
    const exit = await git.exitOf(
      verifyCall(git, folder, ['verify-commit', '--', ...batch]),
      signal,
    );
    // nothing but this exit code lets a commit through
    if (exit.exitCode !== 0) return tellFault(git, { commits: batch, ...folder }, signal);
  }
  return undefined;
}

/** Asks for each commit of a batch what git thinks of its signature, to tell people. */
async function tellFault(
  git: GitRunner,
  { commits, ...folder }: Folder & { readonly commits: readonly Revision[] },
  signal: AbortSignal,
): Promise<CommitFault> {
  const format = '--format=%H%x00%G?%x00%GK%x00%GG%x01';
  const args = ['log', '--no-walk=unsorted', '--stdin', format];
  const call = { ...verifyCall(git, folder, args), input: `${commits.join('\n')}\n` };
  const exit = await git.exitOf(call, signal);
  const records = exit.stdout.toString('utf8').split('\u0001');
  for (const record of records) {
    const [commit = '', letter = '', key = '', words = ''] = record.trimStart().split('\0');
    const meaning = MEANINGS[letter]?.(key, words);
    if (meaning) return faultOf(commit, ...meaning);
  }
  const reason = reasonOf(exit, git.redact).slice(0, MAX_WORDS);
  return faultOf(
    commits[0] ?? '',
    'unverifiable',
    `could not be verified by git${reason && `: ${reason}`}`,
  );
}

/** Of git's own, which may quote the commit. */
const MAX_WORDS = 200;

type Meaning = readonly [SignatureFault, string];

/** What git's `%G?` says. `G`, a good signature, is no fault. */
const MEANINGS: Readonly<Record<string, (key: string, words: string) => Meaning>> = {
  N: () => ['unsigned', 'has no signature'],
  B: (key, words) =>
    /revoked/i.test(words)
      ? ['revoked', `is signed by a key that was revoked${named(key)}`]
      : ['bad', 'has a signature that is not of it, or of a key that was revoked'],
  U: (key, words) =>
    /key has expired|key is not yet valid/i.test(words)
      ? ['expired', `is signed by a key that was not valid at its time${named(key)}`]
      : ['unknown-signer', `is signed by a key that is not allowed${named(key)}`],
  E: (key) => ['unknown-signer', `is signed by a key that is not allowed${named(key)}`],
  X: (key) => ['expired', `has a signature that has expired${named(key)}`],
  Y: (key) => ['expired', `is signed by a key that has expired${named(key)}`],
  R: (key) => ['revoked', `is signed by a key that was revoked${named(key)}`],
};

function named(key: string): string {
  return key === '' ? '' : `: ${key}`;
}

function rewrittenSince({ tip, since = '' }: CommitsToVerify): CommitFault {
  const words = `the branch was moved by force: it no longer has ${since.slice(0, 10)}, the last commit that was verified`;
  return { commit: tip, fault: 'rewritten', reason: words };
}

function faultOf(commit: Revision, fault: SignatureFault, words: string): CommitFault {
  return { commit, fault, reason: `commit ${commit.slice(0, 10)} ${words}` };
}

/** A git that knows only the folder. What stands in front of a command wins over every file of configuration. */
function verifyCall(
  git: GitRunner,
  { path, hasRevoked }: Folder,
  args: readonly string[],
): GitCall {
  const settings = [
    'gpg.format=openpgp',
    'gpg.program=gpg',
    'gpg.openpgp.program=gpg',
    'gpg.ssh.program=ssh-keygen',
    // certificates of X.509 are judged by what the machine trusts, and not by the operator's files
    'gpg.x509.program=false',
    `gpg.ssh.allowedSignersFile=${join(path, 'allowed_signers')}`,
    ...(hasRevoked ? [`gpg.ssh.revocationFile=${join(path, 'revoked_keys')}`] : []),
    'gpg.minTrustLevel=undefined',
    'log.showSignature=false',
  ];
  return {
    args: [...settings.flatMap((setting) => ['-c', setting]), ...args],
    timeoutMs: git.timeouts.transferMs,
    env: { GNUPGHOME: path },
  };
}

function linesOf(output: Buffer): readonly string[] {
  return output
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
}

/** A fault of the file system, as one of ours: nothing could be verified. */
function asGitFailure(error: unknown): unknown {
  if (systemCodeOf(error) === undefined) return error;
  const reason = `signatures cannot be verified: ${String(error)}`;
  const details = { command: 'git verify-commit', exitCode: -1, reason };
  return new FlowkeeperError('git.failed', reason, details, { cause: error });
}
