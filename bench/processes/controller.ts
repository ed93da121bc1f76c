import type * as CreateAppModule from '../../src/app/create-app.ts';
import type { App } from '../../src/app/create-app.ts';
import type * as LoadConfigModule from '../../src/app/load-config-file.ts';
import type * as PlainEnvironmentModule from '../../src/app/plain-environment.ts';
import type * as SilentModule from '../../src/app/silent.ts';
import type * as YoungHeapModule from '../../src/app/young-heap.ts';
import type { OrgRunReport } from '../../src/engine/run-report.ts';
import type { RunObserver } from '../../src/ports/run-observer.ts';
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

/** Milliseconds from the start of a run until each flow had ended. */
export type FlowTimes = readonly (readonly [string, number])[];

let app: App | undefined;
let onFlowEnded: RunObserver['flowEnded'] = () => undefined;

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
    const flowEnded: RunObserver['flowEnded'] = (org, outcome) => {
      onFlowEnded(org, outcome);
    };
    app = await createApp(config, { log: silentLog, observer: { ...silentObserver, flowEnded } });
  },
  reconcile: async ({ fullCompare }: { readonly fullCompare: boolean }): Promise<RunResult> => {
    const reports = await app?.reconcile({ fullCompare }, new AbortController().signal);
    const [report] = reports ?? [];
    if (!report) throw new Error('the app is not open');
    return resultOf(report);
  },
  /** A run that is cancelled as soon as these flows have been applied. */
  untilApplied: async (ids: readonly string[]): Promise<FlowTimes> => {
    const waitedFor = new Set(ids);
    const times: [string, number][] = [];
    const end = new AbortController();
    const startedMs = performance.now();
    onFlowEnded = (_org, { flowId, status }) => {
      if (status !== 'applied' || !waitedFor.has(flowId)) return;
      times.push([flowId, performance.now() - startedMs]);
      if (times.length === waitedFor.size) end.abort();
    };
    await app?.reconcile({ fullCompare: true }, end.signal);
    onFlowEnded = () => undefined;
    if (times.length === waitedFor.size) return times;
    throw new Error(`only ${String(times.length)} of ${String(waitedFor.size)} flows were applied`);
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
