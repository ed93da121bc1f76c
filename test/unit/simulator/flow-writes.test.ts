import { afterEach, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../../src/simulator/json.ts';
import {
  CLIENT,
  ManualTime,
  ORG,
  OTHER_ORG,
  Simulators,
  aFlow,
  anOrg,
  flowId,
  until,
} from './support.ts';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

const BEFORE = aFlow(1).settings;
const FLOW_1 = `/api/v2/architect/flows/${flowId(1)}`;
const RELOAD = '/api/v2/architect/flows/reload';

describe('a PATCH', () => {
  test('replaces the named blocks whole and leaves the others', async () => {
    const time = new ManualTime();
    const { simulator, api } = await simulators.serve({ now: time.now });
    time.advance(5_000);
    await api.list('?expand=settings'); // what was shown before must not be shown again

    const answer = await api.patch(1, 4, { routing: { type: 'roundRobin' }, added: [1, null] });

    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      id: flowId(1),
      version: 4,
      modifiedDate: '2026-01-01T00:00:05.000Z',
      modifiedBy: { id: CLIENT.id, name: CLIENT.name },
      settings: {
        routing: { type: 'roundRobin' },
        prompts: { language: 'en-us' },
        added: [1, null],
      },
    });
    expect(answer.json.settings['routing']).toEqual({ type: 'roundRobin' });
    expect((await api.flow(1)).json).toEqual(answer.json);
    expect((await api.list('?expand=settings')).json.entities[0]).toEqual(answer.json);
    expect(simulator.org().flow(flowId(2)).version).toBe(3);
  });

  test.each([
    { version: 3, status: 409 },
    { version: 4, status: 200 },
    { version: 5, status: 409 },
    { version: 0, status: 409 },
  ])('of version 3 with version $version -> $status', async ({ version, status }) => {
    const { simulator, api } = await simulators.serve();
    const answer = await api.patch(1, version, { routing: {} });
    expect(answer.status).toBe(status);
    const { settings, version: stored } = simulator.org().flow(flowId(1));
    expect(stored).toBe(status === 200 ? 4 : 3);
    if (status === 409) {
      expect(settings).toEqual(BEFORE);
      expect(answer.json.code).toBe('version.conflict');
    }
  });

  const GOOD = { orgId: ORG, flowId: flowId(1), settings: {}, version: 4 };
  const matrix = (entry: object) => ({ ...GOOD, settings: { configurationMatrix: entry } });
  test.each([
    { name: 'another org', json: { ...GOOD, orgId: OTHER_ORG } },
    { name: 'another flow', json: { ...GOOD, flowId: flowId(2) } },
    { name: 'an unknown field', json: { ...GOOD, force: true } },
    { name: 'no version', json: { orgId: ORG, flowId: flowId(1), settings: {} } },
    { name: 'a version that is a text', json: { ...GOOD, version: '4' } },
    { name: 'a negative version', json: { ...GOOD, version: -1 } },
    { name: 'settings that are a list', json: { ...GOOD, settings: [] } },
    { name: 'routing that is no object', json: { ...GOOD, settings: { routing: null } } },
    { name: 'a matrix that is a list', json: matrix([]) },
    { name: 'a matrix entry without key', json: matrix({ p: { value: 1 } }) },
    { name: 'a matrix entry without value', json: matrix({ p: { key: 'k' } }) },
    {
      name: 'an unknown applyTo',
      json: { ...GOOD, settings: { scopeDirectives: { applyTo: ['bot'] } } },
    },
    {
      name: 'enforceHierarchy that is a text',
      json: { ...GOOD, settings: { scopeDirectives: { enforceHierarchy: 'yes' } } },
    },
    { name: 'a list', json: [] },
  ])('with $name is 400 and changes nothing', async ({ json }) => {
    const { simulator, api } = await simulators.serve();
    const answer = await api.ask(FLOW_1, { method: 'PATCH', json });
    expect(answer.status).toBe(400);
    expect(simulator.org().flow(flowId(1))).toMatchObject({ version: 3, settings: BEFORE });
  });

  test('with known blocks in good shape, and more fields in them, is stored', async () => {
    const { api } = await simulators.serve();
    const settings = {
      routing: { anything: [1] },
      configurationMatrix: { parameter_01: { key: '', value: null, note: 'x' } },
      scopeDirectives: { applyTo: ['team', 'user'], enforceHierarchy: false, depth: 2 },
    };
    const answer = await api.patch(1, 4, settings);
    expect(answer.status).toBe(200);
    expect(answer.json.settings).toEqual({ ...BEFORE, ...settings });
  });

  test('that is no JSON, or says that it is something else, is refused', async () => {
    const { api } = await simulators.serve();
    const patch = (body: string, type: string) =>
      fetch(api.url + FLOW_1, {
        method: 'PATCH',
        headers: { authorization: `Bearer ${api.token}`, 'content-type': type },
        body,
      });
    expect((await patch('{', 'application/json')).status).toBe(400);
    expect((await patch(JSON.stringify(GOOD), 'text/plain')).status).toBe(415);
    expect((await patch(JSON.stringify(GOOD), 'application/json; charset=utf-8')).status).toBe(200);
  });

  test('of an unknown flow is 404', async () => {
    const { api } = await simulators.serve();
    expect((await api.patch(9, 4, {})).status).toBe(404);
  });

  test('keeps a block called __proto__ a block', async () => {
    const { api } = await simulators.serve();
    const settings = JSON.parse('{"__proto__":{"x":1}}') as JsonObject;
    await api.patch(1, 4, settings);
    expect((await api.flow(1)).text).toContain('"__proto__":{"x":1}');
  });
});

describe('a reload', () => {
  test('puts in effect what was stored before it', async () => {
    const { simulator, api } = await simulators.serve();
    const org = simulator.org();
    await api.patch(1, 4, { routing: { type: 'a' } });
    expect(org.flow(flowId(1))).toMatchObject({ inEffect: BEFORE, pendingReload: true });
    expect(org.pendingReload()).toEqual([flowId(1)]);

    expect((await api.reload()).status).toBe(200);

    const after = org.flow(flowId(1));
    expect(after.inEffect).toEqual(after.settings);
    expect(org.pendingReload()).toEqual([]);
    expect(org.reloads()).toMatchObject([{ clientId: CLIENT.id, flowsChanged: 1 }]);
  });

  test('takes what is stored at its start, not at its end', async () => {
    const time = new ManualTime();
    const { simulator, api } = await simulators.serve({ reloadLatencyMs: 500, ...time.options });
    const org = simulator.org();
    await api.patch(1, 4, { routing: { type: 'a' } });
    const reload = api.reload();
    await until(() => time.pending === 1);
    await api.patch(1, 5, { routing: { type: 'b' } });
    expect(org.flow(flowId(1)).inEffect).toEqual(BEFORE);

    time.advance(500);
    await reload;

    expect(org.flow(flowId(1))).toMatchObject({
      settings: { routing: { type: 'b' } },
      inEffect: { routing: { type: 'a' } },
      pendingReload: true,
    });
    expect(org.pendingReload()).toEqual([flowId(1)]);
    const [{ startedSequence, endedSequence, startedAt, endedAt } = {} as never] = org.reloads();
    const patches = simulator.requests.list({ method: 'PATCH' });
    expect(patches.map(({ appliedSequence }) => appliedSequence! < startedSequence)).toEqual([
      true,
      false,
    ]);
    expect(patches[1]!.appliedSequence!).toBeLessThan(endedSequence!);
    expect(endedAt! - startedAt).toBe(500);
  });

  test('does not undo what was edited by hand while it ran', async () => {
    const time = new ManualTime();
    const { simulator, api } = await simulators.serve({ reloadLatencyMs: 500, ...time.options });
    const org = simulator.org();
    await api.patch(1, 4, { routing: { type: 'a' } });
    const reload = api.reload();
    await until(() => time.pending === 1);
    org.edit(flowId(1), { routing: { type: 'hand' } }, { by: 'Ada' });
    time.advance(500);
    await reload;
    expect(org.flow(flowId(1)).inEffect).toMatchObject({ routing: { type: 'hand' } });
  });

  test.each([200, 202, 204] as const)('answers %i when set to', async (reloadStatus) => {
    const time = new ManualTime();
    const { simulator, api } = await simulators.serve({
      reloadStatus,
      reloadLatencyMs: 10,
      ...time.options,
    });
    const org = simulator.org();
    await api.patch(1, 4, { routing: {} });
    const reload = api.reload();
    await until(() => time.pending === 1);
    if (reloadStatus === 202) {
      expect((await reload).status).toBe(202); // before it has taken effect
      expect(org.pendingReload()).toEqual([flowId(1)]);
    }
    time.advance(10);
    expect((await reload).status).toBe(reloadStatus);
    expect(org.pendingReload()).toEqual([]);
  });

  test.each([
    { name: 'of another org', json: { orgId: OTHER_ORG } },
    { name: 'without org', json: {} },
    { name: 'with an unknown field', json: { orgId: ORG, now: true } },
  ])('$name is 400 and reloads nothing', async ({ json }) => {
    const { simulator, api } = await simulators.serve();
    expect((await api.ask(RELOAD, { method: 'POST', json })).status).toBe(400);
    expect(simulator.org().reloads()).toEqual([]);
  });
});

describe('a hand edit', () => {
  test('bumps the version, bears its name and is in effect at once', async () => {
    const time = new ManualTime();
    const { simulator, api } = await simulators.serve({ now: time.now });
    time.advance(1_000);
    const org = simulator.org();

    org.edit(flowId(1), { routing: { maxWaitTime: 5, extra: null } }, { by: 'Ada' });

    expect((await api.flow(1)).json).toMatchObject({
      version: 4,
      modifiedBy: { name: 'Ada' },
      modifiedDate: '2026-01-01T00:00:01.000Z',
    });
    const { settings, inEffect, pendingReload } = org.flow(flowId(1));
    expect(settings).toEqual({ ...BEFORE, routing: { type: 'longestAvailable', maxWaitTime: 5 } });
    expect([inEffect, pendingReload]).toEqual([settings, false]);
    expect((await api.patch(1, 4, {})).status).toBe(409);
  });

  test('may be a function of a copy', async () => {
    const { simulator } = await simulators.serve();
    const edited = simulator.org().edit(
      flowId(1),
      (settings) => {
        delete settings['prompts'];
        return settings;
      },
      { by: 'Ada' },
    );
    expect(edited.settings).toEqual({ routing: BEFORE['routing'] });
  });

  test('of the wrong shape, or of an unknown flow, is refused', async () => {
    const { simulator } = await simulators.serve();
    const org = simulator.org();
    expect(() => org.edit(flowId(1), { routing: 5 }, { by: 'Ada' })).toThrow('routing');
    expect(() => org.edit(flowId(9), {}, { by: 'Ada' })).toThrow(flowId(9));
    expect(org.flow(flowId(1)).version).toBe(3);
  });
});

describe('flows that come and go', () => {
  test('are listed, and gone', async () => {
    const { simulator, api } = await simulators.serve({ orgs: [anOrg(1)] });
    const org = simulator.org();
    org.addFlow(aFlow(2));
    expect((await api.flow(2)).status).toBe(200);
    org.removeFlow(flowId(2));
    expect((await api.flow(2)).status).toBe(404);
    expect(org.hasFlow(flowId(2))).toBe(false);
    expect(() => org.addFlow(aFlow(1))).toThrow('exists already');
    expect(() => org.addFlow(aFlow(3, { id: 'x' }))).toThrow('flow.id must be a UUID');
  });
});
