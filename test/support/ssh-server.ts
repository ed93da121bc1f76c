import { execFile, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const SSHD = '/usr/sbin/sshd';

const run = promisify(execFile);

/** A real sshd on loopback, that lets in whoever has the key that was made for it. */
export interface SshServer {
  readonly port: number;
  readonly keyFile: string;
  readonly knownHostsFile: string;
  /** `ssh://user@127.0.0.1:port` and the path. */
  urlOf(path: string): string;
  /** `GIT_SSH_COMMAND` of somebody who has the key. */
  readonly command: string;
  close(): Promise<void>;
}

export async function startSshServer(): Promise<SshServer> {
  const folder = await mkdtemp(join(tmpdir(), 'flowkeeper-sshd-'));
  const at = (name: string): string => join(folder, name);
  for (const key of ['host', 'client'])
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', key, '-f', at(key)]);
  await writeFile(at('authorized'), await readFile(at('client.pub')));
  await chmod(at('authorized'), 0o600);
  // its own folder for the separation of privileges, wherever the package puts it
  await mkdir('/run/sshd', { recursive: true }).catch(() => undefined);
  const port = await freePort();
  await writeFile(at('config'), configOf(port, at));
  const hostKey = (await readFile(at('host.pub'), 'utf8')).split(' ').slice(0, 2).join(' ');
  await writeFile(at('known_hosts'), `[127.0.0.1]:${String(port)} ${hostKey}\n`);
  const stop = await listening(at('config'));
  return {
    port,
    keyFile: at('client'),
    knownHostsFile: at('known_hosts'),
    urlOf: (path) => `ssh://${userInfo().username}@127.0.0.1:${String(port)}${path}`,
    command: `ssh -o BatchMode=yes -o IdentitiesOnly=yes -i ${at('client')} -o UserKnownHostsFile=${at('known_hosts')}`,
    close: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function configOf(port: number, at: (name: string) => string): string {
  return [
    `ListenAddress 127.0.0.1:${String(port)}`,
    `HostKey ${at('host')}`,
    `AuthorizedKeysFile ${at('authorized')}`,
    `PidFile ${at('pid')}`,
    // temp folders belong to nobody whom sshd would trust
    'StrictModes no',
    'UsePAM no',
    'UseDNS no',
    // the default is several times the work, of which a test proves nothing
    'KexAlgorithms curve25519-sha256',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'PermitRootLogin prohibit-password',
    '',
  ].join('\n');
}

/** Resolves once it listens, with what ends it. */
function listening(config: string): Promise<() => Promise<void>> {
  const server = spawn(SSHD, ['-D', '-e', '-f', config], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise<void>((resolve) =>
    server.once('exit', () => {
      resolve();
    }),
  );
  return new Promise((resolve, reject) => {
    let said = '';
    server.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (!said.includes('Server listening on')) return;
      resolve(async () => {
        server.kill();
        await ended;
      });
    });
    void ended.then(() => {
      reject(new Error(`sshd ended: ${said}`));
    });
    server.once('error', reject);
  });
}

/** sshd takes no port 0; between this and its start nobody else is likely to take the port. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
