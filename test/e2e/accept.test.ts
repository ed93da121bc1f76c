import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { expectDocument } from '../support/document-schemas.ts';
import { ACME, E2eWorld } from '../support/e2e-world.ts';
import { git } from '../support/git-repository.ts';

const FILE = `desired-state/${ACME}/flows/primary.yaml`;
const BASE = 'desired-state/_shared/wait.yaml';

/** Told in order: drift of one flow, and the two answers to it that are not a correction. */
describe('flowkeeper accept and ignore', () => {
  let world: E2eWorld;
  let tree: string;

  beforeAll(async () => {
    world = await E2eWorld.start({ flows: 2 });
    tree = world.repository.beside('tree');
    await git(['clone', '-q', world.repository.path, tree]);
    await git(['-C', tree, 'rm', '-q', '-r', `desired-state/${ACME}/flows`]);
    await write(BASE, 'settings: { routing: { maxWaitTime: 300 } } # for all\n');
    await write(
      FILE,
      [
        '# the flow that every call meets first',
        `flowId: ${world.idOf(0)}`,
        'extends: ../../_shared/wait.yaml',
        'settings:',
        '  configurationMatrix:',
        '    parameter_02: { key: max_concurrent_sessions, value: 50 } # agreed with wfm',
        '',
      ].join('\n'),
    );
    await world.edit(0, {
      routing: { maxWaitTime: 45 },
      configurationMatrix: { parameter_02: { value: 12 } },
    });
  });

  afterAll(() => world.close());

  async function write(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(tree, path)), { recursive: true });
    await writeFile(join(tree, path), text);
  }

  const textOf = (path: string): Promise<string> => readFile(join(tree, path), 'utf8');
  const run = (...args: readonly string[]) => world.run([...args, '--folder', tree]);

  test('ignore prints the entries that leave the fields to others until a date', async () => {
    const { code, stdout, stderr } = await run(
      'ignore',
      world.idOf(0),
      '--reason',
      'tuned: live',
      '--until',
      '2026-12-31',
    );
    expect([code, stderr]).toEqual([0, `${FILE}, at its end:\n`]);
    expect(stdout).toBe(
      [
        'ignore:',
        '  - { path: "/configurationMatrix/parameter_02/value", reason: "tuned: live", until: "2026-12-31" }',
        '  - { path: "/routing/maxWaitTime", reason: "tuned: live", until: "2026-12-31" }',
        '',
      ].join('\n'),
    );
    const before = await textOf(FILE);
    await write(FILE, before + stdout);
    expect((await world.run(['validate', tree])).code).toBe(0);
    expect((await run('accept', world.idOf(0))).stdout).toContain('it is as');
    await write(FILE, before);
  });

  test('accept takes over one field, and keeps its comment', async () => {
    const field = '/configurationMatrix/parameter_02/value';
    const { code, stdout } = await run('accept', FILE, '--field', field);
    expect([code, stdout]).toEqual([0, expect.stringContaining(`  ${field}: 50 -> 12\n`)]);
    expect(await textOf(FILE)).toContain(
      '{ key: max_concurrent_sessions, value: 12 } # agreed with wfm\n',
    );
    expect(await textOf(FILE)).not.toContain('maxWaitTime');
  });

  test('accept declares anew what a base declares, in the flow’s own file', async () => {
    const { code, stdout } = await run('accept', world.idOf(0).toUpperCase(), '--output', 'json');
    expect(code).toBe(0);
    const document = JSON.parse(stdout) as object;
    expectDocument('accepted', document);
    expect(document).toMatchObject({
      name: 'Primary Architecture Flow',
      fields: [{ path: '/routing/maxWaitTime', desired: 300, live: 45 }],
    });
    expect(await textOf(BASE)).toContain('maxWaitTime: 300');
    expect(parse(await textOf(FILE))).toMatchObject({ settings: { routing: { maxWaitTime: 45 } } });
    expect(await textOf(FILE)).toMatch(/^# the flow that every call meets first\n/);
  });

  test('then it is as its file says', async () => {
    const { code, stdout } = await run('accept', world.idOf(0));
    expect([code, stdout]).toEqual([0, expect.stringContaining(`it is as ${FILE} says`)]);
    const ignored = await run('ignore', world.idOf(0));
    expect([ignored.code, ignored.stdout]).toEqual([0, '']);
    expect(await world.requests('PATCH')).toEqual([]);
  });

  test('a file that others extend is edited, and that they change with it is told', async () => {
    const other = `desired-state/${ACME}/flows/second.yaml`;
    await write(other, `flowId: ${world.idOf(1)}\nextends: primary.yaml\n`);
    await world.edit(0, { routing: { maxWaitTime: 46 } });
    const { code, stdout } = await run('accept', world.idOf(0));
    expect([code, stdout]).toEqual([0, expect.stringContaining(`! 1 file extends ${FILE}`)]);
    expect(stdout).toContain(`    ${other}\n`);
  });

  test('a field that does not differ, and a flow that no file describes', async () => {
    const field = await run('accept', world.idOf(0), '--field', '/routing/type');
    expect([field.code, field.stderr]).toEqual([1, expect.stringContaining('[cli.usage]')]);
    const flow = await run('accept', 'Nobody');
    expect([flow.code, flow.stderr]).toEqual([1, expect.stringContaining('[cli.unknown-flow]')]);
  });
});
