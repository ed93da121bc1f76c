import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PreparedRevert } from '../../src/app/prepare-revert.ts';
import { flowFile, flowPath } from '../support/desired-files.ts';
import { expectDocument } from '../support/document-schemas.ts';
import { git } from '../support/git-repository.ts';
import { ACME, IntegrationRig } from '../support/integration-rig.ts';
import { runRigCliWith } from '../support/run-cli.ts';

const PERSON = { GIT_AUTHOR_NAME: 'Oli Oncall', GIT_AUTHOR_EMAIL: 'oli@example.com' };
const COMMITTER = { GIT_COMMITTER_NAME: 'Oli Oncall', GIT_COMMITTER_EMAIL: 'oli@example.com' };
const { PATH = '' } = process.env;
const ENV = { PATH, ...PERSON, ...COMMITTER, GIT_CONFIG_GLOBAL: '/dev/null' };

type RevertEnd = Partial<PreparedRevert> & { readonly exitCode: number; readonly stderr: string };

/** Told in order. */
describe('revert', () => {
  let rig: IntegrationRig;
  let clone: string;

  beforeAll(async () => {
    rig = await IntegrationRig.start({ orgs: [{ flows: 4 }] });
    await rig.reconcile();
    clone = rig.repository.beside('clone');
    await git(['clone', '-q', rig.repository.path, clone]);
  });

  afterAll(() => rig.close());

  const pathOf = (nth: number): string => flowPath(ACME, rig.flows()[nth]!.id);
  const merge = (waits: Readonly<Record<number, number>>, message: string): Promise<string> =>
    rig.repository.commit(
      Object.fromEntries(
        Object.entries(waits).map(([nth, maxWaitTime]) => [
          pathOf(Number(nth)),
          flowFile(rig.flows()[Number(nth)]!, { routing: { maxWaitTime } }),
        ]),
      ),
      { message },
    );
  const show = (revision: string, path: string): Promise<string> =>
    git(['-C', clone, 'show', `${revision}:${path}`]);

  async function revert(what: string, ...more: readonly string[]): Promise<RevertEnd> {
    const argv = ['revert', what, '--folder', clone, '--output', 'json', ...more];
    const { exitCode, stdout, stderr } = await runRigCliWith(rig, ENV, ...argv);
    if (stdout === '') return { exitCode, stderr };
    const document = JSON.parse(stdout) as PreparedRevert;
    expectDocument('prepared-revert', document);
    return { exitCode, stderr, ...document };
  }

  test('makes the commit on a branch of its own, in the name of the person; nothing else moves', async () => {
    const path = pathOf(0);
    const before = await show('HEAD', path);
    const merged = await merge({ 0: 5 }, 'Let nobody wait');
    await writeFile(join(clone, path), 'half written');
    const head = await git(['-C', clone, 'rev-parse', 'HEAD']);

    const { exitCode, commit, flows, skipped } = await revert(rig.flows()[0]!.name);

    expect([exitCode, skipped]).toEqual([0, []]);
    expect(flows).toMatchObject([
      { file: path, fields: [{ path: '/routing/maxWaitTime', live: 5 }] },
    ]);
    expect(commit).toMatchObject({ parent: merged, subject: 'Revert "Let nobody wait"' });
    const { revision = '', branch = '' } = commit ?? {};
    expect(await show(branch, path)).toBe(before);
    expect(await git(['-C', clone, 'log', '-1', '--format=%an %cn %P', branch])).toBe(
      `Oli Oncall Oli Oncall ${merged}\n`,
    );
    expect(await git(['-C', clone, 'diff', '--name-only', merged, revision])).toBe(`${path}\n`);
    expect(await git(['-C', clone, 'rev-parse', 'HEAD'])).toBe(head);
    expect(await readFile(join(clone, path), 'utf8')).toBe('half written');
    expect(await rig.repository.head()).toBe(merged);
    const again = await revert(rig.flows()[0]!.name);
    expect([again.exitCode, again.stderr]).toEqual([1, expect.stringContaining('[git.failed]')]);
  });

  test('of a run: all that it brought, and what cannot be is told', async () => {
    await rig.reconcile();
    await merge({ 1: 6, 2: 7 }, 'Two at once');
    rig.org().edit(rig.flows()[3]!.id, { routing: { maxWaitTime: 8 } }, { by: 'Sam' });
    const { runId } = await rig.reconcile();

    const whole = await revert(runId);
    expect(whole.exitCode).toBe(2);
    expect(whole.flows?.map(({ file }) => file).toSorted()).toEqual(
      [pathOf(1), pathOf(2)].toSorted(),
    );
    expect(whole.skipped).toMatchObject([
      { file: pathOf(3), reason: expect.stringContaining('corrected drift') },
    ]);

    await merge({ 1: 9 }, 'And once more');
    const rest = await revert(runId, '--branch', 'mine');
    expect(rest).toMatchObject({ exitCode: 2, commit: { branch: 'mine' } });
    expect(rest.skipped).toContainEqual({
      name: rig.flows()[1]!.name,
      file: pathOf(1),
      reason: expect.stringMatching(/^it was changed again since \w{10}, last by \w{10}$/),
    });
  });

  test('pushed and merged it is a revert: what was before is live again', async () => {
    const { id, settings } = rig.flows()[0]!;
    const { commit } = await revert(id, '--branch', 'for-merge');
    await git(['-C', clone, 'push', '-q', 'origin', `${commit?.revision ?? ''}:main`]);
    await rig.reconcile();
    expect(rig.org().flow(id).settings['routing']).toEqual(settings['routing']);
    const record = (await rig.audit()).findLast(({ flowId }) => flowId === id);
    expect(record).toMatchObject({ event: 'flow.updated', details: { kind: 'revert' } });
  });

  test.each([
    { what: 'run-20260101T000000Z-abcdef', says: '[cli.usage]' },
    { what: 'Nobody', says: '[cli.unknown-flow]' },
  ])('$what: $says', async ({ what, says }) => {
    expect(await revert(what)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(says),
    });
  });
});
