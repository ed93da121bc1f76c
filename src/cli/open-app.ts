import { makeAppLog } from '../app/app-log.ts';
import type { LogLevel } from '../app/app-log.ts';
import { createApp } from '../app/create-app.ts';
import { loadConfigFile } from '../app/load-config-file.ts';
import { renderDiagnostics } from '../app/render-faults.ts';
import { keepYoungHeapSmall } from '../app/young-heap.ts';
import type { App } from '../app/create-app.ts';
import type { Io } from './io.ts';
import { makeProgress } from './progress.ts';
import type { CommonOptions } from './options.ts';

/** What a command that works with the config needs. The caller closes both. */
export interface OpenedApp {
  readonly app: App;
  readonly progress: ReturnType<typeof makeProgress>;
  readonly renderFaults: typeof renderDiagnostics;
}

/** @throws config.missing, config.invalid, state.* */
export async function openApp(io: Io, options: CommonOptions): Promise<OpenedApp> {
  keepYoungHeapSmall();
  const config = await loadConfigFile(options.config, io.env);
  const progress = makeProgress(io, () => performance.now());
  const log = makeAppLog(config, { level: levelOf(io, options), stream: io.stderr });
  const app = await createApp(config, { observer: progress, log });
  return { app, progress, renderFaults: renderDiagnostics };
}

/** Who watches a terminal reads the same in the result, better said; a machine's log gets what needs a person. */
export function levelOf(io: Io, { verbose }: { readonly verbose?: boolean }): LogLevel {
  if (verbose === true) return 'debug';
  if (io.isQuiet === true) return 'silent';
  return io.stderr.isTTY === true ? 'silent' : 'warn';
}
