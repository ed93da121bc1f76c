/**
 * What `docker build` and a container do, as far as a machine without an engine can: runs the commands of the build
 * stage of deploy/Dockerfile in an empty folder, lays out what the last stage copies, and runs it as an unprivileged
 * user on files that he cannot write. Not shown: the base image and its packages.
 *
 *     npm run image
 */
import { spawnSync } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { deployPath, readDeploy } from '../test/support/deploy-path.ts';
import { copiesOf, dockerStages } from '../test/support/dockerfile.ts';
import { ImageFolder } from '../test/support/image-folder.ts';
import { tryImage } from '../test/support/try-image.ts';

const ROOT = deployPath('..');
const [build] = dockerStages(readDeploy('Dockerfile'));
if (!build) throw new Error('no build stage');

const folder = await mkdtemp(join(tmpdir(), 'flowkeeper-build-'));
try {
  await chmod(folder, 0o755);
  await runStage(folder);
  const image = await ImageFolder.create(folder);
  try {
    const { answers, end, changed, recorded, logs } = await tryImage(image);
    const isGood =
      answers['/healthz'] === 200 &&
      answers['/readyz'] === 200 &&
      end.code === 0 &&
      changed.length === 0;
    say(
      `answers ${JSON.stringify(answers)}, SIGTERM: exit ${String(end.code)} in ${String(Math.round(end.ms))} ms`,
    );
    say(
      `${String(recorded.length)} files recorded, ${String(changed.length)} changed beside the state`,
    );
    if (!isGood) {
      say(logs);
      process.exitCode = 1;
    }
  } finally {
    await image.remove();
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function runStage(target: string): Promise<void> {
  const copies = [...copiesOf(build as NonNullable<typeof build>)];
  for (const { keyword, text } of build?.steps ?? []) {
    if (keyword === 'COPY')
      for (const source of copies.shift()?.sources ?? []) await copy(source, join(target, source));
    if (keyword !== 'RUN') continue;
    say(`RUN ${text}`);
    const { status } = spawnSync('sh', ['-c', text], { cwd: target, stdio: ['ignore', 2, 2] });
    if (status !== 0) throw new Error(`it failed: ${text}`);
  }
}

async function copy(source: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await cp(join(ROOT, source), to, {
    recursive: true,
    filter: (path) => basename(path) !== 'node_modules',
  });
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
