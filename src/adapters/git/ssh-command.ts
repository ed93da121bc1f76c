import { FlowkeeperError } from '../../domain/errors.ts';

/** Absolute paths. */
export interface SshFiles {
  readonly keyFile?: string;
  /** With it only the host keys in it are trusted; without it, those that the user's own ssh trusts. */
  readonly knownHostsFile?: string;
}

/**
 * The value of GIT_SSH_COMMAND: never asks anything, gives up on a silent host, and uses just the key
 * and the host keys that the config names. @throws git.failed for a path that ssh would expand
 */
export function sshCommand(files: SshFiles, connectTimeoutMs: number): string {
  const seconds = Math.max(1, Math.ceil(connectTimeoutMs / 1000));
  const options = [
    'BatchMode=yes',
    `ConnectTimeout=${String(seconds)}`,
    'ServerAliveInterval=15',
    'ServerAliveCountMax=3',
  ];
  if (files.keyFile !== undefined)
    options.push(`IdentityFile=${sshPath(files.keyFile)}`, 'IdentitiesOnly=yes');
  if (files.knownHostsFile !== undefined)
    options.push(
      `UserKnownHostsFile=${sshPath(files.knownHostsFile)}`,
      'GlobalKnownHostsFile=/dev/null',
      'StrictHostKeyChecking=yes',
    );
  return ['ssh', ...options.map((option) => `-o ${shellQuoted(option)}`)].join(' ');
}

/** In double quotes for ssh's own parser, which also expands `%x`; `${x}` it would expand without escape. */
function sshPath(path: string): string {
  if (!path.startsWith('/') || /["\\]|\$\{|\p{Cc}/u.test(path)) {
    const reason = 'the path of an ssh file is not absolute, or has a character that ssh expands';
    throw new FlowkeeperError('git.failed', reason, { command: 'ssh', exitCode: -1, reason });
  }
  return `"${path.replaceAll('%', '%%')}"`;
}

/** One word for `sh`. */
function shellQuoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
