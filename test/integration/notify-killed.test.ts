import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from '@jest/globals';
import { createApp } from '../../src/app/create-app.ts';
import { loadConfigFile } from '../../src/app/load-config-file.ts';
import { silentObserver } from '../../src/app/silent.ts';
import { FastClock } from '../support/fast-clock.ts';
import { MemoryLog } from '../support/fakes/memory-log.ts';
import { HookReceiver } from '../support/hook-receiver.ts';
import { IntegrationRig } from '../support/integration-rig.ts';
import { configFileOf } from '../support/run-cli.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

let rig: IntegrationRig;
let receiver: HookReceiver;

afterEach(async () => {
  await rig.close();
  await receiver.close();
});

test('a process that is killed while the receiver reads leaves the notification to the next one', async () => {
  receiver = await HookReceiver.start();
  rig = await IntegrationRig.start();
  await rig.reconcile();
  await rig.stop();
  const id = rig.flows()[0]?.id ?? '';
  rig.org().edit(id, { routing: { maxWaitTime: 9 } }, { by: 'Sam' });
  const secrets = ['a-secret-of-16-chars'];
  const cmdb = { url: receiver.url(), secrets, tell: ['applied'] };
  const file = await configFileOf(rig, { notifications: { webhook: { cmdb } } });

  const child = spawn(process.execPath, [MAIN, 'reconcile', '--config', file], { stdio: 'ignore' });
  const ended = new Promise((resolve) =>
    child.once('exit', (_code, signal) => {
      resolve(signal);
    }),
  );
  receiver.replies.push((response) => {
    child.kill('SIGKILL');
    response.destroy();
  });
  expect(await ended).toBe('SIGKILL');
  expect(receiver.received.length).toBe(1);

  receiver.replies.splice(0);
  // the dead one's claim is over by then
  const clock = new FastClock(1, Date.now() + 4 * 60_000);
  const config = await loadConfigFile(file, {});
  const app = await createApp(config, { observer: silentObserver, log: new MemoryLog(), clock });
  await app.courier.drain(10_000, new AbortController().signal);
  expect(receiver.documents[1]).toEqual(receiver.documents[0]);
  expect(receiver.documents[0]).toMatchObject({ summary: '1 applied' });
  expect(await app.noticeCounts()).toEqual([{ destination: 'cmdb', waiting: 0, dead: 0 }]);
  await app.close();
});
