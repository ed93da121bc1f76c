import { FlowkeeperError } from '../../domain/errors.ts';
import type { GitAddress } from './git-address.ts';
import type { GitExit } from './git-process.ts';
import type { Redact } from './redact.ts';

/** What a failed command was about. */
export interface GitFailureContext {
  /** `ls-remote`, `fetch`, … */
  readonly command: string;
  /** Folder of the mirror. */
  readonly directory: string;
  readonly address: GitAddress;
  readonly redact: Redact;
}

type Cause = 'redirected' | 'auth-failed' | 'unreachable' | 'unwritable' | 'failed';

/**
 * What git's words (LC_ALL=C) mean, the first match wins; git ends with 128 whatever it was. Local faults
 * come first, since a remote's words can say anything, and after them what a person must mend.
 */
const MEANINGS: readonly (readonly [RegExp, Cause])[] = [
  [/^Error: spawn /m, 'failed'],
  [
    /^(?!remote:).*(No space left on device|Disk quota exceeded|Read-only file system|couldn't write '|insufficient permission for adding an object)/m,
    'unwritable',
  ],
  [/unable to update url base from redirection|returned error: 30\d/, 'redirected'],
  [
    /Authentication failed|could not read (Username|Password)|HTTP Basic: Access denied/i,
    'auth-failed',
  ],
  [/returned error: (401|403|407)/, 'auth-failed'],
  [/Permission denied \(|Host key verification failed|Permission to .* denied/, 'auth-failed'],
  [/^fatal: not a git repository|No space left on device|File exists/m, 'failed'],
  [
    /Could not read from remote repository|unable to access '|Could not resolve host/,
    'unreachable',
  ],
  [/^fatal: repository '.*' not found|does not appear to be a git repository/m, 'unreachable'],
  [/hung up unexpectedly|early EOF|unexpected disconnect|RPC failed|protocol error/, 'unreachable'],
  [/not valid: .*is this a git repository|invalid server response|expected .*flush/, 'unreachable'],
  [/^fatal: transport '.*' not allowed|unable to find remote helper/m, 'unreachable'],
];

/** Lines of git that tell a person nothing. */
const NOISE =
  /^(hint:.*|Please make sure you have the correct access rights|and the repository exists\.|\s*)$/;

const MAX_REASON_LENGTH = 1000;

/** A failed git command as one of ours. Nothing of the raw output survives in it unredacted. */
export function gitFailureOf(exit: GitExit, context: GitFailureContext): FlowkeeperError {
  const { command, address, directory } = context;
  const remote = address.display;
  const reason = reasonOf(exit, context.redact);
  switch (MEANINGS.find(([words]) => words.test(exit.stderr))?.[1] ?? 'failed') {
    case 'redirected': {
      const why =
        'the server redirects elsewhere, where the credential must not follow: write the final address into the config (often the same one ending in .git)';
      return new FlowkeeperError('git.unreachable', `${remote}: ${why}`, { remote, reason: why });
    }
    case 'auth-failed':
      return new FlowkeeperError('git.auth-failed', `${remote} refuses us: ${reason}`, { remote });
    case 'unreachable':
      return new FlowkeeperError('git.unreachable', `${remote} cannot be used: ${reason}`, {
        remote,
        reason,
      });
    case 'unwritable': {
      const message = `git ${command} cannot write to the mirror in ${directory}: ${reason}`;
      return new FlowkeeperError('state.unwritable', message, { file: directory, reason });
    }
    case 'failed': {
      const { exitCode } = exit;
      const details = { command: `git ${command}`, exitCode, reason };
      const why = reason === '' ? `ended with ${String(exitCode)}` : reason;
      return new FlowkeeperError('git.failed', `git ${command} failed: ${why}`, details);
    }
  }
}

/** git's own words, fit for people; at most 1,000 characters. */
export function reasonOf(exit: Pick<GitExit, 'stderr'>, redact: Redact): string {
  if (/^Error: spawn git ENOENT/m.test(exit.stderr))
    return 'git is not installed, or not on the PATH';
  const lines = redact(exit.stderr)
    .split('\n')
    .filter((line) => !NOISE.test(line));
  return lines.join('; ').slice(0, MAX_REASON_LENGTH);
}

/** A fetch asked for a ref that the remote does not have (any more). */
export function isMissingRef(exit: Pick<GitExit, 'stderr'>): boolean {
  return /couldn't find remote ref|not our ref|unadvertised object/.test(exit.stderr);
}

/** Another process holds a lock in the mirror, or died with it. */
export function isLocked(exit: Pick<GitExit, 'stderr'>): boolean {
  return /\.lock': File exists|cannot lock ref/.test(exit.stderr);
}
