import type { FlowId } from '../../src/domain/flow.ts';
import type { FlowOutcome } from '../../src/domain/outcome.ts';
import type { OrgRunReport } from '../../src/engine/run-report.ts';
import { aFlowId } from './builders.ts';
import { anApiError, EngineRig, waiting } from './engine-rig.ts';
import { FakeClock } from './fakes/fake-clock.ts';
import { FakeDesiredSource } from './fakes/fake-desired-source.ts';
import { FakeStatusBranch } from './fakes/fake-status-branch.ts';

/** What some flows of a slow org meet; of reloads, which are for all flows, every fifth gets no answer. */
export type Trouble =
  | 'look-up hangs'
  | 'snapshot hangs'
  | 'patch hangs'
  | 'reload hangs'
  | 'verify hangs'
  | 'patch fails'
  | 'verify fails';

export interface SlowOrg {
  readonly flows: number;
  readonly concurrency: number;
  /** An answer takes three quarters to five quarters of this. */
  readonly latencyMs: number;
  /** What some flows meet, each time. */
  readonly trouble?: Trouble;
  /** Every how manyeth; every fifth if absent. */
  readonly everyNth?: number;
  /** The engine never learns that something takes long, but by the deadlines. */
  readonly isBlind?: boolean;
}

export interface SlowRun {
  /** Milliseconds from the start of the run until the flow had ended, and how. */
  readonly ended: ReadonlyMap<FlowId, { readonly afterMs: number; readonly outcome: FlowOutcome }>;
  readonly troubled: ReadonlySet<FlowId>;
  readonly report: OrgRunReport;
  /** In the order in which each was first read. */
  readonly begun: readonly FlowId[];
  /** The most that were on their way at once. */
  readonly mostWrites: number;
}

/** One run on a clock that passes only while everybody waits, over an org that answers as services do. */
export async function runSlowOrg(org: SlowOrg): Promise<SlowRun> {
  const source = new FakeDesiredSource('desired-state');
  const statusBranch = new FakeStatusBranch();
  const clock = org.isBlind === true ? new BlindClock() : new FakeClock();
  const { flows, concurrency } = org;
  const names = { queue: ['Support'] };
  const rig = new EngineRig({ flows, names, shared: { clock, source, statusBranch } });
  const apply = { concurrency, verifyTimeout: '5s' };
  rig.policy({ apply, massChange: { maxFlows: 10_000, maxShare: 1 } });
  const numbers = Array.from({ length: flows }, (_, i) => i + 1);
  const { trouble, everyNth = 5 } = org;
  const inTrouble = (n: number): boolean => trouble !== undefined && n % everyNth === 3 % everyNth;
  rig.commit(Object.fromEntries(numbers.map((n) => [n, fileOf(org, inTrouble(n))])));
  const troubled = new Set(
    trouble === 'reload hangs' ? [] : numbers.filter(inTrouble).map(aFlowId),
  );

  const service = new SlowService(rig, org, troubled);
  const ended = new Map<FlowId, { afterMs: number; outcome: FlowOutcome }>();
  const observer = {
    progress: () => undefined,
    flowEnded: (_org: string, outcome: FlowOutcome) => {
      ended.set(outcome.flowId, { afterMs: clock.monotonicMs(), outcome });
    },
  };
  const running = rig.run({ ports: { observer }, deadlines: { runMs: 24 * 3_600_000 } });
  const report = await clock.until(running);
  const { begun, mostWrites } = service;
  return { ended, troubled, report, begun: [...begun], mostWrites };
}

/** Until then 95 of 100 of these flows had ended. */
export function p95Of({ ended }: SlowRun, flows: ReadonlySet<FlowId>): number {
  const times = [...flows].map((flowId) => ended.get(flowId)?.afterMs ?? Infinity);
  return times.toSorted((a, b) => a - b)[Math.ceil(0.95 * times.length) - 1] ?? Infinity;
}

/** Its alarms are heard only where they are far off, as those of the flows' deadlines are. */
class BlindClock extends FakeClock {
  override alarm(ms: number, ring: () => void): () => void {
    return ms > 5_000 ? super.alarm(ms, ring) : () => undefined;
  }
}

function fileOf({ trouble }: SlowOrg, isTroubled: boolean): ReturnType<typeof waiting> {
  const isLooking = trouble === 'look-up hangs' && isTroubled;
  return waiting(300, isLooking ? { requires: { queues: ['Support'] } } : {});
}

/** Stands before the rig's backend. */
class SlowService {
  readonly begun = new Set<FlowId>();
  mostWrites = 0;
  #writes = 0;
  #reloads = 0;
  #answers = 0;

  constructor(rig: EngineRig, org: SlowOrg, troubled: ReadonlySet<FlowId>) {
    const { backend, clock } = rig;
    const { trouble, latencyMs } = org;
    const written = new Set<FlowId>();
    const hangs = (what: Trouble, id: FlowId): boolean => what === trouble && troubled.has(id);
    const answer = async (signal: AbortSignal): Promise<void> => {
      // some more, some less, in an order that repeats late
      const share = ((this.#answers++ * 37) % 101) / 100;
      await clock.sleep(latencyMs * (0.75 + share / 2), signal);
    };
    rig.stub('read', async (id, signal) => {
      this.begun.add(id);
      if (hangs(written.has(id) ? 'verify hangs' : 'snapshot hangs', id)) return never(signal);
      await answer(signal);
      return backend.read(id, signal);
    });
    rig.stub('write', async (base, blocks, signal) => {
      this.mostWrites = Math.max(this.mostWrites, (this.#writes += 1));
      try {
        if (hangs('patch hangs', base.id)) return await never(signal);
        await answer(signal);
        if (hangs('patch fails', base.id)) throw anApiError('api.server-error');
        written.add(base.id);
        return await backend.write(base, blocks, signal);
      } finally {
        this.#writes -= 1;
      }
    });
    rig.stub('reload', async (signal) => {
      this.#reloads += 1;
      if (trouble === 'reload hangs' && this.#reloads % 5 === 3) return never(signal);
      await answer(signal);
      return backend.reload(signal);
    });
    if (trouble === 'look-up hangs') rig.stub('accessTo', (_kind, signal) => never(signal));
    if (trouble !== 'verify fails') return;
    for (const id of troubled)
      backend.storeInstead(id, (asked) => ({ ...asked, routing: { maxWaitTime: 1 } }));
  }
}

function never(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const leave = (): void => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', leave, { once: true });
  });
}
