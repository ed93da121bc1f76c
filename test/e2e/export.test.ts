import { cp, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectDocument } from '../support/document-schemas.ts';
import { ACME, E2eWorld } from '../support/e2e-world.ts';
import { git } from '../support/git-repository.ts';

const FLOWS = `desired-state/${ACME}/flows`;

/** Told in order: an org that git knows nothing of is taken over. */
describe('flowkeeper export', () => {
  let world: E2eWorld;
  let clone: string;

  beforeAll(async () => {
    world = await E2eWorld.start({ flows: 3 });
    const files = await world.repository.files();
    await world.repository.commit({
      ...Object.fromEntries([...files.keys()].map((path) => [path, null])),
      [`desired-state/${ACME}/policy.yaml`]: 'rate: { perFlow: 0s }\n',
    });
    clone = world.repository.beside('clone');
    await git(['clone', '-q', world.repository.path, clone]);
  });

  afterAll(() => world.close());

  const here = (text: string): string => text.replaceAll(clone, 'CLONE');

  test('tells what it would write, and then writes it', async () => {
    const dry = await world.run(['export', clone, '--dry-run', '--quiet']);
    expect([dry.code, dry.stderr]).toEqual([0, '']);
    expect(dry.stdout).toContain('acme  3 live flows: 3 files would be added, 0 would be updated');
    expect(await git(['-C', clone, 'status', '--porcelain'])).toBe('');

    const { code, stdout, stderr } = await world.run(['export', clone, '--quiet']);
    expect([code, stderr]).toEqual([0, '']);
    expect(here(stdout)).toBe(
      [
        'acme  3 live flows: 3 files added, 0 updated, 0 as they are',
        `  + ${FLOWS}/primary-architecture-flow.yaml`,
        `  + ${FLOWS}/sales-inbound-north-0001.yaml`,
        `  + ${FLOWS}/support-inbound-south-0002.yaml`,
        '  not described, and so left as the org has it:',
        '    /prompts of 3 flows',
        '    /recording of 2 flows',
        '    /routing/priority of 2 flows',
        '    (--all-blocks takes whole blocks in)',
        'next:',
        '  git -C CLONE diff',
        '  git -C CLONE add -A && git -C CLONE commit',
        '  flowkeeper plan',
        '',
      ].join('\n'),
    );
    expect(await readFile(join(clone, FLOWS, 'primary-architecture-flow.yaml'), 'utf8')).toBe(
      [
        '# yaml-language-server: $schema=../../../schemas/flow.schema.json',
        `flowId: ${world.idOf(0)}`,
        'name: Primary Architecture Flow',
        'settings:',
        '  routing:',
        '    type: longestAvailable',
        '    maxWaitTime: 300',
        '    scope: { type: org }',
        '  configurationMatrix:',
        '    parameter_01: { key: queue_affinity, value: true }',
        '    parameter_02: { key: max_concurrent_sessions, value: 50 }',
        '    parameter_03: { key: fallback_routing, value: overflow }',
        '  scopeDirectives:',
        '    applyTo: [queue, user, team]',
        '    enforceHierarchy: true',
        '',
      ].join('\n'),
    );
    // the policy that was there stays
    expect(await git(['-C', clone, 'diff', '--name-only'])).toBe('');
    expect(await world.requests('PATCH')).toEqual([]);
  });

  test('is valid, and once it is pushed the plan is empty', async () => {
    expect((await world.run(['validate', clone])).code).toBe(0);
    await git(['-C', clone, 'add', '-A']);
    const person = ['-c', 'user.name=Pat', '-c', 'user.email=pat@example.com'];
    await git(['-C', clone, ...person, 'commit', '-q', '-m', 'Describe the org as it is']);
    await git(['-C', clone, 'push', '-q']);
    const plan = await world.run(['plan']);
    expect([plan.code, plan.stdout]).toEqual([0, expect.stringContaining('3 flows in sync')]);
  });

  test('takes a hand edit over into the file, as a document for programs too', async () => {
    await world.edit(0, { routing: { maxWaitTime: 9 } });
    const { code, stdout } = await world.run(['export', clone, '--output', 'json']);
    expect(code).toBe(0);
    const document = JSON.parse(stdout) as object;
    expectDocument('export', document);
    expect(document).toMatchObject({
      orgs: [{ added: [], updated: [`${FLOWS}/primary-architecture-flow.yaml`], unchanged: 2 }],
    });
    const diff = await git(['-C', clone, 'diff', '-U0']);
    expect(diff.split('\n').filter((line) => /^[-+] /.test(line))).toEqual([
      '-    maxWaitTime: 300',
      '+    maxWaitTime: 9',
    ]);
  });

  test('refuses a repository that has no files to write to, and a folder that is not there', async () => {
    const bare = await world.run(['export']);
    expect([bare.code, bare.stdout]).toEqual([1, '']);
    expect(bare.stderr).toContain('has no files to write to [cli.usage]');
    const nowhere = await world.run(['export', join(clone, 'nowhere')]);
    expect([nowhere.code, nowhere.stderr]).toEqual([
      1,
      expect.stringContaining('there is no folder'),
    ]);
  });

  test('without a folder it writes to the work tree that the config watches', async () => {
    const tree = join(world.folder, 'tree');
    await mkdir(tree);
    await cp(clone, tree, { recursive: true });
    await rm(join(tree, FLOWS), { recursive: true });
    await world.configure({ source: { repository: tree } });
    const { code } = await world.run(['export']);
    expect(code).toBe(0);
    expect(await readFile(join(tree, FLOWS, 'primary-architecture-flow.yaml'), 'utf8')).toContain(
      'maxWaitTime: 9\n',
    );
  });
});
