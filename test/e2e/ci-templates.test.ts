import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { SAMPLE_CLIENT_SECRET, SAMPLE_ORG_ID } from '../../src/simulator/seed.ts';
import { PROJECT } from '../support/cli.ts';
import { flowFile, flowPath } from '../support/desired-files.ts';
import { ACME, E2eWorld } from '../support/e2e-world.ts';
import { git } from '../support/git-repository.ts';
import { ReviewHost } from '../support/review-host.ts';

interface Step {
  readonly name?: string;
  readonly run?: string;
}

const MAIN = join(PROJECT, 'dist/cli/main.js');

/** The shell of the templates, on a checkout as the CI system makes it, with the org and hosts of the test. */
describe('the ready-made checks of a pull request', () => {
  let world: E2eWorld;
  let checkout: string;
  let host: ReviewHost;
  let base: string;

  beforeAll(async () => {
    world = await E2eWorld.start({ flows: 4 });
    base = (await world.repository.head()) ?? '';
    await world.repository.run('branch', 'wait-less', base);
    const [flow] = world.flows;
    await world.repository.commit(
      { [flowPath(ACME, flow!.id)]: flowFile(flow!, { routing: { maxWaitTime: 77 } }) },
      { branch: 'wait-less' },
    );
    // main moves on, and somebody edits another flow by hand: neither is this pull request's doing
    await world.merge(1, { routing: { maxWaitTime: 55 } });
    await world.edit(2, { routing: { maxWaitTime: 5 } });
    checkout = world.repository.beside('checkout');
    await git(['clone', '-q', world.repository.path, checkout]);
    await git(['-C', checkout, 'checkout', '-q', '--detach', 'origin/wait-less']);
    const person = ['-c', 'user.name=CI', '-c', 'user.email=ci@example.com'];
    await git(['-C', checkout, ...person, 'merge', '-q', '--no-ff', '-m', 'Merge', 'origin/main']);
  });

  afterAll(() => world.close());

  beforeEach(async () => {
    host = await ReviewHost.start();
  });

  afterEach(() => host.close());

  async function shell(script: string, env: Record<string, string>) {
    const { PATH = '' } = process.env;
    const child = spawn('bash', ['-eo', 'pipefail', '-c', ours(script)], {
      cwd: checkout,
      env: { PATH, HOME: world.folder, FLOWKEEPER: `${process.execPath} ${MAIN}`, ...env },
    });
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    if (child.exitCode === null) await once(child, 'close');
    return { code: child.exitCode, stdout, stderr };
  }

  const ours = (script: string): string =>
    script
      .replaceAll('acme-prod', ACME)
      .replaceAll('https://api.mypurecloud.com', world.url)
      .replaceAll('0b1e5f0c-3c1c-4a52-9a0e-0f6b3e1f2a11', SAMPLE_ORG_ID)
      .replaceAll('/tmp/flowkeeper.yaml', join(world.folder, 'ci', 'gitlab.yaml'));

  function expectComment(): void {
    expect(host.comments).toHaveLength(1);
    const { body = '' } = host.comments[0] ?? {};
    expect(body).toContain('### flowkeeper: merging changes 1 of 4 live flows');
    expect(body).toContain('<code>77</code>');
    expect(body).not.toContain('<code>55</code>');
    expect(body).not.toContain('<code>5</code>');
  }

  test('GitHub Actions: validates, plans and comments', async () => {
    const template = await readFile(join(PROJECT, 'deploy/ci/github-actions.yaml'), 'utf8');
    const { jobs } = parse(template) as { jobs: Record<string, { steps: readonly Step[] }> };
    const runs = (job: string): string[] =>
      (jobs[job]?.steps ?? []).flatMap(({ run }) => (run === undefined ? [] : [run]));
    const temp = join(world.folder, 'ci');
    await mkdir(temp, { recursive: true });
    const env = {
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: checkout,
      RUNNER_TEMP: temp,
      GITHUB_STEP_SUMMARY: join(temp, 'summary.md'),
      GITHUB_API_URL: host.github.api,
      GITHUB_REPOSITORY: 'acme/contact-centre',
      GITHUB_REF: 'refs/pull/7/merge',
      GITHUB_TOKEN: host.github.token,
      GENESYS_CLIENT_ID: 'flowkeeper',
      GENESYS_CLIENT_SECRET: SAMPLE_CLIENT_SECRET,
      BASE: 'origin/main',
    };
    for (const script of [...runs('validate'), ...runs('plan')]) {
      const { code, stderr } = await shell(script, env);
      expect([script, code, stderr]).toEqual([script, 0, '']);
    }
    expectComment();
    expect(await readFile(env.GITHUB_STEP_SUMMARY, 'utf8')).toContain('merging changes 1 of 4');
  });

  test('GitLab CI: validates, plans and writes its note', async () => {
    const template = await readFile(join(PROJECT, 'deploy/ci/gitlab-ci.yml'), 'utf8');
    const jobs = parse(template) as Record<string, { script?: readonly string[] }>;
    await mkdir(join(world.folder, 'ci'), { recursive: true });
    const env = {
      GITLAB_CI: 'true',
      CI_PROJECT_DIR: checkout,
      CI_API_V4_URL: host.gitlab.api,
      CI_PROJECT_ID: 'acme/contact-centre',
      CI_MERGE_REQUEST_IID: '7',
      CI_MERGE_REQUEST_DIFF_BASE_SHA: (
        await git(['-C', checkout, 'rev-parse', 'origin/main'])
      ).trim(),
      FLOWKEEPER_NOTES_TOKEN: host.gitlab.token,
      GENESYS_READ_CLIENT_ID: 'flowkeeper',
      GENESYS_READ_CLIENT_SECRET: SAMPLE_CLIENT_SECRET,
    };
    for (const job of ['flowkeeper-validate', 'flowkeeper-plan']) {
      const { code, stderr } = await shell((jobs[job]?.script ?? []).join('\n'), env);
      expect([job, code, stderr]).toEqual([job, 0, '']);
    }
    expectComment();
    const report = await readFile(join(checkout, 'gl-code-quality-report.json'), 'utf8');
    expect(JSON.parse(report)).toEqual([]);
  });
});
