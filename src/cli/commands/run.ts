import { makeAppLog } from '../../app/app-log.ts';
import { startController } from '../../app/controller.ts';
import type { Controller } from '../../app/controller.ts';
import { createApp } from '../../app/create-app.ts';
import { loadConfigFile } from '../../app/load-config-file.ts';
import { makeMeter } from '../../app/make-meter.ts';
import { makeObservers } from '../../app/observers.ts';
import { workAndServe } from '../../app/serve.ts';
import { silentObserver } from '../../app/silent.ts';
import { systemClock } from '../../app/system-adapters.ts';
import { keepYoungHeapSmall } from '../../app/young-heap.ts';
import type { ExitCode } from '../../domain/error-catalog.ts';
import type { Io } from '../io.ts';

export interface RunOptions {
  readonly config: string;
  /** Seconds. */
  readonly grace: number;
  readonly verbose?: boolean;
}

/** The controller, until a signal ends it. */
export async function runRun(io: Io, options: RunOptions): Promise<ExitCode> {
  keepYoungHeapSmall();
  const level = options.verbose === true ? 'debug' : io.isQuiet === true ? 'warn' : 'info';
  const started: { controller?: Controller } = {};
  const meter = makeMeter(() => started.controller?.current());
  const observers = makeObservers(meter);
  const controller = await startController(
    {
      clock: systemClock,
      load: () => loadConfigFile(options.config, io.env),
      open: async (config) => {
        const log = makeAppLog(config, { level, stream: io.stderr });
        return { app: await createApp(config, { observer: silentObserver, log, meter }), log };
      },
      observer: observers,
      graceMs: options.grace * 1000,
    },
    io.signal,
  );
  started.controller = controller;
  const onHangup = (reload: () => void): void => io.onHangup?.(reload);
  const parts = { configFile: options.config, onHangup, observers };
  await workAndServe(controller, meter, parts, io.signal);
  return 0;
}
