/**
 * One reconcile as the built CLI makes it, in a process that kills itself at a given call: the only way to meet
 * every boundary between two steps, and each exactly. Argument: a MortalOrder as JSON.
 */
import { writeFileSync } from 'node:fs';
import { CUT_CALLS } from './cut.ts';
import type * as AppLog from '../../src/app/app-log.ts';
import type * as CreateApp from '../../src/app/create-app.ts';
import type * as LoadConfigFile from '../../src/app/load-config-file.ts';
import type * as Silent from '../../src/app/silent.ts';
import type * as SystemAdapters from '../../src/app/system-adapters.ts';
import type { CutCall, HandEdit, MortalOrder, MortalReport } from './cut.ts';

const { config, cut, handEdit } = JSON.parse(process.argv[2] ?? '{}') as MortalOrder;
const calls: CutCall[] = [];
let editLeft: HandEdit | undefined = handEdit;

/** The shipped code, with the types of its sources. */
async function built<M>(module: string): Promise<M> {
  return (await import(new URL(`../../dist/src/${module}`, import.meta.url).href)) as M;
}

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  // the signal is on its way: not one line more
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  throw new Error('alive');
}

async function cutAt(
  name: CutCall,
  args: readonly unknown[],
  work: () => unknown,
): Promise<unknown> {
  calls.push(name);
  const nth = calls.filter((called) => called === name).length;
  const time = cut?.call === name && cut.nth === nth ? cut.time : undefined;
  if (time === 'before') die();
  if (name === 'backend.write') await editFirst(args);
  const result = work();
  if (time === 'during') setTimeout(die, cut?.afterMs);
  try {
    return await result;
  } finally {
    // whether it went well or not, nobody hears of it any more
    if (time === 'after') die();
  }
}

async function editFirst([flow]: readonly unknown[]): Promise<void> {
  const edit = editLeft;
  if (edit?.flowId !== (flow as { readonly id: string }).id) return;
  editLeft = undefined;
  const { flowId, settings } = edit;
  const answer = await fetch(`${edit.simulatorUrl}/_simulator/edit`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ flowId, settings, by: 'Dana Schmidt' }),
  });
  if (!answer.ok) throw new Error(await answer.text());
}

function mortal<T extends object>(name: string, port: T): T {
  return new Proxy(port, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key, target);
      const full = `${name}.${String(key)}`;
      if (typeof value === 'object' && value !== null) return mortal(full, value);
      if (typeof value !== 'function') return value;
      const call = (args: readonly unknown[]): unknown => Reflect.apply(value, target, args);
      // the same port seen another way: its calls are cut as well
      if (key === 'withPriority') return (...args: unknown[]) => mortal(name, call(args) as object);
      const cutCall = CUT_CALLS.find((known) => known === full);
      if (cutCall === undefined) return (...args: unknown[]) => call(args);
      return (...args: unknown[]) => cutAt(cutCall, args, () => call(args));
    },
  });
}

const { createApp } = await built<typeof CreateApp>('app/create-app.js');
const { loadConfigFile } = await built<typeof LoadConfigFile>('app/load-config-file.js');
const { makeAppLog } = await built<typeof AppLog>('app/app-log.js');
const { openSystemAdapters } = await built<typeof SystemAdapters>('app/system-adapters.js');
const { silentObserver } = await built<typeof Silent>('app/silent.js');

const loaded = await loadConfigFile(config, process.env);
const log = makeAppLog(loaded, { level: 'debug', stream: process.stderr });
const given = { log, observer: silentObserver };
const adapters = await openSystemAdapters(loaded, given);
const app = await createApp(loaded, {
  ...adapters,
  state: mortal('state', adapters.state),
  statusBranch: mortal('statusBranch', adapters.statusBranch),
  backendOf: (org, rateGate) => mortal('backend', adapters.backendOf(org, rateGate)),
});
await app.reconcile({}, new AbortController().signal);
await app.close();
const report: MortalReport = { calls };
writeFileSync(1, JSON.stringify(report));
