import { describe, expect, test } from '@jest/globals';
import { parseGitAddress } from '../../../../src/adapters/git/git-address.ts';
import { gitFailureOf, isLocked, isMissingRef } from '../../../../src/adapters/git/git-failure.ts';
import { makeRedactor } from '../../../../src/adapters/git/redact.ts';
import type { FlowkeeperError } from '../../../../src/domain/errors.ts';

const REMOTE = 'https://git.example.com/acme/cc.git';

function failure(stderr: string, exitCode = 128): FlowkeeperError {
  return gitFailureOf(
    { exitCode, stdout: Buffer.alloc(0), stderr },
    {
      command: 'fetch',
      directory: '/state/source.git',
      address: parseGitAddress(REMOTE.replace('//', '//user:hunter2@')),
      redact: makeRedactor(['hunter2']),
    },
  );
}

const NOT_ACCESSIBLE = `fatal: unable to access '${REMOTE}/': `;
const NO_READ =
  'fatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.\n';

describe('gitFailureOf', () => {
  test.each([
    [`${NOT_ACCESSIBLE}Could not resolve host: git.example.com`, 'git.unreachable'],
    [`${NOT_ACCESSIBLE}Failed to connect to git.example.com port 443`, 'git.unreachable'],
    [`${NOT_ACCESSIBLE}SSL certificate problem: self-signed certificate`, 'git.unreachable'],
    [`${NOT_ACCESSIBLE}Operation too slow. Less than 1 bytes/sec`, 'git.unreachable'],
    [`${NOT_ACCESSIBLE}The requested URL returned error: 503`, 'git.unreachable'],
    [`${NOT_ACCESSIBLE}The requested URL returned error: 403`, 'git.auth-failed'],
    [`${NOT_ACCESSIBLE}The requested URL returned error: 301`, 'git.unreachable'],
    [`remote: Repository not found.\nfatal: repository '${REMOTE}/' not found`, 'git.unreachable'],
    [`fatal: Authentication failed for '${REMOTE}/'`, 'git.auth-failed'],
    [
      "fatal: could not read Username for 'https://git.example.com': terminal prompts disabled",
      'git.auth-failed',
    ],
    [`git@host: Permission denied (publickey).\n${NO_READ}`, 'git.auth-failed'],
    [`Host key verification failed.\n${NO_READ}`, 'git.auth-failed'],
    [`ssh: connect to host h port 22: Connection refused\n${NO_READ}`, 'git.unreachable'],
    [`fatal: '/x' does not appear to be a git repository\n${NO_READ}`, 'git.unreachable'],
    ["fatal: transport 'file' not allowed", 'git.unreachable'],
    ['fatal: the remote end hung up unexpectedly', 'git.unreachable'],
    ['error: RPC failed; curl 56 Recv failure\nfatal: early EOF', 'git.unreachable'],
    ['fetch-pack: unexpected disconnect while reading sideband packet', 'git.unreachable'],
    ['fatal: protocol error: bad line length character: <htm', 'git.unreachable'],
    ["fatal: not a git repository: '/state/source.git'", 'git.failed'],
    ["fatal: Unable to create '/state/x.lock': File exists.", 'git.failed'],
    ['error: unable to write file: No space left on device\nfatal: early EOF', 'state.unwritable'],
    ["error: cannot update ref 'r': couldn't write '/state/r.lock'", 'state.unwritable'],
    ["fatal: Unable to create '/state/x.lock': Read-only file system", 'state.unwritable'],
    ['remote: fatal: write error: No space left on device', 'git.failed'],
    ['fatal: loose object abc (stored in /x) is corrupt', 'git.failed'],
    ['', 'git.failed'],
  ])('%j is %s', (stderr, code) => {
    expect(failure(stderr).code).toBe(code);
  });

  test('tells git’s own words without hints, boilerplate, control characters and secrets', () => {
    const error = failure(
      `hint: try harder\nremote: \u001b[31mno\u001b[0m hunter2\n${NOT_ACCESSIBLE.replace('//', '//user:hunter2@')}oh\n\n${NO_READ}`,
    );

    expect(error.details).toEqual({
      remote: REMOTE,
      reason: `remote: no [redacted]; fatal: unable to access 'https://[redacted]@git.example.com/acme/cc.git/': oh; fatal: Could not read from remote repository.`,
    });
    expect(error.cause).toBeUndefined();
  });

  test('says which mirror cannot be written', () => {
    expect(failure('fatal: write error: No space left on device')).toMatchObject({
      message: expect.stringContaining('cannot write to the mirror in /state/source.git'),
      details: {
        file: '/state/source.git',
        reason: 'fatal: write error: No space left on device',
      },
    });
  });

  test('keeps at most a thousand characters of them', () => {
    const error = failure('x'.repeat(5000));
    expect(error.details).toEqual({
      command: 'git fetch',
      exitCode: 128,
      reason: 'x'.repeat(1000),
    });
  });

  test('a silent failure tells its exit code', () => {
    expect(failure('', 3).message).toBe('git fetch failed: ended with 3');
  });

  test('a missing git is told as such', () => {
    const error = failure('Error: spawn git ENOENT\n    at Process.onexit (node:internal)', -2);
    expect(error.message).toBe('git fetch failed: git is not installed, or not on the PATH');
  });
});

test.each([
  ["fatal: couldn't find remote ref refs/heads/x", true],
  ['fatal: remote error: upload-pack: not our ref abc', true],
  ['error: Server does not allow request for unadvertised object abc', true],
  ['fatal: early EOF', false],
])('%s: the ref is missing: %s', (stderr, expected) => {
  expect(isMissingRef({ stderr })).toBe(expected);
});

test.each([
  ["error: cannot lock ref 'refs/flowkeeper/head': Unable to create 'x.lock': File exists.", true],
  ["error: cannot lock ref 'refs/flowkeeper/head': is at a but expected b", true],
  ['fatal: early EOF', false],
])('%s: locked: %s', (stderr, expected) => {
  expect(isLocked({ stderr })).toBe(expected);
});
