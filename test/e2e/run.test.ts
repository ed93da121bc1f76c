import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { CliProcess } from '../support/cli.ts';
import { ACME, E2eWorld } from '../support/e2e-world.ts';

describe('flowkeeper run', () => {
  let world: E2eWorld;
  const processes: CliProcess[] = [];

  beforeEach(async () => {
    world = await E2eWorld.start({ flows: 4 });
    await world.configure({ source: { repository: world.repository.path, poll: '1s' } });
  });

  afterEach(async () => {
    await Promise.all(processes.splice(0).map((each) => each.stop('SIGKILL')));
    await world.close();
  });

  function begin(...args: string[]): CliProcess {
    const started = world.begin(['run', ...args]);
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
    const controller = begin('--grace', '0');
    await controller.logs(/"message":"run ended"/);
    await world.addFaults({ kind: 'hang', path: '/api/v2/architect/flows*' });
    await world.forgetRequests();
    await world.merge(0, { routing: { maxWaitTime: 79 } });
    await world.sees('GET', '/api/v2/architect/flows');
    const { code, stderr } = await controller.stop('SIGTERM');
    expect(code).toBe(0);
    expect(stderr).toContain('run.cancelled');
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
