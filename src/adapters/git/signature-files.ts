import { createHash } from 'node:crypto';
import { mkdtemp, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dearmored } from './dearmored.ts';
import { systemCodeOf } from './mirror-folder.ts';

/** The operator's files that say who may sign; absolute paths. */
export interface SignatureFiles {
  /** In the format of ssh-keygen: principals, options, a key a line. */
  readonly allowedSigners?: string;
  /** Public keys, armored or not. */
  readonly openpgpKeys?: string;
  /** SSH keys that no longer count: a key revocation list, or public keys a line. */
  readonly revokedKeys?: string;
}

/** What the files say now, or why they cannot be used. */
export type SignatureGround =
  | {
      readonly kind: 'usable';
      readonly id: string;
      readonly texts: Readonly<Partial<Record<keyof SignatureFiles, Buffer>>>;
    }
  | { readonly kind: 'unusable'; readonly reason: string };

const WRITABLE_BY_ALL = 0o002;

/** @param watched local folders of the watched repository: what lies there others may change */
export async function readSignatureGround(
  files: SignatureFiles,
  watched: readonly string[],
): Promise<SignatureGround> {
  const texts: Partial<Record<keyof SignatureFiles, Buffer>> = {};
  const hash = createHash('sha256');
  const folders = await Promise.all(watched.map(realPathOf));
  for (const key of ['allowedSigners', 'openpgpKeys', 'revokedKeys'] as const) {
    const file = files[key];
    if (file === undefined) continue;
    try {
      const path = await realpath(file);
      if (folders.some((folder) => path.startsWith(`${folder}/`)))
        return unusable(key, `${file} lies in the watched repository, which others may change`);
      if (((await stat(path)).mode & WRITABLE_BY_ALL) !== 0)
        return unusable(key, `everybody on this machine may write ${file}`);
      const text = await readFile(path);
      texts[key] = text;
      hash.update(`${key} ${String(text.length)}\n`).update(text);
    } catch (error) {
      const code = systemCodeOf(error);
      if (typeof code !== 'string') throw error;
      return unusable(key, `${file} cannot be read (${code})`);
    }
  }
  return { kind: 'usable', id: hash.digest('hex'), texts };
}

function unusable(key: string, why: string): SignatureGround {
  return { kind: 'unusable', reason: `\`source.verify.${key}\`: ${why}` };
}

function realPathOf(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}

/** What gpg is told: exactly these keys count, and nobody is asked for others. */
const GPG_CONFIG = [
  'trust-model always',
  'no-auto-check-trustdb',
  'no-auto-key-retrieve',
  'no-auto-key-locate',
  'disable-dirmngr',
  'no-autostart',
  'lock-never',
  'batch',
  'no-tty',
];

/** A folder that only this process reads, with all that git's helpers may know; removed afterwards. */
export async function withSignatureFolder<T>(
  { texts }: Extract<SignatureGround, { kind: 'usable' }>,
  work: (folder: { readonly path: string; readonly hasRevoked: boolean }) => Promise<T>,
): Promise<T> {
  const path = await mkdtemp(join(tmpdir(), 'flowkeeper-verify-'));
  try {
    await writeFile(join(path, 'gpg.conf'), `${GPG_CONFIG.join('\n')}\n`);
    await writeFile(join(path, 'pubring.gpg'), dearmored(texts.openpgpKeys ?? Buffer.alloc(0)));
    await writeFile(join(path, 'allowed_signers'), texts.allowedSigners ?? '');
    if (texts.revokedKeys) await writeFile(join(path, 'revoked_keys'), texts.revokedKeys);
    return await work({ path, hasRevoked: texts.revokedKeys !== undefined });
  } finally {
    await rm(path, { recursive: true, force: true });
  }
}
