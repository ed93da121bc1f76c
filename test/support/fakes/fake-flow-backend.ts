import { FlowkeeperError } from '../../../src/domain/errors.ts';
import type {
  Actor,
  DependencyKind,
  FlowId,
  LiveFlow,
  Settings,
} from '../../../src/domain/flow.ts';
import { hashOf } from '../../../src/domain/hash.ts';
import type { Json } from '../../../src/domain/json.ts';
import type {
  BackendProbe,
  FlowBackend,
  KindAccess,
  LivePage,
} from '../../../src/ports/flow-backend.ts';
import type { RequestPriority } from '../../../src/ports/rate-gate.ts';

export type BackendMethod = Exclude<keyof FlowBackend, 'withPriority'>;

export interface BackendCall {
  readonly method: BackendMethod;
  readonly flowId?: FlowId;
  /** Of a write: what was sent. */
  readonly blocks?: Settings;
  /** Of a write: the version that was read plus one. */
  readonly version?: number;
  /** Of `accessTo` and `missingOf`. */
  readonly kind?: DependencyKind;
}

/**
 * `before` the call has any effect; or `after` it: a write or reload has taken place and only its answer is lost;
 * of `pages`, after the first page.
 */
export type FaultTime = 'before' | 'after';

export interface FakeOrg {
  readonly flows?: readonly LiveFlow[];
  /** 100 when not given. */
  readonly pageSize?: number;
  /** Lists tell no settings; a single read does. */
  readonly hideSettingsInLists?: boolean;
  /** Writes resolve with undefined, as with a service that answers without a body. */
  readonly silentWrites?: boolean;
  readonly names?: Partial<Readonly<Record<DependencyKind, readonly string[]>>>;
  readonly forbidden?: readonly DependencyKind[];
  /** What its clock says, epoch ms; not told when not given. */
  readonly serviceTimeAt?: number;
}

const PERMISSIONS: Readonly<Record<DependencyKind, string>> = {
  queue: 'routing:queue:view',
  user: 'directory:user:view',
  team: 'groups:team:view',
};

interface Planned {
  readonly method: BackendMethod;
  readonly at: FaultTime;
  readonly act: (call: BackendCall, signal: AbortSignal) => void | Promise<void>;
}

/** An org in memory: optimistic lock, pages, faults and other people's hands. Passes the contract suite of FlowBackend. */
export class FakeFlowBackend implements FlowBackend {
  /** Every call, in order, as it came in. */
  readonly calls: BackendCall[] = [];
  /** Of those calls, in the same order. */
  readonly priorities: RequestPriority[] = [];
  /** What was stored when each reload took place. */
  readonly reloads: ReadonlyMap<FlowId, Settings>[] = [];
  readonly #org: FakeOrg;
  #turn: RequestPriority = 'routine';
  readonly #flows = new Map<FlowId, LiveFlow & { readonly settings: Settings }>();
  readonly #planned: Planned[] = [];
  readonly #twists = new Map<FlowId, (asked: Settings) => Settings>();

  constructor(org: FakeOrg = {}) {
    this.#org = org;
    for (const flow of org.flows ?? []) this.add(flow);
  }

  // What a test arranges.

  add(flow: LiveFlow): this {
    this.#flows.set(flow.id, { ...flow, settings: flow.settings ?? {} });
    return this;
  }

  remove(flowId: FlowId): this {
    this.#flows.delete(flowId);
    return this;
  }

  /** Somebody writes by hand: the named blocks are replaced and the version goes up. */
  edit(flowId: FlowId, blocks: Settings, by: Actor = { id: 'u-9', name: 'Hand Writer' }): this {
    const flow = this.flow(flowId);
    const settings = { ...flow.settings, ...blocks };
    this.#flows.set(flowId, { ...flow, settings, version: flow.version + 1, modifiedBy: by });
    return this;
  }

  /** The next call of `method` fails with `error`; queue several for several failures. */
  failNext(method: BackendMethod, error: Error, at: FaultTime = 'before'): this {
    return this.onNext(method, () => Promise.reject(error), at);
  }

  /** The next call of `method` gets no answer until its signal aborts. */
  hangNext(method: BackendMethod, at: FaultTime = 'before'): this {
    return this.onNext(
      method,
      (_call, signal) =>
        new Promise((_resolve, reject) => {
          const onAbort = (): void => {
            reject(signal.reason as Error);
          };
          if (signal.aborted) onAbort();
          else signal.addEventListener('abort', onAbort, { once: true });
        }),
      at,
    );
  }

  /** Acts once, around the next call of `method`: a hand edit between read and write, a look at the journal. */
  onNext(method: BackendMethod, act: Planned['act'], at: FaultTime = 'before'): this {
    this.#planned.push({ method, at, act });
    return this;
  }

  /** From now on writes of this flow store what `twist` makes of the settings that were asked for. */
  storeInstead(flowId: FlowId, twist: (asked: Settings) => Settings): this {
    this.#twists.set(flowId, twist);
    return this;
  }

  storeAsAsked(flowId: FlowId): this {
    this.#twists.delete(flowId);
    return this;
  }

  // What a test looks at.

  /** As stored. Throws for a flow that is not there. */
  flow(flowId: FlowId): LiveFlow & { readonly settings: Settings } {
    const flow = this.#flows.get(flowId);
    if (flow === undefined) throw new Error(`the fake org has no flow ${flowId}`);
    return flow;
  }

  /** As the last reload took it; undefined before the first. */
  effective(flowId: FlowId): Settings | undefined {
    return this.reloads.at(-1)?.get(flowId);
  }

  callsOf(method: BackendMethod): readonly BackendCall[] {
    return this.calls.filter((call) => call.method === method);
  }

  // FlowBackend.

  async probe(signal: AbortSignal): Promise<BackendProbe> {
    const call: BackendCall = { method: 'probe' };
    await this.#enter(call, signal);
    await this.#leave(call, signal);
    const [someFlow] = this.#flows.keys();
    const { serviceTimeAt } = this.#org;
    return {
      ...(serviceTimeAt !== undefined && { serviceTimeAt }),
      ...(someFlow !== undefined && { someFlow }),
    };
  }

  async *pages(signal: AbortSignal): AsyncGenerator<LivePage, void, undefined> {
    const call: BackendCall = { method: 'pages' };
    await this.#enter(call, signal);
    const flows = [...this.#flows.values()];
    const size = this.#org.pageSize ?? 100;
    for (let from = 0; from === 0 || from < flows.length; from += size) {
      signal.throwIfAborted();
      yield this.#pageOf(flows.slice(from, from + size));
      if (from === 0) await this.#leave(call, signal);
    }
  }

  async read(id: FlowId, signal: AbortSignal): Promise<LiveFlow> {
    const call: BackendCall = { method: 'read', flowId: id };
    await this.#enter(call, signal);
    const flow = this.#found(id, 'GET');
    await this.#leave(call, signal);
    return structuredClone(flow);
  }

  async write(
    base: LiveFlow,
    blocks: Settings,
    signal: AbortSignal,
  ): Promise<LiveFlow | undefined> {
    const version = base.version + 1;
    const call: BackendCall = { method: 'write', flowId: base.id, blocks, version };
    await this.#enter(call, signal);
    const flow = this.#found(base.id, 'PATCH');
    if (flow.version !== base.version) {
      const details = { ...factsOf('PATCH', base.id), status: 409, flowId: base.id };
      throw new FlowkeeperError('api.conflict', `${base.id}: somebody else wrote first`, details);
    }
    const asked = { ...flow.settings, ...structuredClone(blocks) };
    const settings = this.#twists.get(base.id)?.(asked) ?? asked;
    const modifiedBy = { id: 'client-1', name: 'flowkeeper' };
    const stored = { ...flow, settings, version, modifiedBy };
    this.#flows.set(base.id, stored);
    await this.#leave(call, signal);
    return this.#org.silentWrites === true ? undefined : structuredClone(stored);
  }

  async reload(signal: AbortSignal): Promise<void> {
    const call: BackendCall = { method: 'reload' };
    await this.#enter(call, signal);
    this.reloads.push(new Map([...this.#flows].map(([id, { settings }]) => [id, settings])));
    await this.#leave(call, signal);
  }

  async accessTo(kind: DependencyKind, signal: AbortSignal): Promise<KindAccess> {
    const call: BackendCall = { method: 'accessTo', kind };
    await this.#enter(call, signal);
    await this.#leave(call, signal);
    return this.#isForbidden(kind)
      ? { kind: 'forbidden', permission: PERMISSIONS[kind] }
      : { kind: 'readable' };
  }

  async missingOf(
    kind: DependencyKind,
    names: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly string[]> {
    const call: BackendCall = { method: 'missingOf', kind };
    await this.#enter(call, signal);
    if (names.length > 0 && this.#isForbidden(kind)) {
      const permission = PERMISSIONS[kind];
      const details = { ...factsOf('GET', kind), status: 403, permission };
      throw new FlowkeeperError('api.forbidden', `${permission} is missing`, details);
    }
    await this.#leave(call, signal);
    const there = new Set(this.#org.names?.[kind]);
    return [...new Set(names)].filter((name) => !there.has(name));
  }

  /** Lies: of `pages` it is not told. */
  withPriority(priority: RequestPriority): FlowBackend {
    // a call notes its turn before it first waits
    const inTurn = <T>(call: () => T): T => {
      this.#turn = priority;
      try {
        return call();
      } finally {
        this.#turn = 'routine';
      }
    };
    return {
      probe: (signal) => inTurn(() => this.probe(signal)),
      pages: (signal) => this.pages(signal),
      read: (id, signal) => inTurn(() => this.read(id, signal)),
      write: (base, blocks, signal) => inTurn(() => this.write(base, blocks, signal)),
      reload: (signal) => inTurn(() => this.reload(signal)),
      accessTo: (kind, signal) => inTurn(() => this.accessTo(kind, signal)),
      missingOf: (kind, names, signal) => inTurn(() => this.missingOf(kind, names, signal)),
      withPriority: (other) => this.withPriority(other),
    };
  }

  #isForbidden(kind: DependencyKind): boolean {
    return this.#org.forbidden?.includes(kind) ?? false;
  }

  #pageOf(flows: readonly LiveFlow[]): LivePage {
    const hide = this.#org.hideSettingsInLists === true;
    const shown = flows.map((flow) =>
      hide ? { ...flow, settings: undefined } : structuredClone(flow),
    );
    const digest = hashOf(JSON.parse(JSON.stringify(shown)) as Json);
    return { digest, count: shown.length, flows: () => shown };
  }

  #found(id: FlowId, method: string): LiveFlow & { readonly settings: Settings } {
    const flow = this.#flows.get(id);
    if (flow !== undefined) return flow;
    const details = { ...factsOf(method, id), status: 404 };
    throw new FlowkeeperError('api.not-found', `there is no flow ${id}`, details);
  }

  async #enter(call: BackendCall, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.calls.push(call);
    this.priorities.push(this.#turn);
    await this.#act(call, signal, 'before');
  }

  async #leave(call: BackendCall, signal: AbortSignal): Promise<void> {
    await this.#act(call, signal, 'after');
  }

  async #act(call: BackendCall, signal: AbortSignal, at: FaultTime): Promise<void> {
    const index = this.#planned.findIndex((plan) => plan.method === call.method && plan.at === at);
    const [planned] = index < 0 ? [] : this.#planned.splice(index, 1);
    await planned?.act(call, signal);
    signal.throwIfAborted();
  }
}

function factsOf(method: string, what: string): { method: string; url: string } {
  return { method, url: `http://fake.invalid/${what}` };
}
