import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { SAMPLE_CLIENT_SECRET, SAMPLE_ORG_ID, seedOrg } from '../../src/simulator/seed.ts';
import { CliProcess, requireBuild, runCli } from '../support/cli.ts';
import type { CliResult } from '../support/cli.ts';
import { git, GitRepository } from '../support/git-repository.ts';
import { ReviewHost } from '../support/review-host.ts';

jest.setTimeout(60_000);

const FLOWS = 12;
const ORG = 'acme';

/** One team, told in order: adoption, a pull request, its merge, a hand edit and the answer to it, a revert, the audit. */
describe('a day of a team', () => {
  const flows = [...(seedOrg({ flows: FLOWS }).flows ?? [])];
  const [edited, changed] = [flows[1]!, flows[2]!];
  let folder: string;
  let clone: string;
  let remote: GitRepository;
  let host: ReviewHost;
  let simulator: CliProcess;
  let url: string;

  beforeAll(async () => {
    requireBuild();
    simulator = new CliProcess(['simulate', '--port', '0', '--flows', String(FLOWS)]);
    [, url = ''] = await simulator.says(/simulated org at (http:\S+)/);
    remote = await GitRepository.create();
    host = await ReviewHost.start();
    folder = await mkdtemp(join(tmpdir(), 'flowkeeper-day-'));
    clone = join(folder, 'contact-centre');
    await git(['clone', '-q', remote.path, clone]);
  });

  afterAll(async () => {
    await simulator.stop();
    await host.close();
    await remote.remove();
    await rm(folder, { recursive: true, force: true });
  });

  const person = { NAME: 'Pat Platform', EMAIL: 'pat@example.com' };
  const env = {
    ACME_SECRET: SAMPLE_CLIENT_SECRET,
    GIT_CONFIG_GLOBAL: '/dev/null',
    ...Object.fromEntries(
      ['AUTHOR', 'COMMITTER'].flatMap((role) =>
        Object.entries(person).map(([key, value]) => [`GIT_${role}_${key}`, value]),
      ),
    ),
  };

  /** Ends with this code. */
  async function run(code: number, ...args: readonly string[]): Promise<string> {
    const end: CliResult = await runCli(args, { cwd: folder, env });
    expect([args[0], end.code, end.code === code ? '' : end.stderr + end.stdout]).toEqual([
      args[0],
      code,
      '',
    ]);
    return end.stdout;
  }

  const inClone = (...args: readonly string[]): Promise<string> =>
    git(['-C', clone, '-c', 'user.name=Pat Platform', '-c', 'user.email=pat@example.com', ...args]);

  async function commit(message: string): Promise<string> {
    await inClone('add', '-A');
    await inClone('commit', '-q', '-m', message);
    return (await inClone('rev-parse', 'HEAD')).trim();
  }

  async function control(name: string, body: object): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}/_simulator/${name}`, {
      ...{ method: 'POST', headers },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBeLessThan(300);
  }

  const edit = (flowId: string, maxWaitTime: number): Promise<void> =>
    control('edit', { flowId, by: 'Sam Supervisor', settings: { routing: { maxWaitTime } } });

  async function patches(): Promise<number> {
    const answer = await fetch(`${url}/_simulator/requests`);
    const { requests } = (await answer.json()) as { readonly requests: { method: string }[] };
    return requests.filter(({ method }) => method === 'PATCH').length;
  }

  /** The file that describes a flow, from the clone's folder on. */
  async function fileOf(flowId: string): Promise<string> {
    const directory = `desired-state/${ORG}/flows`;
    for (const name of await readdir(join(clone, directory)))
      if ((await readFile(join(clone, directory, name), 'utf8')).includes(flowId))
        return `${directory}/${name}`;
    throw new Error(`no file describes ${flowId}`);
  }

  async function replaceIn(file: string, pattern: RegExp, by: string): Promise<void> {
    const text = await readFile(join(clone, file), 'utf8');
    expect(text).toMatch(pattern);
    await writeFile(join(clone, file), text.replace(pattern, by));
  }

  test('adoption: init, export, and a plan that is empty', async () => {
    const flags = [
      ...['--repository', remote.path, '--org', ORG, '--environment', url, '--folder', clone],
      ...['--org-id', SAMPLE_ORG_ID, '--client-id', 'flowkeeper'],
      ...['--client-secret-env', 'ACME_SECRET'],
    ];
    expect(await run(0, 'init', ...flags)).toContain('flowkeeper.yaml written');
    expect(await run(0, 'export', clone)).toContain(`${String(FLOWS)} live flows`);
    await commit('Describe acme as it is');
    await inClone('push', '-q', 'origin', 'HEAD:main');
    expect(await run(0, 'plan')).toContain(`${String(FLOWS)} flows in sync`);
  });

  test('mode report: what somebody edits is told, and nothing is written', async () => {
    await edit(edited.id, 45);
    expect(await run(2, 'reconcile')).toContain('1 ');
    expect(await run(2, 'status')).toContain('Drifted');
    expect(await patches()).toBe(0);
  });

  test('pull request: what merging would change live, as one comment on GitHub and on GitLab', async () => {
    await inClone('checkout', '-q', '-b', 'feature');
    await replaceIn(`desired-state/${ORG}/policy.yaml`, /^mode: report/m, 'mode: enforce');
    await replaceIn(await fileOf(changed.id), /maxWaitTime: \d+/, 'maxWaitTime: 77');
    await commit('Enforce, and let nobody wait longer than 77 seconds');
    await inClone('push', '-q', 'origin', 'feature');
    await run(0, 'validate', clone);
    const asked = ['--base', 'main', '--revision', 'feature', '--output', 'markdown'];
    const plan = await run(2, 'plan', ...asked);
    expect(plan).toContain('/routing/maxWaitTime');
    expect(plan).toContain('/mode');
    await writeFile(join(folder, 'plan.md'), plan);
    const comment = (name: 'github' | 'gitlab') =>
      runCli(
        [
          'comment',
          'plan.md',
          '--host',
          name,
          '--api',
          host[name].api,
          '--number',
          '7',
          '--repository',
          'acme/contact-centre',
        ],
        { cwd: folder, env: { [`${name.toUpperCase()}_TOKEN`]: host[name].token } },
      );
    expect((await comment('github')).stdout).toMatch(/^comment created/);
    expect((await comment('github')).stdout).toMatch(/^comment unchanged/);
    expect((await comment('gitlab')).stdout).toMatch(/^comment /);
    expect(host.comments[0]?.body).toContain('77');
    expect(await patches()).toBe(0);
  });

  test('merge: not known before a run, applied after it, and both flows as git says', async () => {
    await inClone('checkout', '-q', '-B', 'main', 'origin/main');
    await inClone('merge', '-q', '--no-ff', '-m', 'Merge pull request #7', 'feature');
    await inClone('push', '-q', 'origin', 'main');
    const revision = (await inClone('rev-parse', 'HEAD')).trim();
    expect(await run(5, 'wait', revision, '--timeout', '0s')).toContain('not yet');
    await run(0, 'reconcile');
    expect(await run(0, 'wait', revision, '--timeout', '0s')).toContain('applied');
    const watch = new CliProcess(['status', '--watch'], { cwd: folder, env });
    await watch.says(/^acme {2}Ready {2}12 InSync\n/);
    expect((await watch.stop()).code).toBe(0);
    expect(await patches()).toBe(2);
  });

  test('a hand edit: the report tells it, and the answer that it names takes it over', async () => {
    await edit(changed.id, 88);
    const html = await run(2, 'report', '--output', 'html');
    expect(html).toContain('Sam Supervisor');
    const [answer = ''] = /flowkeeper accept [^<]*/.exec(html) ?? [];
    expect(answer).toContain(changed.id);
    const words = answer.split(' ').slice(1);
    expect(await run(0, ...words, '--folder', clone)).toContain('77 -> 88');
    await commit('Keep what Sam set');
    await inClone('push', '-q', 'origin', 'main');
    await run(0, 'reconcile');
    expect(await run(0, 'report')).toContain('**0 of 12 live flows differ**');
    expect(await patches()).toBe(2);
  });

  test('on call: the revert is a commit that a person pushes, and its run restores what was live', async () => {
    const file = await fileOf(changed.id);
    const made = await run(0, 'revert', changed.id, '--folder', clone);
    const [, branch = ''] = /push -u origin (\S+)/.exec(made) ?? [];
    expect(made).toContain('/routing/maxWaitTime: 88 -> 77');
    expect(await inClone('rev-parse', 'HEAD')).toBe(await inClone('rev-parse', 'origin/main'));
    await inClone('push', '-q', 'origin', `${branch}:main`);
    await run(0, 'reconcile');
    const live = (await (
      await fetch(`${url}/_simulator/state?flowId=${changed.id}`)
    ).json()) as object;
    expect(JSON.stringify(live)).toContain('"maxWaitTime":77');
    expect(await inClone('show', `${branch}:${file}`)).toContain('maxWaitTime: 77');
    const history = await run(0, 'history', changed.id);
    expect(history).toContain('/routing/maxWaitTime: 88 → 77');
  });

  test('the auditor: the chain is whole, its export has a proof, and an hour of the day can be seen again', async () => {
    expect(await run(0, 'audit', 'verify')).toContain('every record is as it was written');
    const argv = ['--from', '2020-01-01', '--to', 'now', '--proof', 'proof.json'];
    const lines = (await run(0, 'audit', 'export', ...argv)).trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    const proof = JSON.parse(await readFile(join(folder, 'proof.json'), 'utf8')) as object;
    expect(proof).toMatchObject({ orgs: [{ records: 3, isWhole: true }] });
    expect(await run(0, 'diff', changed.id, '--at', 'now')).toContain('InSync');
  });

  test('nobody but a person ever pushed to the watched branch', async () => {
    const authors = await remote.run('log', '--format=%an', 'main');
    expect(new Set(authors.trim().split('\n'))).toEqual(new Set(['Pat Platform']));
  });
});
