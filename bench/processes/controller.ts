import type * as CreateAppModule from '../../src/app/create-app.ts';
import type { App } from '../../src/app/create-app.ts';
import type * as LoadConfigModule from '../../src/app/load-config-file.ts';
import type * as PlainEnvironmentModule from '../../src/app/plain-environment.ts';
import type * as SilentModule from '../../src/app/silent.ts';
import type * as YoungHeapModule from '../../src/app/young-heap.ts';
import type { OrgRunReport } from '../../src/engine/run-report.ts';
import { builtUrl } from '../built.ts';
import { serve } from '../rpc.ts';

const { createApp } = (await import(builtUrl('app/create-app.js'))) as typeof CreateAppModule;
const { loadConfigFile } = (await import(
  builtUrl('app/load-config-file.js')
)) as typeof LoadConfigModule;
const { silentLog, silentObserver } = (await import(
  builtUrl('app/silent.js')
)) as typeof SilentModule;

const { usePlainEnvironment } = (await import(
  builtUrl('app/plain-environment.js')
)) as typeof PlainEnvironmentModule;

const { keepYoungHeapSmall } = (await import(
  builtUrl('app/young-heap.js')
)) as typeof YoungHeapModule;

// as the command line does
usePlainEnvironment(process);
keepYoungHeapSmall();

/** What a run did, as far as a measurement must know that it did the right thing. */
export interface RunResult {
  readonly live: number;
  readonly changes: number;
  readonly applied: number;
  readonly publishing: string;
  readonly error: string | undefined;
}

let app: App | undefined;

function resultOf({ plan, outcomes, publishing, error }: OrgRunReport): RunResult {
  return {
    live: plan?.liveCount ?? 0,
    changes: plan?.changes.length ?? 0,
    applied: outcomes.filter(({ status }) => status === 'applied').length,
    publishing: publishing.kind,
    error: error?.message,
  };
}

const handlers = {
  open: async (configFile: string) => {
    const config = await loadConfigFile(configFile, process.env);
    app = await createApp(config, { log: silentLog, observer: silentObserver });
  },
  reconcile: async ({ fullCompare }: { readonly fullCompare: boolean }): Promise<RunResult> => {
    const reports = await app?.reconcile({ fullCompare }, new AbortController().signal);
    const [report] = reports ?? [];
    if (!report) throw new Error('the app is not open');
    return resultOf(report);
  },
  /** Memory that is in use after everything that can go went; needs --expose-gc. */
  heapInUseMb: () => {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed / 1024 ** 2;
  },
  close: async () => {
    await app?.close();
    app = undefined;
  },
};

export type ControllerHandlers = typeof handlers;

serve(handlers);
