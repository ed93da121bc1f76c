import { EventEmitter, once } from 'node:events';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runProgram } from '../../src/cli/program.ts';
import { IntegrationRig } from '../support/integration-rig.ts';
import { configFileOf } from '../support/run-cli.ts';

describe('status --watch', () => {
  let rig: IntegrationRig;

  beforeAll(async () => {
    rig = await IntegrationRig.start({ orgs: [{ flows: 3, policy: { mode: 'report' } }] });
    await rig.reconcile();
  });

  afterAll(() => rig.close());

  /** A watch that looks without a pause, on a terminal or not. */
  async function begin(isTTY: boolean) {
    const stdout = Object.assign(new PassThrough(), { isTTY });
    const host = Object.assign(new EventEmitter(), { stdout, stderr: new PassThrough(), env: {} });
    let text = '';
    stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const argv = ['status', '--watch', '--every', '1ms', '--config', await configFileOf(rig)];
    const line = ['node', 'flowkeeper', ...argv];
    const ended = runProgram(line, host as unknown as NodeJS.Process);
    return {
      /** Resolves with everything so far once it holds the text. */
      async says(wanted: string): Promise<string> {
        while (!text.includes(wanted)) await once(stdout, 'data');
        return text;
      },
      stop(): Promise<number> {
        host.emit('SIGTERM');
        return ended;
      },
    };
  }

  test('through a pipe: a line for the org, then one for each change, until a signal ends it', async () => {
    const watch = await begin(false);
    expect(await watch.says('3 InSync')).toMatch(/^acme {2}Reporting {2}3 InSync\n$/);
    const { id, name } = rig.flows()[1]!;
    rig.org().edit(id, { routing: { maxWaitTime: 7 } }, { by: 'Sam' });
    await rig.reconcile();
    const text = await watch.says('was InSync');
    expect(await watch.stop()).toBe(0);
    const [, org, flow, ...others] = text.trimEnd().split('\n');
    expect(org).toBe('acme  Reporting  2 InSync, 1 Drifted');
    expect(flow).toMatch(/^\d{4}-\S+Z {2}acme {2}Drifted \(was InSync\) {2}/);
    expect(flow).toContain(`${name}  ${id}`);
    expect(others).toEqual([]);
  });

  test('on a terminal: all of it, painted anew', async () => {
    const watch = await begin(true);
    const text = await watch.says('Drifted');
    expect(text.startsWith('\u001b[H\u001b[2J')).toBe(true);
    expect(await watch.stop()).toBe(0);
  });
});
