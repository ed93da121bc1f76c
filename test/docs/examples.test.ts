import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { loadConfigFile } from '../../src/app/load-config-file.ts';
import { makeSimulatedOrg } from '../../src/app/simulate-org.ts';
import { checkFolder } from '../../src/app/validate-files.ts';

const MINIMAL = fileURLToPath(new URL('../../examples/minimal', import.meta.url));
const ENV = { GENESYS_CLIENT_ID: 'flowkeeper', GENESYS_CLIENT_SECRET: 'a-secret' };

describe('examples/minimal', () => {
  test('describes an org without faults', async () => {
    const { result } = await checkFolder(`${MINIMAL}/contact-centre`);
    expect(result.diagnostics).toEqual([]);
    expect(result.orgs).toEqual([{ name: 'acme-demo', flows: 2 }]);
  });

  test('has a config that loads once the environment has its credentials', async () => {
    const config = await loadConfigFile(`${MINIMAL}/controller/flowkeeper.yaml`, ENV);
    expect(config.orgs.map(({ name, clientSecret }) => [name, clientSecret])).toEqual([
      ['acme-demo', 'a-secret'],
    ]);
    await expect(loadConfigFile(`${MINIMAL}/controller/flowkeeper.yaml`, {})).rejects.toMatchObject(
      { code: 'config.invalid' },
    );
  });

  test('can be simulated, with the queues that its flows require', async () => {
    const org = await makeSimulatedOrg({
      orgId: '0b1e5f0c-3c1c-4a52-9a0e-0f6b3e1f2a11',
      clientId: 'c',
      clientSecret: 's',
      flows: 0,
      from: `${MINIMAL}/contact-centre/desired-state/acme-demo`,
    });
    const names = [...(org.flows ?? [])].map(({ name }) => name);
    expect(names.sort()).toEqual(['Customer Support', 'Support Overflow']);
    expect(org.queues).toContain('Support');
  });
});
