import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  jest,
  test,
} from '@jest/globals';
import { requireBuild, runCli } from '../support/cli.ts';
import type { CliResult } from '../support/cli.ts';
import { ReviewHost } from '../support/review-host.ts';

jest.setTimeout(30_000);

describe('flowkeeper comment', () => {
  let host: ReviewHost;
  let folder: string;

  beforeAll(async () => {
    requireBuild();
    folder = await mkdtemp(join(tmpdir(), 'flowkeeper-e2e-'));
    await writeFile(join(folder, 'plan.md'), '### the plan\n');
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  beforeEach(async () => {
    host = await ReviewHost.start();
  });

  afterEach(() => host.close());

  const onGithub = (args: readonly string[] = [], env: object = {}): Promise<CliResult> =>
    runCli(['comment', 'plan.md', ...args], {
      cwd: folder,
      env: {
        GITHUB_ACTIONS: 'true',
        GITHUB_API_URL: host.github.api,
        GITHUB_REPOSITORY: 'acme/contact-centre',
        GITHUB_REF: 'refs/pull/7/merge',
        GITHUB_TOKEN: host.github.token,
        ...env,
      },
    });

  test('knows the pull request from the environment of GitHub Actions', async () => {
    const url = 'https://github.example/acme/contact-centre/pull/7#issuecomment-1';
    const first = await onGithub();
    expect([first.code, first.stdout, first.stderr]).toEqual([0, `comment created: ${url}\n`, '']);
    expect((await onGithub()).stdout).toBe('comment unchanged: ' + url + '\n');
    expect(host.comments).toMatchObject([{ body: '<!-- flowkeeper: plan -->\n### the plan\n' }]);
  });

  test('knows the merge request from the environment of GitLab CI', async () => {
    const env = {
      GITLAB_CI: 'true',
      CI_API_V4_URL: host.gitlab.api,
      CI_PROJECT_ID: 'acme/contact-centre',
      CI_MERGE_REQUEST_IID: '7',
      GITLAB_TOKEN: host.gitlab.token,
    };
    const { code, stdout } = await runCli(['comment', 'plan.md'], { cwd: folder, env });
    expect([code, stdout]).toEqual([0, 'comment created\n']);
  });

  test('takes all of it from flags as well', async () => {
    const args = ['--host', 'github', '--api', host.github.api, '--number', '7'];
    const { code } = await runCli(
      ['comment', 'plan.md', ...args, '--repository', 'acme/contact-centre', '--name', 'nightly'],
      { cwd: folder, env: { GITHUB_TOKEN: host.github.token } },
    );
    expect(code).toBe(0);
    expect(host.comments[0]?.body).toMatch(/^<!-- flowkeeper: nightly -->\n/);
  });

  test('does not fail the job when it cannot report, unless it is asked to', async () => {
    const denied = { GITHUB_TOKEN: 'not-the-token' };
    const { code, stdout, stderr } = await onGithub([], denied);
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toBe(
      'flowkeeper: no comment was written: GET of the comments was answered 401: Bad credentials\n',
    );
    expect((await onGithub(['--strict'], denied)).code).toBe(1);

    const none = { GITHUB_TOKEN: '' };
    const fork = await onGithub([], none);
    expect([fork.code, fork.stderr]).toEqual([
      0,
      'flowkeeper: no comment was written: there is no GITHUB_TOKEN in the environment\n',
    ]);
    expect((await onGithub(['--strict'], none)).code).toBe(1);
  });

  test.each([
    { name: 'no CI system', env: { GITHUB_ACTIONS: '' }, says: '--host github or gitlab' },
    { name: 'no pull request', env: { GITHUB_REF: 'refs/heads/main' }, says: '--number' },
    {
      name: 'an API that others could listen to',
      env: { GITHUB_API_URL: 'http://api.example' },
      says: 'is no https URL',
    },
  ])('$name: says what is missing', async ({ env, says }) => {
    const { code, stderr } = await onGithub([], env);
    expect(code).toBe(1);
    expect(stderr).toContain(says);
    expect(stderr).toContain('[cli.usage]');
    expect(host.calls).toEqual([]);
  });

  test('a name that would end its mark is refused', async () => {
    const { code, stderr } = await onGithub(['--name', '--> # all clear']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('[cli.usage]')]);
  });

  test('a file that is not there, and one that is empty', async () => {
    await writeFile(join(folder, 'empty.md'), ' \n');
    const env = { GITHUB_ACTIONS: 'true' };
    const missing = await runCli(['comment', 'nowhere.md'], { cwd: folder, env });
    expect(missing.stderr).toMatch(/nowhere\.md cannot be read: .* \[cli\.usage\]/);
    const empty = await runCli(['comment', 'empty.md'], { cwd: folder, env });
    expect(empty.stderr).toContain('empty.md is empty [cli.usage]');
  });
});
