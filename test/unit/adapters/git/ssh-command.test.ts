import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { makeSimpleGitSource } from '../../../../src/adapters/git/simple-git-source.ts';
import { sshCommand } from '../../../../src/adapters/git/ssh-command.ts';
import { isError } from '../../../../src/domain/errors.ts';
import { MemoryLog } from '../../../support/fakes/memory-log.ts';

/** The words that a shell makes of the command. */
async function wordsOf(command: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)('sh', ['-c', `printf '%s\\n' ${command}`]);
  return stdout.trimEnd().split('\n');
}

const ALWAYS = [
  'ssh',
  '-o',
  'BatchMode=yes',
  '-o',
  'ConnectTimeout=10',
  '-o',
  'ServerAliveInterval=15',
  '-o',
  'ServerAliveCountMax=3',
];

describe('sshCommand', () => {
  test('never asks, and gives up on a silent host', async () => {
    expect(await wordsOf(sshCommand({}, 9001))).toEqual(ALWAYS);
  });

  test('uses just the key and the host keys that are named, whatever their paths', async () => {
    const files = {
      keyFile: "/keys/o'brien $HOME;x/100%/id `id`",
      knownHostsFile: '/keys/known hosts',
    };

    expect(await wordsOf(sshCommand(files, 10_000))).toEqual([
      ...ALWAYS,
      '-o',
      `IdentityFile="/keys/o'brien $HOME;x/100%%/id \`id\`"`,
      '-o',
      'IdentitiesOnly=yes',
      '-o',
      'UserKnownHostsFile="/keys/known hosts"',
      '-o',
      'GlobalKnownHostsFile=/dev/null',
      '-o',
      'StrictHostKeyChecking=yes',
    ]);
  });

  test.each(['relative/key', '/keys/${HOME}/id', '/keys/a"b', '/keys/a\nb', '/keys/a\\b'])(
    'refuses the path %j, which ssh would read as something else',
    (keyFile) => {
      expect(() => sshCommand({ keyFile }, 1000)).toThrow(
        expect.objectContaining({ code: 'git.failed' }),
      );
    },
  );

  test('the real ssh understands the options', async () => {
    const command = sshCommand(
      { keyFile: '/keys/my id', knownHostsFile: '/keys/known hosts' },
      9000,
    );
    const { stdout } = await promisify(execFile)('sh', ['-c', `${command} -G -F none host`]);

    expect(stdout.split('\n')).toEqual(
      expect.arrayContaining([
        'batchmode yes',
        'connecttimeout 9',
        'identityfile /keys/my id',
        'identitiesonly yes',
        'stricthostkeychecking true',
      ]),
    );
    expect(stdout).toMatch(/^userknownhostsfile "?\/keys\/known hosts"?$/m);
  });
});

describe('an ssh repository', () => {
  let folder: string;
  const signal = new AbortController().signal;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'flowkeeper-ssh-'));
    await mkdir(join(folder, 'bin'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  async function failureWith(sshScript: string, repository: string): Promise<unknown> {
    const ssh = join(folder, 'bin', 'ssh');
    await writeFile(ssh, `#!/bin/sh\n${sshScript}\n`);
    await chmod(ssh, 0o755);
    const source = makeSimpleGitSource(
      {
        repository,
        branch: 'main',
        directory: '',
        mirrorDirectory: join(folder, 'mirror.git'),
        token: 'tok-secret',
        ssh: { keyFile: '/keys/my id' },
      },
      {
        log: new MemoryLog(),
        env: { PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}` },
      },
    );
    return source.pinHead(signal).catch((error: unknown) => error);
  }

  test.each(['git@git.example.com:acme/cc.git', 'ssh://git@git.example.com/acme/cc.git'])(
    '%s is reached by ssh with these options, and without the token of https',
    async (repository) => {
      const error = await failureWith('echo "ssh got: $*" >&2; env >&2; exit 255', repository);

      if (!isError(error, 'git.unreachable')) throw error;
      expect(error.message).toContain('-o IdentityFile="/keys/my id" -o IdentitiesOnly=yes');
      expect(error.message).toMatch(/git@git\.example\.com git-upload-pack '\/?acme\/cc\.git'/);
      expect(JSON.stringify(error)).not.toMatch(/tok-secret|Authorization/);
    },
  );

  test.each([
    ['git@git.example.com: Permission denied (publickey).', 'git.auth-failed'],
    ['Host key verification failed.', 'git.auth-failed'],
    ['ssh: connect to host git.example.com port 22: Connection timed out', 'git.unreachable'],
    [
      'ssh: Could not resolve hostname git.example.com: Name or service not known',
      'git.unreachable',
    ],
    ['ERROR: Repository not found.', 'git.unreachable'],
  ])('"%s" is %s', async (words, code) => {
    const error = await failureWith(`echo '${words}' >&2; exit 255`, 'git@git.example.com:a/b.git');
    expect(error).toMatchObject({ code });
  });
});
