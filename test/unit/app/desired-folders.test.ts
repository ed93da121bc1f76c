import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { makeSimulatedOrg } from '../../../src/app/simulate-org.ts';
import { checkFolder } from '../../../src/app/validate-files.ts';

const FLOW = `flowId: a1b2c3d4-e5f6-7890-abcd-ef1234567890
name: Primary
settings: { routing: { maxWaitTime: 600, type: null } }
`;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flowkeeper-folders-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function put(path: string, text: string): Promise<void> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

describe('checkFolder', () => {
  test.each([
    { name: 'an empty folder', file: undefined },
    { name: 'a folder whose YAML is no desired state', file: 'charts/values.yaml' },
  ])('refuses $name: a check of nothing must not pass', async ({ file }) => {
    if (file !== undefined) await put(file, 'a: 1\n');

    await expect(checkFolder(folder)).rejects.toMatchObject({
      code: 'cli.usage',
      message: `${folder} is no desired state: no folder in it has flows/ or policy.yaml`,
    });
  });

  test.each([
    { name: 'a repository', path: '.', at: 'desired-state/acme/flows/a.yaml' },
    { name: 'the folder of orgs itself', path: 'orgs', at: 'orgs/acme/flows/a.yaml' },
  ])('takes $name', async ({ path, at }) => {
    await put(at, FLOW);

    const { orgs, diagnostics } = (await checkFolder(join(folder, path))).result;

    expect(diagnostics).toEqual([]);
    expect(orgs).toEqual([{ name: 'acme', flows: 1 }]);
  });
});

describe('makeSimulatedOrg from a folder', () => {
  const simulated = async (org: string): Promise<readonly unknown[]> => {
    const made = await makeSimulatedOrg({
      orgId: '0b1e5f0c-3c1c-4a52-9a0e-0f6b3e1f2a11',
      clientId: 'client',
      clientSecret: 'secret',
      flows: 0,
      from: join(folder, 'desired-state', org),
    });
    return [...(made.flows ?? [])];
  };

  test('has the flows as they are described, without what is declared absent', async () => {
    await put('desired-state/acme/flows/a.yaml', FLOW);

    expect(await simulated('acme')).toEqual([
      expect.objectContaining({
        id: 'a1b2c3d4-e5f6-7890-abcd-ef1234567890',
        name: 'Primary',
        settings: { routing: { maxWaitTime: 600 } },
      }),
    ]);
  });

  test('gives a flow that git knows by its name alone an id, the same each time', async () => {
    await put('desired-state/acme/flows/a.yaml', 'name: Primary\n');

    const [flow] = await simulated('acme');

    expect(flow).toEqual((await simulated('acme'))[0]);
    expect(flow).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      name: 'Primary',
    });
  });

  test('refuses a folder that is no org, so that a slip does not pass for an empty org', async () => {
    await put('desired-state/acme/flows/a.yaml', FLOW);

    await expect(simulated('amce')).rejects.toMatchObject({ code: 'cli.usage' });
  });

  test('refuses files with faults, and tells them', async () => {
    await put('desired-state/acme/flows/a.yaml', FLOW);
    await put('desired-state/acme/flows/b.yaml', 'nmae: B\n');

    await expect(simulated('acme')).rejects.toMatchObject({
      code: 'desired.invalid',
      details: {
        diagnostics: expect.arrayContaining([
          expect.objectContaining({
            file: 'desired-state/acme/flows/b.yaml',
            code: 'schema.unknown-key',
          }),
        ]),
      },
    });
  });
});
