import type { FlowId, LiveFlow, Settings } from '../../src/domain/flow.ts';
import type { FlowBackend, LivePage } from '../../src/ports/flow-backend.ts';
import { applyBlocks } from '../../src/plan/make-blocks.ts';
import type { FakeClock } from '../support/fakes/fake-clock.ts';
import type { FakeFlowBackend } from '../support/fakes/fake-flow-backend.ts';
import { Breach, mustHold } from './breach.ts';
import { changedLeaves, withLeaves } from './leaves.ts';
import type { Leaves } from './leaves.ts';
import { Ledger } from './ledger.ts';
import type { LedgerWrite } from './ledger.ts';
import { errorOf, Pending } from './service-faults.ts';
import type { ServiceFault, ServiceHook, ServiceMethod } from './service-faults.ts';

/** Who calls: one run of one process. */
export interface ServiceClient {
  readonly isAlive: () => boolean;
  /** Looks at a write that is about to be sent. */
  readonly onWrite: (
    base: LiveFlow,
    blocks: Settings,
  ) => Promise<Pick<LedgerWrite, 'attemptId' | 'step'>>;
  readonly onReload: () => void;
  /** The controller would take it for an error of the service. */
  readonly onBreach: (breach: Breach) => void;
  readonly onPartialList: () => void;
}

const SILENCE_MS = 5000;

/**
 * The fake org, in time: calls take a while, are served in the middle of it, and whatever was sent takes place even
 * where nobody waits for the answer any more. Keeps a ledger of who wrote what.
 */
export class ModelService {
  readonly ledger = new Ledger();
  readonly faults = new Pending<ServiceFault>();
  readonly hooks = new Pending<ServiceHook>();
  /** Version of each flow that is in effect. */
  readonly inEffect = new Map<FlowId, number>();
  readonly #fake: FakeFlowBackend;
  readonly #clock: FakeClock;
  /** How long the next leg of a call takes. */
  readonly #nextMs: () => number;
  readonly #isSilent: boolean;
  readonly #known: FlowId[];
  readonly #deleted = new Set<FlowId>();
  readonly #inFlight = new Map<FlowId, ServiceClient>();
  readonly #never = new AbortController().signal;
  #silentUntil = 0;

  constructor(
    fake: FakeFlowBackend,
    clock: FakeClock,
    options: {
      readonly flowIds: readonly FlowId[];
      readonly nextMs: () => number;
      /** Writes are answered without a body. */
      readonly isSilent: boolean;
    },
  ) {
    this.#fake = fake;
    this.#clock = clock;
    this.#nextMs = options.nextMs;
    this.#isSilent = options.isSilent;
    this.#known = [...options.flowIds];
    for (const id of this.#known) this.#note(id);
  }

  // What people and fate do.

  /** Undefined when it was deleted. */
  live(flowId: FlowId): ReturnType<FakeFlowBackend['flow']> | undefined {
    return this.#deleted.has(flowId) ? undefined : this.#fake.flow(flowId);
  }

  edit(flowId: FlowId, leaves: Leaves, who: string): void {
    const live = this.live(flowId);
    if (!live) return;
    const after = withLeaves(live.settings, leaves);
    const names = new Set(Object.keys(leaves).map((path) => path.split('/')[1] ?? ''));
    const blocks = [...names].map((name) => [name, after[name] ?? null] as const);
    this.#fake.edit(flowId, Object.fromEntries(blocks), { id: `id-${who}`, name: who });
    this.#note(flowId);
  }

  remove(flowId: FlowId): void {
    this.#fake.remove(flowId);
    this.#deleted.add(flowId);
  }

  /** So many writes of the flow are stored with this value instead of what they ask for. */
  storeOtherwise(flowId: FlowId, leaves: Leaves, times: number): void {
    let left = times;
    this.#fake.storeInstead(flowId, (asked) => {
      left -= 1;
      if (left <= 0) this.#fake.storeAsAsked(flowId);
      return withLeaves(asked, leaves);
    });
  }

  /** From now on all goes well. */
  heal(): void {
    this.faults.clear();
    this.hooks.clear();
    this.#silentUntil = 0;
    for (const id of this.#known) this.#fake.storeAsAsked(id);
  }

  /** True where what the controller wrote is stored, and not in effect yet. */
  isUnloaded(flowId: FlowId): boolean {
    const last = this.ledger.ours(flowId).at(-1);
    const isStored = last !== undefined && last.version === this.live(flowId)?.version;
    return isStored && last.version > (this.inEffect.get(flowId) ?? 0);
  }

  /** True where the controller's last write was stored other than it was asked for. */
  isTwisted(flowId: FlowId): boolean {
    const last = this.ledger.ours(flowId).at(-1);
    return last !== undefined && changedLeaves(last.settings, last.write.asked).length > 0;
  }

  // What the controller sees.

  as(client: ServiceClient): FlowBackend {
    const backend: FlowBackend = {
      probe: (signal) => this.#fake.probe(signal),
      pages: (signal) => this.#pages(client, signal),
      read: (id, signal) =>
        this.#served('read', id, signal, () => this.#fake.read(id, this.#never)),
      write: (base, blocks, signal) =>
        this.#write(client, base, blocks, signal).catch((error: unknown) => {
          if (error instanceof Breach) client.onBreach(error);
          throw error;
        }),
      reload: (signal) => this.#reload(client, signal),
      accessTo: (kind, signal) =>
        this.#served('lookup', undefined, signal, () => this.#fake.accessTo(kind, this.#never)),
      missingOf: (kind, names, signal) =>
        this.#served('lookup', undefined, signal, () =>
          this.#fake.missingOf(kind, names, this.#never),
        ),
      withPriority: () => backend,
    };
    return backend;
  }

  async *#pages(client: ServiceClient, signal: AbortSignal): AsyncGenerator<LivePage> {
    await this.#arrive('pages', undefined, signal);
    const [fault] = this.faults.take('pages', undefined);
    let count = 0;
    for await (const page of this.#fake.pages(signal)) {
      if (fault && count === fault.afterPages) break;
      await this.#clock.sleep(this.#nextMs(), signal);
      yield page;
      count += 1;
    }
    this.#happen('pages', undefined, 'after');
    if (!fault) return;
    client.onPartialList();
    await this.#clock.sleep(fault.answersAfterMs, signal);
    throw errorOf(fault);
  }

  async #served<T>(
    method: ServiceMethod,
    flowId: FlowId | undefined,
    signal: AbortSignal,
    serve: () => Promise<T>,
  ): Promise<T> {
    await this.#arrive(method, flowId, signal);
    const [fault] = this.faults.take(method, flowId);
    if (fault) return this.#fail(fault, signal);
    const answer = await serve();
    this.#happen(method, flowId, 'after');
    await this.#clock.sleep(this.#nextMs(), signal);
    return answer;
  }

  async #write(
    client: ServiceClient,
    base: LiveFlow,
    blocks: Settings,
    signal: AbortSignal,
  ): Promise<LiveFlow | undefined> {
    const { id } = base;
    const other = this.#inFlight.get(id);
    mustHold(other?.isAlive() !== true, () => `two writes of ${id} are in flight at once`);
    this.#inFlight.set(id, client);
    try {
      await this.#arrive('write', id, signal);
      const by = await client.onWrite(base, blocks);
      const [fault] = this.faults.take('write', id);
      if (fault?.lands === 'never') return await this.#fail(fault, signal);
      const landsAfterMs = typeof fault?.lands === 'number' ? fault.lands : this.#nextMs();
      const landing = this.#land(base, blocks, by, landsAfterMs);
      if (fault) return await this.#fail(fault, signal);
      const stored = await abortable(landing, signal);
      await this.#clock.sleep(this.#nextMs(), signal);
      return this.#isSilent ? undefined : stored;
    } finally {
      if (this.#inFlight.get(id) === client) this.#inFlight.delete(id);
    }
  }

  /** Takes place whether or not anybody waits for it. */
  #land(
    base: LiveFlow,
    blocks: Settings,
    by: Pick<LedgerWrite, 'attemptId' | 'step'>,
    ms: number,
  ): Promise<LiveFlow | undefined> {
    const landing = this.#clock.sleep(ms, this.#never).then(async () => {
      const before = this.live(base.id)?.settings ?? {};
      const stored = await this.#fake.write(base, blocks, this.#never);
      const asked = applyBlocks(before, blocks);
      this.#note(base.id, { ...by, before, asked });
      this.#happen('write', base.id, 'after');
      return stored;
    });
    landing.catch(() => undefined);
    return landing;
  }

  async #reload(client: ServiceClient, signal: AbortSignal): Promise<void> {
    await this.#arrive('reload', undefined, signal);
    client.onReload();
    const [fault] = this.faults.take('reload', undefined);
    if (fault?.lands === 'never') return this.#fail(fault, signal);
    const stored = this.#known.flatMap((id) => {
      const version = this.live(id)?.version;
      return version === undefined ? [] : [[id, version] as const];
    });
    const landing = this.#clock.sleep(this.#nextMs(), this.#never).then(() => {
      for (const [id, version] of stored)
        this.inEffect.set(id, Math.max(version, this.inEffect.get(id) ?? 0));
      this.#happen('reload', undefined, 'after');
    });
    if (fault) return this.#fail(fault, signal);
    await abortable(landing, signal);
  }

  /** The way there: what somebody does before the call is served, is done. */
  async #arrive(
    method: ServiceMethod,
    flowId: FlowId | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    signal.throwIfAborted();
    // as long as the service asked for, no request leaves the client
    while (this.#clock.now() < this.#silentUntil)
      await this.#clock.sleep(this.#silentUntil - this.#clock.now(), signal);
    await this.#clock.sleep(this.#nextMs(), signal);
    this.#happen(method, flowId, 'before');
  }

  #happen(method: ServiceMethod, flowId: FlowId | undefined, time: ServiceHook['time']): void {
    for (const { act } of this.hooks.take(method, flowId, (hook) => hook.time === time)) act();
  }

  async #fail(fault: ServiceFault, signal: AbortSignal): Promise<never> {
    await this.#clock.sleep(fault.answersAfterMs, signal);
    if (fault.code === 'api.rate-limited')
      this.#silentUntil = this.#clock.now() + (fault.retryAfterMs ?? SILENCE_MS);
    throw errorOf(fault);
  }

  #note(flowId: FlowId, write?: LedgerWrite): void {
    const { version, settings } = this.#fake.flow(flowId);
    const at = this.#clock.now();
    this.ledger.add(flowId, { version, settings, at, ...(write && { write }) });
  }
}

/** The client stops waiting; what it waits for goes on. */
function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', leave);
    });
  });
}
