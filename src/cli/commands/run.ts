import { makeAppLog } from '../../app/app-log.ts';
import { startController } from '../../app/controller.ts';
import { createApp } from '../../app/create-app.ts';
import { loadConfigFile } from '../../app/load-config-file.ts';
import { silentLoopObserver, silentObserver } from '../../app/silent.ts';
import { systemClock } from '../../app/system-adapters.ts';
import { watchConfig } from '../../app/watch-config.ts';
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
  const level = options.verbose === true ? 'debug' : 'info';
  const controller = await startController(
    {
      clock: systemClock,
      load: () => loadConfigFile(options.config, io.env),
      open: async (config) => {
        const log = makeAppLog(config, { level, stream: io.stderr });
        return { app: await createApp(config, { observer: silentObserver, log }), log };
      },
      observer: silentLoopObserver,
      graceMs: options.grace * 1000,
    },
    io.signal,
  );
  const reload = (): Promise<unknown> => controller.reload();
  io.onHangup?.(() => void reload());
  const watched = { file: options.config, clock: systemClock };
  const watching = watchConfig(watched, reload, io.signal);
  await controller.work(io.signal);
  await watching;
  return 0;
}
