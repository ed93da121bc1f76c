import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { CliProcess } from '../support/cli.ts';
import { flowFile, flowPath } from '../support/desired-files.ts';
import { ACME, E2eWorld } from '../support/e2e-world.ts';

const TOKEN = 'a-token-of-the-server-of-this-test';
const OLA = { authorization: `Bearer ${TOKEN}`, 'x-flowkeeper-user': 'Ola Oncall' };

/** An org as the API tells of it. */
interface OrgDocument {
  readonly state: string;
  readonly lastRun?: { readonly heldPlan?: string };
}

let world: E2eWorld;
let controller: CliProcess;
let url: string;

beforeEach(async () => {
  world = await E2eWorld.start({ flows: 4, policy: { massChange: { maxFlows: 1 } } });
  await world.configure({
    source: { repository: world.repository.path, poll: '1s' },
    server: { listen: '127.0.0.1:0', token: '${TOKEN}' },
  });
  controller = world.begin(['run'], { env: { TOKEN } });
  [, url = ''] = await controller.logs(/"message":"listening","url":"([^"]+)"/);
  await controller.logs(/"message":"run ended"/);
});

afterEach(async () => {
  await controller.stop('SIGKILL');
  await world.close();
});

async function post(path: string, body: object = {}): Promise<number> {
  const headers = { ...OLA, 'content-type': 'application/json' };
  const asked = { method: 'POST', headers, body: JSON.stringify(body) };
  return (await fetch(`${url}/api/v1/orgs/${ACME}${path}`, asked)).status;
}

async function get<T>(path: string): Promise<T> {
  return (await (await fetch(`${url}/api/v1/orgs${path}`, { headers: OLA })).json()) as T;
}

/** Asks until it holds. */
async function until<T>(ask: () => Promise<T>, holds: (told: T) => boolean): Promise<T> {
  for (;;) {
    const told = await ask();
    if (holds(told)) return told;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const org = async (): Promise<OrgDocument | undefined> =>
  (await get<{ readonly orgs: OrgDocument[] }>('')).orgs[0];

async function events(): Promise<(readonly [string, unknown])[]> {
  const month = new Date().toISOString().slice(0, 7);
  const path = `flowkeeper/status:audit/${ACME}/${month}.jsonl`;
  const text = await world.repository.run('show', path).catch(() => '');
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const { event, details } = JSON.parse(line) as { event: string; details: { by?: string } };
    return [event, details.by] as const;
  });
}

test('a plan is approved, a flow suspended and let go on by HTTP, and the audit names who did it', async () => {
  // in one commit: each alone would be no mass change
  const [first, second] = [world.flows[0]!, world.flows[1]!];
  await world.repository.commit({
    [flowPath(ACME, first.id)]: flowFile(first, { routing: { maxWaitTime: 61 } }),
    [flowPath(ACME, second.id)]: flowFile(second, { routing: { maxWaitTime: 62 } }),
  });
  const held = await until(org, (told) => told?.lastRun?.heldPlan !== undefined);
  expect([held?.state, await world.requests('PATCH')]).toEqual(['Held', []]);

  expect(await post('/approve', { digest: 'd'.repeat(64) })).toBe(409);
  expect(await post('/approve', { digest: held?.lastRun?.heldPlan })).toBe(202);
  await controller.logs(/"summary":"2 applied; 4 live flows"/);

  const soon = new Date(Date.now() + 3_600_000).toISOString();
  const flow = `/flows/${world.idOf(2)}`;
  expect(await post(`${flow}/suspend`, { until: soon, reason: 'INC-4711' })).toBe(202);
  await world.merge(2, { routing: { maxWaitTime: 63 } });
  const state = (): Promise<{ state: string; suspended?: { by: string } }> =>
    get(`/${ACME}${flow}`);
  const left = await until(state, (told) => told.state === 'Suspended');
  expect([left.suspended?.by, (await world.requests('PATCH')).length]).toEqual(['Ola Oncall', 2]);
  expect((await world.run(['status'], { env: { TOKEN } })).stdout).toContain('1 Suspended');

  expect(await post(`${flow}/resume`)).toBe(202);
  await until(state, (told) => told.state === 'InSync');
  expect(await post('/run')).toBe(202);
  const told = await until(events, (all) => all.some(([event]) => event === 'org.run-requested'));
  expect(told).toEqual([
    ['plan.approved', 'Ola Oncall'],
    ['flow.updated', undefined],
    ['flow.updated', undefined],
    ['flow.suspended', 'Ola Oncall'],
    ['flow.resumed', 'Ola Oncall'],
    ['flow.updated', undefined],
    ['org.run-requested', 'Ola Oncall'],
  ]);
  const { code, stdout } = await world.run(['audit', 'verify'], { env: { TOKEN } });
  expect([code, stdout]).toEqual([0, expect.stringContaining('7 records')]);
  const history = await world.run(['history', world.idOf(2)], { env: { TOKEN } });
  expect(history.stdout).toContain('Ola Oncall');
  expect((await controller.stop()).stderr).not.toContain(TOKEN);
});
