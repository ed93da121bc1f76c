import { connect } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { SimulatorOptions } from '../../../src/simulator/options.ts';
import {
  SAMPLE_CLIENT_ID,
  SAMPLE_CLIENT_SECRET,
  SAMPLE_FLOW_ID,
  SAMPLE_ORG_ID,
  seedFlows,
  seedOrg,
} from '../../../src/simulator/seed.ts';
import { startSimulator } from '../../../src/simulator/simulator.ts';
import {
  CLIENT,
  Caller,
  ManualTime,
  ORG,
  OTHER_ORG,
  Simulators,
  anOrg,
  flowId,
  until,
} from './support.ts';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

describe('startSimulator', () => {
  test('serves the sample org on a free port of this machine when told nothing', async () => {
    const simulator = await startSimulator();
    try {
      expect(simulator.url).toBe(`http://127.0.0.1:${String(simulator.port)}`);
      expect(simulator.orgIds).toEqual([SAMPLE_ORG_ID]);
      const client = { id: SAMPLE_CLIENT_ID, secret: SAMPLE_CLIENT_SECRET };
      const api = await new Caller(simulator.url).logIn(client);
      expect((await api.list()).json.total).toBe(25);
      const sample = await api.ask(`/api/v2/architect/flows/${SAMPLE_FLOW_ID}`);
      expect(sample.json).toMatchObject({ name: 'Primary Architecture Flow' });
    } finally {
      await simulator.close();
    }
  });

  test('says when the port is taken', async () => {
    const { port } = await simulators.start();
    await expect(startSimulator({ port, orgs: [] })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  const twice = { orgId: OTHER_ORG, clients: [CLIENT] };
  test.each<{ name: string; options: object; says: string }>([
    { name: 'an unknown option', options: { latency: 5 }, says: '"latency"' },
    { name: 'a port that is none', options: { port: 65_536 }, says: 'port' },
    {
      name: 'bounds the wrong way round',
      options: { latencyMs: { minMs: 2, maxMs: 1 } },
      says: 'latencyMs',
    },
    {
      name: 'a rate of 0',
      options: { rateLimit: { requestsPerMinute: 0 } },
      says: 'requestsPerMinute',
    },
    { name: 'an unknown path', options: { paths: { flowz: '/x' } }, says: 'flowz' },
    {
      name: 'an org id that is no UUID',
      options: { orgs: [{ orgId: 'x', clients: [] }] },
      says: 'org 1.orgId',
    },
    {
      name: 'a client without secret',
      options: { orgs: [{ orgId: ORG, clients: [{ id: 'a' }] }] },
      says: 'secret is missing',
    },
    {
      name: 'an unknown permission',
      options: { orgs: [anOrg(1, { clients: [{ ...CLIENT, permissions: ['x' as never] }] })] },
      says: 'permissions',
    },
    {
      name: 'two clients of one id',
      options: { orgs: [anOrg(), twice] },
      says: 'client-1 is there twice',
    },
    {
      name: 'two orgs of one id',
      options: { orgs: [anOrg(), anOrg(1, { clients: [] })] },
      says: 'is there twice',
    },
    { name: 'a bad fault', options: { faults: [{ kind: 'x' }] }, says: 'kind' },
    {
      name: 'a flow of the wrong shape',
      options: {
        orgs: [anOrg(0, { flows: [{ id: flowId(1), name: 'a', settings: { routing: 1 } }] })],
      },
      says: 'routing',
    },
  ])('refuses $name', async ({ options, says }) => {
    await expect(simulators.start(options as SimulatorOptions)).rejects.toThrow(says);
  });

  test('knows its orgs by id, and the only one without', async () => {
    const one = await simulators.start();
    expect(one.org().orgId).toBe(ORG);
    expect(() => one.org(OTHER_ORG)).toThrow(`there is no org ${OTHER_ORG}`);
    const two = await simulators.start({ orgs: [anOrg(), { orgId: OTHER_ORG, clients: [] }] });
    expect(() => two.org()).toThrow('orgId must be given');
    expect(two.org(OTHER_ORG.toUpperCase()).flowCount).toBe(0);
    expect(() => {
      two.org(OTHER_ORG).setPermissions(CLIENT.id, []);
    }).toThrow('has no client');
  });
});

describe('close', () => {
  test('ends hanging, slow and idle connections at once', async () => {
    const time = new ManualTime();
    const { simulator, api } = await simulators.serve({
      ...time.options,
      faults: [
        { path: '/api/v2/users', kind: 'hang' },
        { path: '/api/v2/teams', kind: 'slow', delayMs: 60_000 },
      ],
    });
    const idle = connect(simulator.port, '127.0.0.1');
    const idleClosed = new Promise((resolve) => {
      idle.once('close', resolve);
      idle.on('error', () => undefined);
    });
    const calls = ['/api/v2/users', '/api/v2/teams'].map((path) =>
      api.ask(path).catch(() => 'broken'),
    );
    await until(() => time.pending === 1 && simulator.stats().inFlight === 2);

    await simulator.close();
    await simulator.close();

    expect(await Promise.all(calls)).toEqual(['broken', 'broken']);
    await idleClosed;
    expect(time.pending).toBe(0);
  });
});

describe('a body that is too large', () => {
  test('ends the connection', async () => {
    const { api } = await simulators.serve();
    const settings = { block: 'x'.repeat(5 * 1024 * 1024) };
    await expect(api.patch(1, 4, settings)).rejects.toThrow();
    expect((await api.flow(1)).json).toMatchObject({ version: 3 });
  });
});

describe('seedFlows', () => {
  const seed = (count: number, more: object = {}) => [...seedFlows({ count, orgId: ORG, ...more })];

  test('makes the same flows for the same seed, as often as it is read', () => {
    const flows = seedFlows({ count: 20, orgId: ORG });
    expect([...flows]).toEqual([...flows]);
    expect(seed(20)).toEqual([...flows]);
    expect(seed(30).slice(0, 20)).toEqual([...flows]);
    expect(seed(1, { seed: 2 })).not.toEqual(seed(1));
  });

  test('makes unique ids and names, in every org others', () => {
    const flows = seed(5_000);
    const others = seed(5_000, { orgId: OTHER_ORG });
    expect(new Set([...flows, ...others].map(({ id }) => id)).size).toBe(10_000);
    expect(new Set(flows.map(({ name }) => name)).size).toBe(5_000);
  });

  test('makes duplicates of the first name when asked to', () => {
    const names = seed(10, { duplicates: 2 }).map(({ name }) => name);
    expect(names.filter((name) => name === names[0])).toHaveLength(3);
    expect(seed(1, { duplicates: 5 })).toHaveLength(1);
  });

  test('makes flows that the contract allows, with more than it names', async () => {
    const simulator = await simulators.start({ orgs: [seedOrg({ flows: 50, orgId: ORG })] });
    const flows = simulator.org().flows();
    expect(flows).toHaveLength(50);
    expect(flows[1]?.settings).toMatchObject({
      routing: {
        maxWaitTime: expect.any(Number),
        scope: { type: 'org', id: ORG },
        priority: expect.any(Number),
      },
      configurationMatrix: { parameter_01: { key: 'queue_affinity' } },
      scopeDirectives: { applyTo: expect.any(Array) },
      prompts: {},
      recording: {},
    });
    expect(simulator.org().pendingReload()).toEqual([]);
  });

  test.each([0, 1, 2])('an org of %i flows has so many', async (flows) => {
    const simulator = await simulators.start({ orgs: [seedOrg({ flows })] });
    expect(simulator.org().flowCount).toBe(flows);
  });
});
