import { startController } from '../../src/app/controller.ts';
import type { Controller } from '../../src/app/controller.ts';
import { createApp } from '../../src/app/create-app.ts';
import { makeMeter } from '../../src/app/make-meter.ts';
import { silentObserver } from '../../src/app/silent.ts';
import { makeServerApp } from '../../src/server/make-server-app.ts';
import { ACME } from '../support/integration-rig.ts';
import type { IntegrationRig } from '../support/integration-rig.ts';

/** What the controller of an installation answers to each request that only reads, headers included; by path. */
export async function servedBy(rig: IntegrationRig): Promise<ReadonlyMap<string, string>> {
  await rig.stop();
  const end = new AbortController();
  const running: { controller?: Controller } = {};
  const metrics = makeMeter(() => running.controller?.current());
  const { log, clock, config } = rig;
  const open = async (): ReturnType<Parameters<typeof startController>[0]['open']> => {
    const app = await createApp(config, { observer: silentObserver, log, clock, meter: metrics });
    return { app, log };
  };
  const controller = await startController(
    { clock, load: () => Promise.resolve(config), open, observer: metrics, graceMs: 1000 },
    end.signal,
  );
  running.controller = controller;
  const work = controller.work(end.signal);
  try {
    const current = (): ReturnType<Controller['current']> => controller.current();
    const { app } = makeServerApp({ clock, current, metrics });
    const answers = new Map<string, string>();
    for (const path of pathsOf(rig)) {
      const request = new Request(`http://localhost${path}`, { headers: { host: 'localhost' } });
      const socket = { remoteAddress: '127.0.0.1' };
      const answer = await app.fetch(request, { incoming: { socket } });
      const headers = JSON.stringify([...answer.headers]);
      answers.set(path, `${String(answer.status)} ${headers} ${await answer.text()}`);
    }
    return answers;
  } finally {
    end.abort();
    await work;
  }
}

function pathsOf(rig: IntegrationRig): readonly string[] {
  const flows = rig.flows().map(({ id }) => id);
  return [
    ...['/', `/orgs/${ACME}`, '/metrics', '/readyz', '/readyz/details', '/login'],
    ...['/api/v1/orgs', `/api/v1/orgs/${ACME}/flows`, `/api/v1/orgs/${ACME}/runs`],
    ...flows.flatMap((id) => [`/orgs/${ACME}/flows/${id}`, `/api/v1/orgs/${ACME}/flows/${id}`]),
  ];
}
