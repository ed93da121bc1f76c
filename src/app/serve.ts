import { systemClock } from '../adapters/clock/system-clock.ts';
import type { PromMeter } from '../adapters/metrics/prom-meter.ts';
import { startHttpServer } from '../server/http-server.ts';
import { makeServerApp } from '../server/make-server-app.ts';
import type { Controller } from './controller.ts';
import type { Observers } from './observers.ts';
import { watchConfig } from './watch-config.ts';

/**
 * Lets a controller work until `end` aborts, and serves what it does over HTTP meanwhile.
 *
 * @param options `configFile` is looked at for changes; `onHangup` is given what reloads it
 * @throws http.cannot-listen, state.busy: then nothing goes on either
 */
export async function workAndServe(
  controller: Controller,
  metrics: PromMeter,
  options: {
    readonly configFile: string;
    readonly onHangup: (reload: () => void) => void;
    readonly observers: Observers;
  },
  end: AbortSignal,
): Promise<void> {
  const stop = new AbortController();
  const ending = AbortSignal.any([end, stop.signal]);
  const working = controller.work(ending);
  try {
    const current = (): ReturnType<Controller['current']> => controller.current();
    const { app, events } = makeServerApp({ clock: systemClock, current, metrics });
    const changed = (): void => {
      events.changed();
    };
    options.observers.join({ runEnded: changed, accepted: changed, moved: changed });
    const server = await startHttpServer(app, current().config.server);
    current().log.info('listening', { url: server.url });
    options.onHangup(() => void controller.reload());
    const watched = { file: options.configFile, clock: systemClock, log: current().log };
    void watchConfig(watched, () => controller.reload(), ending);
    await working;
    await server.close();
  } finally {
    stop.abort();
    await working;
  }
}
