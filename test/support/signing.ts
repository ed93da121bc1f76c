import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git } from './git-repository.ts';
import type { GitRepository } from './git-repository.ts';

/** Somebody who signs, as git has it signed. */
export interface Signer {
  /** An armored signature of a commit's bytes. */
  sign(payload: string): Promise<string>;
}

export interface SshSigner extends Signer {
  /** `ssh-ed25519 AAAA…` */
  readonly publicKey: string;
  /** The same key, for another purpose than git's. */
  readonly elsewhere: Signer;
}

export interface GpgSigner extends Signer {
  /** Armored. */
  publicKey(): Promise<string>;
  revoke(): Promise<void>;
}

/** Keys and files of people, in a folder of their own. Remove it at the end. */
export class Signing {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async create(): Promise<Signing> {
    return new Signing(await mkdtemp(join(tmpdir(), 'flowkeeper-signing-')));
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }

  /** Writes a file of the operator's; resolves with its path. */
  async file(name: string, text: string | Uint8Array): Promise<string> {
    const path = join(this.folder, name);
    await writeFile(path, text);
    return path;
  }

  async ssh(name: string): Promise<SshSigner> {
    const file = join(this.folder, name);
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', file]);
    const [kind = '', key = ''] = (await readFile(`${file}.pub`, 'utf8')).split(' ');
    const signFor = (namespace: string) => (payload: string) =>
      run('ssh-keygen', ['-Y', 'sign', '-q', '-f', file, '-n', namespace], payload);
    return {
      publicKey: `${kind} ${key}`,
      sign: signFor('git'),
      elsewhere: { sign: signFor('file') },
    };
  }

  /** @param now the key is made, and signs, at this time; valid for two days then. Undefined: now, for good */
  async gpg(name: string, now?: string): Promise<GpgSigner> {
    const home = join(this.folder, `gpg-${name}`);
    await mkdir(home, { mode: 0o700 });
    const at = now === undefined ? [] : ['--faked-system-time', now];
    const call = (args: readonly string[], input?: string): Promise<string> =>
      run(
        'gpg',
        ['--homedir', home, '--batch', '--quiet', '--no-autostart', ...at, ...args],
        input,
      );
    const secret = ['--pinentry-mode', 'loopback', '--passphrase', ''];
    const lifetime = now === undefined ? 'never' : '2d';
    const user = `${name} <${name}@example.com>`;
    // the agent ends by itself when its home is gone
    const make = ['--homedir', home, '--batch', '--quiet', ...at, ...secret];
    await run('gpg', [...make, '--quick-gen-key', user, 'ed25519', 'sign', lifetime]);
    return {
      sign: (payload) =>
        run('gpg', [...make, '--armor', '--detach-sign', '--output', '-'], payload),
      publicKey: () => call(['--armor', '--export']),
      async revoke() {
        const listed = await call(['--list-keys', '--with-colons']);
        const id = /^fpr:+([0-9A-F]+):/m.exec(listed)?.[1] ?? '';
        const certificate = await readFile(join(home, 'openpgp-revocs.d', `${id}.rev`), 'utf8');
        await call(['--import'], certificate.replace(/^:-----/m, '-----'));
      },
    };
  }
}

/** Programs are told where they are, and what is theirs, and nothing of this machine's user. */
function run(program: string, args: readonly string[], input = ''): Promise<string> {
  const env = { PATH: process.env['PATH'], HOME: '/nonexistent', LC_ALL: 'C' };
  return new Promise((resolve, reject) => {
    const child = execFile(program, [...args], { env }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${program} ${args.join(' ')}: ${stderr}`));
      else resolve(stdout);
    });
    child.stdin?.on('error', () => undefined).end(input);
  });
}

export interface RawCommit {
  /** A commit whose files it has; by default the first parent's. */
  readonly treeOf?: string;
  readonly parents?: readonly string[];
  readonly message?: string;
  /** Lines that stand after those that every commit has. */
  readonly headers?: string;
}

/** The bytes that a signature is of. */
export async function commitPayload(
  repository: GitRepository,
  { treeOf, parents = [], message = 'Change settings', headers = '' }: RawCommit,
): Promise<string> {
  const from = treeOf ?? parents[0] ?? '';
  const tree = (await repository.run('rev-parse', `${from}^{tree}`)).trim();
  const by = `Ada Lovelace <ada@example.com> ${String(SIGNED_AT)} +0000`;
  const lines = parents.map((parent) => `parent ${parent}\n`).join('');
  return `tree ${tree}\n${lines}author ${by}\ncommitter ${by}\n${headers}\n${message}\n`;
}

/** 2026-03-02T08:00:00Z */
const SIGNED_AT = 1_772_438_400;

/** A commit's bytes with a signature, which may be of anything. */
export function withSignature(payload: string, signature: string, header = 'gpgsig'): string {
  const end = payload.indexOf('\n\n') + 1;
  const lines = signature.trimEnd().split('\n').join('\n ');
  return `${payload.slice(0, end)}${header} ${lines}\n${payload.slice(end)}`;
}

/** Puts an object into the repository and a branch onto it, as a push may; resolves with its id. */
export async function pushRaw(
  repository: GitRepository,
  bytes: string,
  branch = 'main',
): Promise<string> {
  const args = ['-C', repository.path, 'hash-object', '-t', 'commit', '-w', '--literally'];
  const id = (await git([...args, '--stdin'], bytes)).trim();
  await repository.run('update-ref', `refs/heads/${branch}`, id);
  return id;
}

/** A commit that somebody signed, on a branch. */
export async function commitSigned(
  repository: GitRepository,
  signer: Signer,
  commit: RawCommit & { readonly branch?: string },
): Promise<string> {
  const payload = await commitPayload(repository, commit);
  const signature = await signer.sign(payload);
  return pushRaw(repository, withSignature(payload, signature), commit.branch);
}
