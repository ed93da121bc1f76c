import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a path becomes in a commit; null deletes it. */
export type FileChange =
  | string
  | Uint8Array
  | null
  | { readonly executable: string }
  | { readonly symlink: string }
  | { readonly submodule: string };

export interface CommitOptions {
  /** Default `main`. */
  readonly branch?: string;
  readonly message?: string;
  readonly author?: { readonly name: string; readonly email: string };
  /** ISO 8601; a second later than the last one by default. */
  readonly date?: string;
  /** Default: the branch's tip; null: none, which rewrites the branch. */
  readonly parent?: string | null;
}

const ENVIRONMENT = {
  PATH: process.env['PATH'],
  HOME: tmpdir(),
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
};
const DEFAULT_AUTHOR = { name: 'Ada Lovelace', email: 'ada@example.com' };

/** Runs git as a person would, with stdin; rejects with its words when it fails. */
export async function git(args: readonly string[], input?: string | Uint8Array): Promise<string> {
  return (await gitBytes(args, input)).toString('utf8');
}

function gitBytes(args: readonly string[], input?: string | Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { env: ENVIRONMENT, encoding: 'buffer', maxBuffer: 1 << 30 } as const;
    const child = execFile('git', [...args], options, (error, stdout, stderr) => {
      if (error) reject(new Error(`git ${args.join(' ')}: ${stderr.toString('utf8')}`));
      else resolve(stdout);
    });
    // a git that reads nothing may be gone before we close its stdin
    child.stdin?.on('error', () => undefined).end(input ?? '');
  });
}

/** A real bare repository in a temp folder, that people commit to. Remove it at the end. */
export class GitRepository {
  readonly folder: string;
  /** Path of the bare repository. */
  readonly path: string;
  #second = Date.parse('2026-03-01T08:00:00Z') / 1000;

  private constructor(folder: string) {
    this.folder = folder;
    this.path = join(folder, 'remote.git');
  }

  static async create(options: { readonly objectFormat?: string } = {}): Promise<GitRepository> {
    const repository = new GitRepository(await mkdtemp(join(tmpdir(), 'flowkeeper-git-')));
    const format = `--object-format=${options.objectFormat ?? 'sha1'}`;
    await git(['init', '-q', '--bare', '-b', 'main', format, '--template=', repository.path]);
    return repository;
  }

  /** A path beside the repository, for a mirror. */
  beside(name: string): string {
    return join(this.folder, name);
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  run(...args: readonly string[]): Promise<string> {
    return git(['-C', this.path, ...args]);
  }

  /** One commit, however many files, in one process. Resolves with its id. */
  async commit(
    files: Readonly<Record<string, FileChange>>,
    options: CommitOptions = {},
  ): Promise<string> {
    const parent = options.parent === undefined ? await this.head(options.branch) : options.parent;
    const stream = Buffer.concat([
      this.#headOf(options, parent),
      ...Object.entries(files).map(([path, change]) => changeOf(path, change)),
      Buffer.from('\nget-mark :1\ndone\n'),
    ]);
    const args = ['fast-import', '--quiet', '--force', '--done', '--date-format=raw'];
    return (await git(['-C', this.path, ...args], stream)).trim();
  }

  /** What `git revert` and a push do: a commit that undoes another, on the branch's tip. */
  async revert(revision: string, branch = 'main'): Promise<string> {
    const args = ['diff-tree', '-r', '-z', '--no-commit-id', '--no-renames', revision];
    const parts = (await this.run(...args)).split('\0');
    const files: Record<string, FileChange> = {};
    for (let at = 0; at + 1 < parts.length; at += 2) {
      const [oldMode = '', , oldId = ''] = (parts[at] ?? '').slice(1).split(' ');
      const path = parts[at + 1] ?? '';
      files[path] = oldMode === '000000' ? null : await this.#blob(oldId);
    }
    const subject = (await this.run('log', '-1', '--format=%s', revision)).trim();
    const message = `Revert "${subject}"\n\nThis reverts commit ${revision}.`;
    return this.commit(files, { branch, message });
  }

  async head(branch = 'main'): Promise<string | undefined> {
    const output = await this.run('for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`);
    return output.trim() === '' ? undefined : output.trim();
  }

  /** Text by path. */
  async files(branch = 'main'): Promise<ReadonlyMap<string, string>> {
    const head = await this.head(branch);
    if (head === undefined) return new Map();
    const records = (await this.run('ls-tree', '-r', '-z', head)).split('\0').filter(Boolean);
    const entries = records.map((record) => {
      const [meta = '', path = ''] = record.split('\t');
      return { path, id: meta.split(' ')[2] ?? '' };
    });
    const ids = entries.map(({ id }) => `${id}\n`).join('');
    const output = await gitBytes(['-C', this.path, 'cat-file', '--batch'], ids);
    let at = 0;
    return new Map(
      entries.map(({ path }) => {
        const start = output.indexOf('\n', at) + 1;
        const size = Number(output.toString('utf8', at, start).trim().split(' ')[2]);
        at = start + size + 1;
        return [path, output.toString('utf8', start, start + size)];
      }),
    );
  }

  /** Newest first. */
  async log(branch = 'main'): Promise<readonly LoggedCommit[]> {
    const format = '%H%x00%an <%ae>%x00%cn <%ce>%x00%at%x00%s%x00%B%x01';
    const output = await this.run('log', `--format=${format}`, `refs/heads/${branch}`);
    return output
      .split('\u0001')
      .map((record) => record.trimStart())
      .filter((record) => record !== '')
      .map((record) => {
        const [revision = '', author = '', committer = '', at = '', subject = '', message = ''] =
          record.split('\0');
        return { revision, author, committer, at: Number(at) * 1000, subject, message };
      });
  }

  /** A script that the remote runs before it accepts a push. */
  async installHook(name: 'pre-receive' | 'update', script: string): Promise<void> {
    await mkdir(join(this.path, 'hooks'), { recursive: true });
    const file = join(this.path, 'hooks', name);
    await writeFile(file, `#!/bin/sh\n${script}\n`);
    await chmod(file, 0o755);
  }

  #headOf(options: CommitOptions, parent: string | null | undefined): Buffer {
    const { branch = 'main', message = 'Change settings', author = DEFAULT_AUTHOR, date } = options;
    const ref = `refs/heads/${branch}`;
    const at = date === undefined ? (this.#second += 1) : Date.parse(date) / 1000;
    const by = `${author.name} <${author.email}> ${String(at)} +0000`;
    const base = parent ?? undefined;
    return Buffer.concat([
      Buffer.from(base === undefined ? `reset ${ref}\n\n` : ''),
      Buffer.from(`commit ${ref}\nmark :1\nauthor ${by}\ncommitter ${by}\n`),
      dataOf(message),
      Buffer.from(base === undefined ? '' : `from ${base}\n`),
    ]);
  }

  async #blob(id: string): Promise<Uint8Array> {
    return gitBytes(['-C', this.path, 'cat-file', 'blob', id]);
  }
}

export interface LoggedCommit {
  readonly revision: string;
  readonly author: string;
  readonly committer: string;
  /** Author date, epoch ms. */
  readonly at: number;
  readonly subject: string;
  readonly message: string;
}

function changeOf(path: string, change: FileChange): Buffer {
  const name = quoted(path);
  if (change === null) return Buffer.from(`D ${name}\n`);
  if (typeof change === 'string' || change instanceof Uint8Array)
    return Buffer.concat([Buffer.from(`M 100644 inline ${name}\n`), dataOf(change)]);
  if ('submodule' in change) return Buffer.from(`M 160000 ${change.submodule} ${name}\n`);
  const [mode, text] =
    'symlink' in change ? ['120000', change.symlink] : ['100755', change.executable];
  return Buffer.concat([Buffer.from(`M ${mode} inline ${name}\n`), dataOf(text)]);
}

function dataOf(content: string | Uint8Array): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.from(`data ${String(bytes.length)}\n`), bytes, Buffer.from('\n')]);
}

function quoted(path: string): string {
  return `"${path.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`;
}
