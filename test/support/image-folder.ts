import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, cp, link, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { deployPath, readDeploy } from './deploy-path.ts';
import { copiesOf, dockerStages } from './dockerfile.ts';

const ROOT = deployPath('..');
const run = promisify(execFile);

/** The user of the image, if we may become him; else whoever we are. */
const USER = process.getuid?.() === 0 ? { uid: 1000, gid: 1000 } : {};

/**
 * What an image of deploy/Dockerfile holds, in a folder of this machine: /app, which belongs to root, and a state folder
 * and a /tmp of the user's. What a container engine adds, it cannot show: the base image, its packages, namespaces.
 */
export class ImageFolder {
  readonly folder: string;
  readonly #children: ChildProcess[] = [];

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** @param build what the build stage leaves: a folder with dist/, node_modules/ and so on */
  static async create(build: string): Promise<ImageFolder> {
    const image = new ImageFolder(await mkdtemp(join(tmpdir(), 'flowkeeper-image-')));
    await chmod(image.folder, 0o755);
    const [, last] = dockerStages(readDeploy('Dockerfile'));
    if (!last) throw new Error('no second stage');
    for (const { from, sources, target } of copiesOf(last))
      for (const source of sources) {
        const path = from === undefined ? join(ROOT, source) : source.replace(/^\/build/, build);
        await image.#copy(path, join(image.app, target.endsWith('/') ? basename(source) : target));
      }
    // the node of the base image
    await mkdir(join(image.folder, 'bin'));
    await link(process.execPath, image.node).catch(() => cp(process.execPath, image.node));
    for (const own of [image.state, image.tmp]) {
      await mkdir(own, { mode: 0o700 });
      if (USER.uid !== undefined) await chown(own, USER.uid, USER.gid);
    }
    await run('chmod', ['-R', 'a-w', image.app]);
    return image;
  }

  get app(): string {
    return join(this.folder, 'app');
  }

  get node(): string {
    return join(this.folder, 'bin', 'node');
  }

  get state(): string {
    return join(this.folder, 'state');
  }

  get tmp(): string {
    return join(this.folder, 'tmp');
  }

  /** Writes a file that the user may read and not change. */
  async mount(name: string, text: string): Promise<string> {
    const file = join(this.folder, name);
    await writeFile(file, text, { mode: 0o444 });
    return file;
  }

  /** A program as the user of the image, with nothing of our environment. */
  start(
    program: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): ImageProcess {
    const path = `${dirname(this.node)}:/usr/local/bin:/usr/bin:/bin`;
    const child = spawn(program, [...args], {
      ...USER,
      cwd: this.state,
      env: { PATH: path, TMPDIR: this.tmp, HOME: '/nonexistent', NODE_ENV: 'production', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#children.push(child);
    return new ImageProcess(child);
  }

  /** A command of the image. */
  flowkeeper(args: readonly string[], env?: Readonly<Record<string, string>>): ImageProcess {
    return this.start(this.node, [join(this.app, 'dist/cli/main.js'), ...args], env);
  }

  async remove(): Promise<void> {
    for (const child of this.#children) child.kill('SIGKILL');
    if (USER.uid === undefined) await run('chmod', ['-R', 'u+w', this.folder]);
    await rm(this.folder, { recursive: true, force: true });
  }

  async #copy(from: string, to: string): Promise<void> {
    await mkdir(dirname(to), { recursive: true });
    if (basename(from) === 'node_modules') await copyProduction(from, to);
    else await run('cp', ['-R', from, to]);
  }
}

/** What `npm prune --omit=dev` leaves of a node_modules: what the lock file does not call `dev`. */
async function copyProduction(from: string, to: string): Promise<void> {
  const lock = JSON.parse(await readFile(join(from, '..', 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  };
  const names = Object.entries(lock.packages).flatMap(([path, { dev, devOptional }]) => {
    const [, name = '', nested] = path.split('node_modules/');
    const isLeft = dev === undefined && devOptional === undefined;
    return isLeft && name !== '' && nested === undefined ? [name] : [];
  });
  await mkdir(to);
  await run('cp', ['-R', '--parents', ...names, to], { cwd: from });
}

/** A program as it runs. */
export class ImageProcess {
  readonly #child: ChildProcess;
  readonly #closed: Promise<unknown[]>;
  output = '';

  constructor(child: ChildProcess) {
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    this.#closed = once(child, 'close');
  }

  /** Resolves with the match once it has said this. @throws when it ends before */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.output);
      if (match) return match;
      const { stdout, stderr, exitCode, signalCode } = this.#child;
      if (!stdout || !stderr || exitCode !== null || signalCode !== null)
        throw new Error(`it ended without ${String(pattern)}: ${this.output}`);
      await Promise.race([once(stdout, 'data'), once(stderr, 'data'), this.#closed]);
    }
  }

  /** Its exit code; undefined: a signal ended it. */
  async ended(): Promise<number | undefined> {
    const [code] = (await this.#closed) as [number | null];
    return code ?? undefined;
  }

  /** Sends a signal; resolves with the exit code and how long it took to end, in milliseconds. */
  async stop(
    signal: NodeJS.Signals,
  ): Promise<{ readonly code: number | undefined; readonly ms: number }> {
    const startedMs = performance.now();
    this.#child.kill(signal);
    return { code: await this.ended(), ms: performance.now() - startedMs };
  }
}
