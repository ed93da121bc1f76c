import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readDeploy } from './deploy-path.ts';
import type { ImageFolder } from './image-folder.ts';
import type { ImageProcess } from './image-folder.ts';

const run = promisify(execFile);
const TOKEN = 'a-token-of-the-server-0123456789';

export interface TriedImage {
  /** Status codes by path, of the controller when it has made its first run. */
  readonly answers: Readonly<Record<string, number>>;
  /** Its exit code after SIGTERM, and how long it took. */
  readonly end: { readonly code: number | undefined; readonly ms: number };
  /** What the user tried to write below /app, and was not refused; and what changed there. */
  readonly changed: readonly string[];
  /** Files of the status branch. */
  readonly recorded: readonly string[];
  readonly logs: string;
}

/**
 * What deploy/compose does with an image, without an engine: the simulated org, the repository, and the controller, each as
 * the user of the image on an /app that he cannot write; then SIGTERM.
 */
export async function tryImage(image: ImageFolder): Promise<TriedImage> {
  const sample = join(image.app, 'desired-state');
  const repository = join(image.state, 'contact-centre.git');
  const script = await image.mount('make-repository.sh', readDeploy('compose/make-repository.sh'));
  const made = image.start('/bin/sh', [script, repository], { FLOWKEEPER_SAMPLE: sample });
  if ((await made.ended()) !== 0) throw new Error(made.output);

  const org = image.flowkeeper(['simulate', '--from', join(sample, 'acme-demo'), '--port', '0']);
  const [, url = ''] = await org.says(/simulated org at (http:\S+)/);
  const text = readDeploy('compose/flowkeeper.yaml')
    .replaceAll('/var/lib/flowkeeper', image.state)
    .replace('http://127.0.0.1:4010', url)
    .replace('0.0.0.0:8080', '127.0.0.1:0');
  const config = await image.mount('flowkeeper.yaml', text);
  const before = await listing(image.app);
  const env = { FLOWKEEPER_SERVER_TOKEN: TOKEN };
  const controller = image.flowkeeper(['run', '--config', config, '--grace', '25'], env);
  const answers = await ask(controller);
  const intruder = image.start('/bin/sh', [
    '-c',
    `echo x > ${join(image.app, 'dist/cli/main.js')}`,
  ]);
  const wasRefused = (await intruder.ended()) !== 0;
  const end = await controller.stop('SIGTERM');
  const after = await listing(image.app);
  const changed = wasRefused && before === after ? [] : [image.app];
  const names = ['-C', repository, 'ls-tree', '-r', '--name-only', 'flowkeeper/status'];
  const safe = {
    env: {
      PATH: process.env['PATH'],
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'safe.directory',
      GIT_CONFIG_VALUE_0: '*',
    },
  };
  const { stdout } = await run('git', names, safe);
  return { answers, end, changed, recorded: stdout.trimEnd().split('\n'), logs: controller.output };
}

async function ask(controller: ImageProcess): Promise<Readonly<Record<string, number>>> {
  const [, url = ''] = await controller.says(/"message":"listening","url":"([^"]+)"/);
  await controller.says(/"message":"run ended"/);
  const answers: Record<string, number> = {};
  for (const path of ['/healthz', '/readyz', '/metrics']) {
    const answer = await fetch(new URL(path, url));
    await answer.text();
    answers[path] = answer.status;
  }
  return answers;
}

/** Every file with its size and time. */
async function listing(folder: string): Promise<string> {
  const args = [folder, '-printf', '%P %s %T@ %m %u\n'];
  const { stdout } = await run('find', args, { maxBuffer: 1 << 26 });
  return stdout.split('\n').toSorted().join('\n');
}
