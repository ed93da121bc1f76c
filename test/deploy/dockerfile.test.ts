import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { validate } from 'dockerfile-utils';
import { requireBuild } from '../support/cli.ts';
import { expectUnderstood, optionOf } from '../support/deploy-files.ts';
import { deployPath, readDeploy } from '../support/deploy-path.ts';
import { copiesOf, dockerStages, lastOf, wordsOf } from '../support/dockerfile.ts';
import type { DockerStage } from '../support/dockerfile.ts';
import { ImageFolder } from '../support/image-folder.ts';
import { tryImage } from '../support/try-image.ts';
import type { TriedImage } from '../support/try-image.ts';

jest.setTimeout(240_000);

const ROOT = deployPath('..');
const FILE = readDeploy('Dockerfile');
const IGNORED = readDeploy('Dockerfile.dockerignore')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));
const [build, image] = dockerStages(FILE) as [DockerStage, DockerStage];

describe('the Dockerfile', () => {
  test('has no fault that a linter knows', () => {
    expect(validate(FILE).map(({ message }) => message)).toEqual([]);
    expect(validate('FROM node:24\nRUNN x\n').map(({ message }) => message)).not.toEqual([]);
  });

  test('builds in one stage and ships in another, on the Node that the project runs on', () => {
    const lock = JSON.parse(readFileSync(`${ROOT}/package-lock.json`, 'utf8')) as {
      readonly packages: Readonly<Record<string, { readonly version: string }>>;
    };
    const major = lock.packages['node_modules/node']?.version.split('.')[0];
    expect(dockerStages(FILE).map((stage) => stage.image)).toEqual([
      `node:${String(major)}-slim`,
      `node:${String(major)}-slim`,
    ]);
  });

  test('copies what is there, and what its ignore file lets through; and that lets nothing else through', () => {
    const copies = [...copiesOf(build), ...copiesOf(image)].filter(
      ({ from }) => from === undefined,
    );
    const sources = copies.flatMap((copy) =>
      copy.sources.map((source) => source.replace(/^\.\//, '')),
    );
    for (const source of sources)
      expect([source, existsSync(`${ROOT}/${source}`)]).toEqual([source, true]);
    const [all, ...through] = IGNORED;
    expect(all).toBe('*');
    expect(through.map((line) => line.replace('!', '')).toSorted()).toEqual(
      [...new Set(sources)].toSorted(),
    );
  });

  test('ships the files that the package ships, and the packages that it runs on', () => {
    const shipped = copiesOf(image).flatMap(({ sources }) =>
      sources.map((source) => source.replace('/build/', '')),
    );
    const { files } = JSON.parse(readFileSync(`${ROOT}/package.json`, 'utf8')) as {
      readonly files: readonly string[];
    };
    expect(shipped.toSorted()).toEqual([...files, 'node_modules', 'package.json'].toSorted());
    const steps = build.steps.filter(({ keyword }) => keyword === 'RUN').map(({ text }) => text);
    expect(steps.at(-1)).toContain('npm prune --omit=dev');
  });

  test('ends with a user that is not root, by number, and a command that is understood', async () => {
    expect(lastOf(image, 'USER')).toBe('1000:1000');
    expect(wordsOf(image, 'ENTRYPOINT')).toEqual(['tini', '--', 'flowkeeper']);
    const argv = wordsOf(image, 'CMD');
    await expectUnderstood(argv);
    expect(optionOf(argv, 'config')).toBe('/etc/flowkeeper/flowkeeper.yaml');
    const runs = image.steps
      .filter(({ keyword }) => keyword === 'RUN')
      .map(({ text }) => text)
      .join('\n');
    for (const packaged of ['git', 'openssh-client', 'tini', 'ca-certificates', 'gpg'])
      expect(runs).toMatch(new RegExp(`install .*\\b${packaged}\\b`));
    expect(runs).toContain('exec node /app/dist/cli/main.js "$@"');
  });
});

describe('what it ships, as its user, on files that he cannot write', () => {
  let folder: ImageFolder;
  let tried: TriedImage;

  beforeAll(async () => {
    requireBuild();
    folder = await ImageFolder.create(ROOT);
    tried = await tryImage(folder);
  });
  afterAll(() => folder.remove());

  test('serves health and readiness to everybody, and metrics to those who show the token', () => {
    expect(tried.answers).toEqual({ '/healthz': 200, '/readyz': 200, '/metrics': 401 });
  });

  test('has made its first run, and recorded it', () => {
    expect(tried.recorded).toContain('orgs/acme-demo.yaml');
  });

  test('ends with 0 within the grace when it is asked to', () => {
    expect(tried.end.code).toBe(0);
    expect(tried.end.ms).toBeLessThan(25_000);
  });

  test('wrote nothing beside its state, and could not have', () => {
    expect(tried.changed).toEqual([]);
  });
});
