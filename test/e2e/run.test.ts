import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { CliProcess } from '../support/cli.ts';
import { ACME, E2eWorld } from '../support/e2e-world.ts';
import { expectDocument } from '../support/document-schemas.ts';
import { headersOf, PUSHES } from '../support/webhook-rig.ts';

describe('flowkeeper run', () => {
  let world: E2eWorld;
  const processes: CliProcess[] = [];

  beforeEach(async () => {
    world = await E2eWorld.start({ flows: 4 });
    await configure('1s');
  });

  afterEach(async () => {
    await Promise.all(processes.splice(0).map((each) => each.stop('SIGKILL')));
    await world.close();
  });

  function configure(poll: string, server: object = {}): Promise<void> {
    return world.configure({
      source: { repository: world.repository.path, poll },
      // a free port
      server: { listen: '127.0.0.1:0', ...server },
    });
  }

  async function urlOf(controller: CliProcess): Promise<string> {
    const [, url = ''] = await controller.logs(/"message":"listening","url":"([^"]+)"/);
    return url;
  }

  function begin(args: readonly string[] = [], env: Record<string, string> = {}): CliProcess {
    const started = world.begin(['run', ...args], { env });
    processes.push(started);
    return started;
  }

  /** Runs that it has told of, by their summary. */
  const summaries = ({ stderr }: CliProcess): string[] =>
    [...stderr.matchAll(/"message":"run ended".*?"summary":"([^"]+)"/g)].map(([, text]) => text!);

  test('what is merged is live without anybody doing anything, and every line of the log is JSON', async () => {
    const controller = begin();
    await controller.logs(/"summary":"nothing to write; 4 live flows"/);
    await world.merge(0, { routing: { maxWaitTime: 77 } });
    await controller.logs(/"summary":"1 applied; 4 live flows"/);
    expect((await world.requests('PATCH')).map(({ flowId }) => flowId)).toEqual([world.idOf(0)]);
    expect((await world.run(['status'])).stdout).toContain('4 InSync');

    const { code, stdout, stderr } = await controller.stop('SIGTERM');
    expect([code, stdout]).toEqual([0, '']);
    const lines = stderr.trim().split('\n');
    expect(lines.map((line) => typeof JSON.parse(line))).toEqual(lines.map(() => 'object'));
    expect(stderr).not.toContain('simulated-secret');
  });

  test('a second controller on the same state folder is refused, and the first goes on', async () => {
    const first = begin();
    await first.logs(/"message":"run ended"/);
    const second = await begin().ended();
    expect(second.code).toBe(1);
    expect(second.stderr).toMatch(/another controller works on .* \[state\.busy\]/);
    expect(second.stderr).toContain('next: ');
    expect((await first.stop('SIGTERM')).code).toBe(0);
    // and once it is gone, the next may
    const third = begin();
    await third.logs(/"message":"run ended"/);
  });

  test('killed at once, it leaves nothing that holds up the next one', async () => {
    const first = begin();
    await first.logs(/"message":"run ended"/);
    await first.stop('SIGKILL');
    await begin().logs(/"message":"run ended"/);
  });

  test('retry by hand starts a run of the controller', async () => {
    const controller = begin();
    await controller.logs(/"message":"run ended"/);
    const before = summaries(controller).length;
    const retry = await world.run(['retry', world.idOf(0)]);
    expect(retry.code).toBe(0);
    await controller.logs(new RegExp(`("run ended"[^]*){${String(before + 1)}}`));
  });

  test('SIGTERM lets the run under way end; a second signal does not', async () => {
    const controller = begin();
    await controller.logs(/"message":"run ended"/);
    await world.edit(0, { routing: { maxWaitTime: 5 } });
    await world.addFaults({ kind: 'hang', path: '/api/v2/architect/flows/reload' });
    await world.merge(1, { routing: { maxWaitTime: 78 } });
    await world.forgetRequests();
    await world.sees('POST', '/api/v2/architect/flows/reload');
    controller.child.kill('SIGTERM');
    await controller.logs(/no run starts any more/);
    expect(controller.child.exitCode).toBeNull();
    const { code } = await controller.stop('SIGTERM');
    // by the signal, not by itself
    expect(code).toBeUndefined();
  });

  test('the grace over, the run under way is cancelled, and the end is clean', async () => {
    const controller = begin(['--grace', '0']);
    await controller.logs(/"message":"run ended"/);
    await world.addFaults({ kind: 'hang', path: '/api/v2/architect/flows*' });
    await world.forgetRequests();
    await world.merge(0, { routing: { maxWaitTime: 79 } });
    await world.sees('GET', '/api/v2/architect/flows');
    const { code, stderr } = await controller.stop('SIGTERM');
    expect(code).toBe(0);
    expect(stderr).toContain('run.cancelled');
  });

  test('a webhook makes a merge live, however seldom git is polled', async () => {
    const secret = 'a-secret-of-the-hook-of-this-test';
    await configure('24h', { webhooks: { github: { secrets: ['${HOOK_SECRET}'] } } });
    const controller = begin([], { HOOK_SECRET: secret });
    const url = await urlOf(controller);
    await controller.logs(/"message":"run ended"/);
    await world.merge(0, { routing: { maxWaitTime: 70 } });
    const body = JSON.stringify(PUSHES.github('main'));
    const post = (headers: Record<string, string>): Promise<Response> =>
      fetch(`${url}/hooks/github`, { method: 'POST', body, headers });
    expect((await post({})).status).toBe(401);
    expect((await post(headersOf('github', body, { id: '1', secret }))).status).toBe(202);
    await controller.logs(/"summary":"1 applied; 4 live flows"/);
    expect(await (await fetch(`${url}/metrics`)).text()).toContain(
      'flowkeeper_webhook_total{host="github",result="accepted"} 1',
    );
    expect((await controller.stop()).stderr).not.toContain(secret);
  });

  test('a commit in a repository of this machine is live at once, and explained', async () => {
    await configure('24h');
    const controller = begin();
    await controller.logs(/"message":"run ended"/);
    const revision = await world.merge(0, { routing: { maxWaitTime: 71 } });
    await controller.logs(/"summary":"1 applied; 4 live flows"/);
    const { code, stdout } = await world.run(['explain', revision, '--output', 'json']);
    expect(code).toBe(0);
    const document = JSON.parse(stdout) as object;
    expectDocument('revision-explanation', document);
    expect(document).toMatchObject({
      revision,
      orgs: [{ org: ACME, state: 'covered', coveredBy: { revision, outcomes: { applied: 1 } } }],
    });
    expect((await world.run(['explain', revision])).stdout).toContain('covered, first by');
  });

  test('a commit that no run has is told to wait, and for what', async () => {
    const revision = await world.merge(0, { routing: { maxWaitTime: 72 } });
    const { code, stdout } = await world.run(['explain', revision]);
    expect(code).toBe(2);
    expect(stdout).toContain('not covered yet');
    expect(stdout).toContain('is a controller running?');
  });

  test('health, readiness and metrics tell of it', async () => {
    const controller = begin();
    const url = await urlOf(controller);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    await controller.logs(/"message":"run ended"/);
    const ready = await fetch(`${url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      {
        ready: true,
        checks: { git: 'ok', org: 'ok', state: 'ok', clock: 'ok', notifications: 'ok' },
      },
    ]);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    for (const line of [
      `flowkeeper_flows{org="${ACME}",state="InSync"} 4`,
      `flowkeeper_reconcile_total{org="${ACME}",result="done"} 1`,
      `flowkeeper_api_requests_total{org="${ACME}",operation="list",code="200"} 1`,
      'flowkeeper_status_push_total{result="pushed"} 1',
    ])
      expect(metrics).toContain(line);
    expect((await fetch(`${url}/nowhere`)).status).toBe(404);
  });

  test('with a token, only who shows it sees more than health', async () => {
    const token = 'a-token-of-the-server-of-this-test';
    await configure('1s', { token: '${SERVER_TOKEN}' });
    const controller = begin([], { SERVER_TOKEN: token });
    const url = await urlOf(controller);
    const statusOf = async (path: string, shown?: string): Promise<number> => {
      const headers = shown === undefined ? {} : { authorization: `Bearer ${shown}` };
      return (await fetch(`${url}${path}`, { headers })).status;
    };
    expect(await statusOf('/healthz')).toBe(200);
    expect(await statusOf('/metrics')).toBe(401);
    expect(await statusOf('/metrics', `${token}x`)).toBe(401);
    expect(await statusOf('/metrics', token)).toBe(200);
    expect((await controller.stop()).stderr).not.toContain(token);
  });

  test('an address that others can reach is refused without a token', async () => {
    await configure('1s', { listen: '0.0.0.0:0' });
    const { code, stderr } = await begin().ended();
    expect(code).toBe(3);
    expect(stderr).toContain('Set `server.token`');
  });

  test('an address that is taken is told, and nothing goes on behind it', async () => {
    const first = begin();
    const url = new URL(await urlOf(first));
    await configure('1s', { listen: url.host });
    await world.configure({
      source: { repository: world.repository.path },
      server: { listen: url.host },
      state: { directory: 'another' },
    });
    const { code, stderr } = await begin().ended();
    expect(code).toBe(1);
    expect(stderr).toContain('[http.cannot-listen]');
  });

  describe('a changed config', () => {
    const configFile = (): string => join(world.folder, 'flowkeeper.yaml');

    test('is taken up on SIGHUP', async () => {
      const controller = begin();
      await controller.logs(/"message":"run ended"/);
      const text = await readFile(configFile(), 'utf8');
      await writeFile(configFile(), text.replace('poll: 1s', 'poll: 2s'));
      controller.child.kill('SIGHUP');
      await controller.logs(/"message":"started".*"pollMs":2000/);
      await world.merge(0, { routing: { maxWaitTime: 80 } });
      await controller.logs(/"summary":"1 applied; 4 live flows"/);
    });

    test('is found without a signal', async () => {
      const controller = begin();
      await controller.logs(/"message":"run ended"/);
      const text = await readFile(configFile(), 'utf8');
      await writeFile(configFile(), text.replace('poll: 1s', 'poll: 2s'));
      await controller.logs(/"message":"started".*"pollMs":2000/);
    });

    test.each([
      { name: 'invalid', text: 'orgz: {}\n', code: 'config.invalid' },
      {
        name: 'of another state',
        text: 'state: { directory: else }\n',
        code: 'config.needs-restart',
      },
    ])('that is $name is refused whole, and the old one stays', async ({ text, code }) => {
      const controller = begin();
      await controller.logs(/"message":"run ended"/);
      await appendFile(configFile(), text);
      controller.child.kill('SIGHUP');
      await controller.logs(new RegExp(`"code":"${code.replace('.', '\\.')}"`));
      await world.merge(0, { routing: { maxWaitTime: 81 } });
      await controller.logs(/"summary":"1 applied; 4 live flows"/);
      expect(controller.stderr).toContain(ACME);
    });
  });
});
