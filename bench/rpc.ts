import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What one call cost the process that did it. */
export interface Usage {
  readonly wallMs: number;
  /** User and system time of all threads of the process. */
  readonly cpuMs: number;
  /** The same of the processes that it started and that ended meanwhile (git). */
  readonly childCpuMs: number;
  /** The most memory the process ever had, in MB. */
  readonly peakRssMb: number;
  /** What it has now. */
  readonly rssMb: number;
}

export interface Measured<T> extends Usage {
  readonly value: T;
}

type Handler = (argument: never) => unknown;
type Handlers = Readonly<Record<string, Handler>>;
type ArgumentOf<F> = F extends (argument: infer A) => unknown ? A : never;
type ResultOf<F> = F extends (argument: never) => infer R ? Awaited<R> : never;

interface Question {
  readonly id: number;
  readonly method: string;
  readonly argument: unknown;
}

type Reply =
  | { readonly id: number; readonly measured: Measured<unknown> }
  | { readonly id: number; readonly error: string };

/** The other end of `startWorker`: answers calls one after the other until its parent goes. */
export function serve(handlers: Handlers): void {
  process.on('message', (question: Question) => {
    void answer(handlers, question).then((reply) => process.send?.(reply));
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ id: 0, measured: { value: 'ready' } });
}

async function answer(handlers: Handlers, { id, method, argument }: Question): Promise<Reply> {
  try {
    const handler = handlers[method];
    if (!handler) throw new Error(`no handler ${method}`);
    return { id, measured: await measure(() => handler(argument as never)) };
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** What `work` costs this process. */
export async function measure<T>(work: () => T | Promise<T>): Promise<Measured<T>> {
  const startedMs = performance.now();
  const cpu = process.cpuUsage();
  const childCpuMs = endedChildrenCpuMs();
  const value = await work();
  const { user, system } = process.cpuUsage(cpu);
  return {
    value,
    wallMs: performance.now() - startedMs,
    cpuMs: (user + system) / 1000,
    childCpuMs: endedChildrenCpuMs() - childCpuMs,
    peakRssMb: process.resourceUsage().maxRSS / 1024,
    rssMb: process.memoryUsage.rss() / 1024 ** 2,
  };
}

/** From /proc, in steps of 10 ms; 0 where there is none. */
export function endedChildrenCpuMs(): number {
  let stat: string;
  try {
    stat = readFileSync('/proc/self/stat', 'utf8');
  } catch {
    return 0;
  }
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

/** Another process whose handlers can be called from here. */
export interface Worker<H> {
  call<M extends keyof H & string>(
    method: M,
    argument: ArgumentOf<H[M]>,
  ): Promise<Measured<ResultOf<H[M]>>>;
  stop(): Promise<void>;
}

/** @param file a module that calls `serve` */
export async function startWorker<H>(
  file: URL,
  options: { readonly execArgv?: readonly string[] } = {},
): Promise<Worker<H>> {
  const child = fork(file, { execArgv: [...(options.execArgv ?? [])], serialization: 'advanced' });
  const waiting = new Map<number, PromiseWithResolvers<Measured<unknown>>>();
  let lastId = 0;
  child.on('message', (reply: Reply) => {
    const waiter = waiting.get(reply.id);
    waiting.delete(reply.id);
    if ('error' in reply) waiter?.reject(new Error(reply.error));
    else waiter?.resolve(reply.measured);
  });
  const gone = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      const reason = `${file.pathname} ended with ${String(code ?? signal)}`;
      for (const waiter of waiting.values()) waiter.reject(new Error(reason));
      resolve();
    });
  });
  const ready = Promise.withResolvers<Measured<unknown>>();
  waiting.set(0, ready);
  await ready.promise;
  return {
    call: async (method, argument) => {
      lastId += 1;
      const waiter = Promise.withResolvers<Measured<unknown>>();
      waiting.set(lastId, waiter);
      child.send({ id: lastId, method, argument });
      return (await waiter.promise) as Measured<never>;
    },
    stop: async () => {
      if (child.connected) child.disconnect();
      await gone;
    },
  };
}
