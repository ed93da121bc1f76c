import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { parse } from 'yaml';
import { PROJECT, requireBuild, runCli } from '../support/cli.ts';
import { expectDocument } from '../support/document-schemas.ts';

jest.setTimeout(30_000);

const SAMPLE = join(PROJECT, 'desired-state');

describe('flowkeeper validate', () => {
  let folder: string;

  beforeAll(requireBuild);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'flowkeeper-e2e-'));
    await cp(SAMPLE, join(folder, 'desired-state'), { recursive: true });
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  const fileOf = (name: string): string => join(folder, 'desired-state', name);

  test('the repository’s own desired state has no faults: 0', async () => {
    const { code, stdout, stderr } = await runCli(['validate']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toBe('6 flow files of 1 org checked in desired-state: no faults\n');
  });

  test('takes the repository, or the folder of orgs itself', async () => {
    const { stdout } = await runCli(['validate', folder]);
    expect((await runCli(['validate', join(folder, 'desired-state')])).stdout).toBe(stdout);
    expect((await runCli(['validate'], { cwd: folder })).stdout).toBe(stdout);
  });

  test('a broken copy: 3, with every fault at its line, in each form', async () => {
    const primary = fileOf('acme-demo/flows/primary.yaml');
    const text = await readFile(primary, 'utf8');
    await writeFile(primary, text.replace('maxWaitTime: 600', 'maxWaitTime: soon'));
    await writeFile(fileOf('acme-demo/policy.yaml'), 'mode: enforce\nmassChanges: {}\n');
    const line = text.split('\n').findIndex((each) => each.includes('maxWaitTime: 600')) + 1;
    const column = (text.split('\n')[line - 1]?.indexOf('600') ?? 0) + 1;

    const { code, stdout, stderr } = await runCli(['validate', folder]);
    expect([code, stderr]).toEqual([3, '']);
    const places = stdout.split('\n').filter((each) => /^desired-state\/.*:\d+:\d+/.test(each));
    expect(places.map((each) => each.split(' ')[0])).toEqual([
      `desired-state/acme-demo/flows/primary.yaml:${String(line)}:${String(column)}:`,
      'desired-state/acme-demo/policy.yaml:2:1:',
    ]);
    expect(stdout).toContain('massChange');
    expect(stdout).toMatch(/2 faults\n$/);

    const json = await runCli(['validate', folder, '--output', 'json']);
    expect(json.code).toBe(3);
    const document = JSON.parse(json.stdout) as object;
    expectDocument('validation', document);
    expect(document).toMatchObject({
      diagnostics: [
        { line: 2, column: 1, code: 'schema.unknown-key' },
        { line, column, code: 'schema.violation' },
      ],
    });
    const yaml = await runCli(['validate', folder, '--output', 'yaml']);
    expect(parse(yaml.stdout)).toEqual(document);
  });

  test('as reports of CI systems, with paths from the folder in which it ran', async () => {
    const primary = fileOf('acme-demo/flows/primary.yaml');
    const text = await readFile(primary, 'utf8');
    await writeFile(primary, text.replace('maxWaitTime: 600', 'maxWaitTime: soon'));
    const report = async (output: string, cwd = folder): Promise<string> => {
      const args = ['validate', ...(cwd === folder ? [] : ['checkout']), '--output', output];
      const { code, stdout, stderr } = await runCli(args, { cwd });
      expect([code, stderr]).toEqual([3, '']);
      return stdout;
    };
    expect(await report('github')).toBe(
      '::error file=desired-state/acme-demo/flows/primary.yaml,line=8,col=18,' +
        'title=flowkeeper schema.violation::' +
        '`settings.routing.maxWaitTime` must be a whole number or null; it is the text "soon"\n' +
        '6 flow files of 1 org checked in desired-state: 1 fault\n',
    );
    expect(JSON.parse(await report('gitlab'))).toMatchObject([
      { location: { path: 'desired-state/acme-demo/flows/primary.yaml', lines: { begin: 8 } } },
    ]);
    expect(await report('junit')).toContain('<testsuite name="acme-demo" tests="7" failures="1"');
    expect(JSON.parse(await report('sarif'))).toMatchObject({
      version: '2.1.0',
      runs: [{ results: [{ ruleId: 'schema.violation' }] }],
    });

    const above = await mkdtemp(join(tmpdir(), 'flowkeeper-e2e-'));
    await cp(folder, join(above, 'checkout'), { recursive: true });
    expect(await report('github', above)).toContain('file=checkout/desired-state/acme-demo/');
    await rm(above, { recursive: true });
  });

  test('a fault of a shared base is told once', async () => {
    await writeFile(fileOf('_shared/ivr.yaml'), 'settings: { routing: { type: 7 } }\n');
    const { code, stdout } = await runCli(['validate', folder]);
    expect(code).toBe(3);
    expect(stdout.match(/_shared\/ivr\.yaml:1:\d+: /g)).toHaveLength(1);
  });

  test('a folder that is not there: 1', async () => {
    const { code, stderr } = await runCli(['validate', join(folder, 'nowhere')]);
    expect(code).toBe(1);
    expect(stderr).toContain('[cli.usage]');
  });

  test('a folder without any org is not "no faults"', async () => {
    await rm(fileOf('acme-demo'), { recursive: true });
    await rm(fileOf('_shared'), { recursive: true });
    await writeFile(fileOf('README.md'), 'Nothing here yet.\n');
    const { code, stdout, stderr } = await runCli(['validate', folder]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('[cli.usage]');
  });
});
