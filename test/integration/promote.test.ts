import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import type { Promoted } from '../../src/app/promote-flow.ts';
import { expectDocument } from '../support/document-schemas.ts';
import { runProgramHere } from '../support/run-cli.ts';

const DEV_ID = '0b1e5f0c-3c1c-4a52-9a0e-0f6b3e1f2a11';
const PROD_ID = '1c2f6a1d-4d2d-4b63-8b1f-1a7c4f2a3b22';
const FLOW_IN_DEV = 'a1b2c3d4-e5f6-4890-abcd-000000000001';
const FLOW_IN_PROD = 'a1b2c3d4-e5f6-4890-abcd-000000000002';
const DEV = 'desired-state/dev/flows/support.yaml';
const PROD = 'desired-state/prod/flows/support.yaml';

/** No org and no git is asked: there is none. */
describe('promote', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'flowkeeper-promote-'));
    const org = (orgId: string): object => ({
      backend: 'architect-settings',
      environment: 'http://127.0.0.1:9',
      orgId,
      clientId: 'c',
      clientSecret: 'not-a-secret',
    });
    const config = {
      source: { repository: 'https://git.example.com/acme/none.git' },
      orgs: { dev: org(DEV_ID), prod: org(PROD_ID) },
    };
    await writeFile(join(folder, 'flowkeeper.yaml'), stringify(config));
    await put(
      DEV,
      [
        `flowId: ${FLOW_IN_DEV}`,
        'name: Customer Support # as the editor has it',
        'settings:',
        '  routing:',
        '    maxWaitTime: 300 # tried in dev',
        `    scope: { type: org, id: ${DEV_ID} }`,
        '  configurationMatrix:',
        '    parameter_01: { key: queue_affinity, value: true }',
        '',
      ].join('\n'),
    );
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function put(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }

  const textOf = (path: string): Promise<string> => readFile(join(folder, path), 'utf8');

  async function promote(...argv: readonly string[]) {
    const config = ['--config', join(folder, 'flowkeeper.yaml'), '--folder', folder];
    const orgs = ['--from', 'dev', '--to', 'prod'];
    const line = ['promote', 'Customer Support', ...orgs, ...config, '--output', 'json', ...argv];
    const { exitCode, stdout, stderr } = await runProgramHere(line);
    if (stdout === '') return { exitCode, stderr };
    const document = JSON.parse(stdout) as Promoted;
    expectDocument('promoted', document);
    return { exitCode, ...document };
  }

  test('edits the file with the same path, field by field; its comments and what only it declares stay', async () => {
    await put(
      PROD,
      [
        '# prod is on call: ask before',
        `flowId: ${FLOW_IN_PROD}`,
        'settings:',
        '  routing:',
        '    type: longestAvailable # only here',
        '    maxWaitTime: 600 # agreed with wfm',
        '',
      ].join('\n'),
    );
    expect(await promote()).toMatchObject({
      exitCode: 0,
      isNew: false,
      to: { org: 'prod', file: PROD },
      fields: [
        { path: '/configurationMatrix/parameter_01/key', desired: 'queue_affinity' },
        { path: '/configurationMatrix/parameter_01/value', desired: true },
        { path: '/routing/maxWaitTime', live: 600, desired: 300 },
        { path: '/routing/scope/id', desired: PROD_ID },
        { path: '/routing/scope/type', desired: 'org' },
      ],
      kept: ['/routing/type'],
    });
    const text = await textOf(PROD);
    expect(text).toMatch(/^# prod is on call: ask before\nflowId: .*0002\n/);
    expect(text).toContain('    type: longestAvailable # only here\n');
    expect(text).toContain('    maxWaitTime: 300 # agreed with wfm\n');
    expect(text).not.toContain(DEV_ID);
    expect(await promote()).toMatchObject({ exitCode: 0, fields: [] });
    expect(await textOf(PROD)).toBe(text);
  });

  test('what the other org leaves to others is left alone', async () => {
    const ignore = [{ path: '/routing', reason: 'tuned live' }];
    const settings = { routing: { maxWaitTime: 1 } };
    await put(PROD, stringify({ flowId: FLOW_IN_PROD, settings, ignore }));
    const { fields } = (await promote()) as Promoted;
    expect(fields.map(({ path }) => path)).toEqual([
      '/configurationMatrix/parameter_01/key',
      '/configurationMatrix/parameter_01/value',
    ]);
  });

  test('a file elsewhere that has the same name is the flow’s', async () => {
    const elsewhere = 'desired-state/prod/flows/emea/hotline.yaml';
    const settings = { routing: { maxWaitTime: 1 } };
    await put(elsewhere, stringify({ flowId: FLOW_IN_PROD, name: 'Customer Support', settings }));
    expect(await promote()).toMatchObject({ isNew: false, to: { file: elsewhere } });
  });

  test('where there is none it makes one, which knows the flow by its name', async () => {
    await put('desired-state/prod/policy.yaml', 'mode: report\n');
    expect(await promote()).toMatchObject({ exitCode: 0, isNew: true, to: { file: PROD } });
    const text = await textOf(PROD);
    expect(text).toMatch(/^name: Customer Support # as the editor has it\n/);
    expect(text).toContain('    maxWaitTime: 300 # tried in dev\n');
    expect(text).toContain(PROD_ID);
    expect(text).not.toContain(DEV_ID);
  });

  test.each([
    { name: 'one org alone', argv: ['--to', 'dev'], says: 'the same org' },
    { name: 'an org that the config has not', argv: ['--to', 'test'], says: 'no org test' },
  ])('$name is refused', async ({ argv, says }) => {
    expect(await promote(...argv)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(says),
    });
  });

  test('a file with faults is mended first', async () => {
    await put(PROD, 'settings: 7\n');
    expect(await promote()).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('has faults'),
    });
  });
});
