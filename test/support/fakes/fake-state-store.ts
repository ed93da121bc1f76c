import { indexEntryOf } from '../../../src/adapters/state/index-entry.ts';
import type { AuditDraft } from '../../../src/domain/audit.ts';
import { FlowkeeperError } from '../../../src/domain/errors.ts';
import type { FlowId, OrgName } from '../../../src/domain/flow.ts';
import { hashOf } from '../../../src/domain/hash.ts';
import type { Json } from '../../../src/domain/json.ts';
import type { OrgStatus } from '../../../src/domain/org-status.ts';
import type {
  AttemptStart,
  FlowRecord,
  FlowRecordStore,
  Journal,
  JournalEntry,
  Outbox,
  ParseCache,
  PendingRecords,
  Snapshot,
  SnapshotStore,
  StateStore,
} from '../../../src/ports/state-store.ts';

type Part = 'journal' | 'snapshots' | 'flows' | 'outbox' | 'parseCache';
type MethodsOf<P extends Part> = `${P}.${keyof StateStore[P] & string}`;
export type StateMethod = { [P in Part]: MethodsOf<P> }[Part];

interface Attempt {
  readonly start: AttemptStart;
  readonly entries: JournalEntry[];
  ended: boolean;
}

interface OrgMemory {
  readonly flows: Map<FlowId, FlowRecord>;
  readonly publishedHashes: Map<FlowId, string>;
  readonly removed: Set<FlowId>;
  readonly audits: AuditDraft[];
  readonly snapshots: Map<string, Snapshot>;
  readonly unpublished: Set<string>;
  status?: OrgStatus;
  publishedStatus?: string;
}

/**
 * A controller's memory without a file: passes `test/contract/state-store.contract.ts`, as the real one does.
 * What goes in and out is copied.
 *
 * Lies: nothing is ever pruned, and it outlives `close`, so that one instance can stand for the file that
 * a later process opens.
 */
export class FakeStateStore implements StateStore {
  /** Every call, in order, with its arguments. */
  readonly calls: { readonly method: StateMethod; readonly args: readonly unknown[] }[] = [];
  /** What every attempt went through, also after its end. */
  readonly attempts = new Map<string, Attempt>();
  readonly #keepsCalls: boolean;
  readonly #faults: { readonly method: StateMethod; readonly error: Error }[] = [];
  readonly #orgs = new Map<OrgName, OrgMemory>();
  readonly #parsed = new Map<string, string>();
  readonly #tokens = new Map<OrgName, number>();

  /** @param options `keepsCalls`: false where nobody asks for the calls, and there are very many */
  constructor(options: { readonly keepsCalls?: boolean } = {}) {
    this.#keepsCalls = options.keepsCalls ?? true;
  }

  /** The next call of `method` fails with `error` and changes nothing; queue several for several failures. */
  failNext(method: StateMethod, error: Error): this {
    this.#faults.push({ method, error });
    return this;
  }

  /** Another holder has the org's lease: an older token is refused from now on. */
  noteToken(org: OrgName, token: number): void {
    this.#tokens.set(org, token);
  }

  /** The methods called, in order. */
  get methods(): StateMethod[] {
    return this.calls.map(({ method }) => method);
  }

  readonly journal: Journal = {
    open: (start, token) =>
      this.#call('journal.open', [start], () => {
        this.#checkFence(start.org, token);
        this.#openAttempt(start);
      }),
    append: (attemptId, entry, token) =>
      this.#call('journal.append', [attemptId, entry], () => {
        this.#checkFence(this.attempts.get(attemptId)?.start.org, token);
        this.#openedAttempt(attemptId).entries.push(structuredClone(entry));
      }),
    close: (attemptId, entry, result, token) =>
      this.#call('journal.close', [attemptId, entry, result], () => {
        this.#checkFence(this.attempts.get(attemptId)?.start.org, token);
        const attempt = this.#openedAttempt(attemptId);
        attempt.entries.push(structuredClone(entry));
        attempt.ended = true;
        const { org } = attempt.start;
        if (result.record) this.#save(org, result.record);
        if (result.audit) this.#of(org).audits.push(structuredClone(result.audit));
      }),
    unfinished: (org) =>
      this.#call('journal.unfinished', [org], () =>
        [...this.attempts.values()]
          .filter((attempt) => attempt.start.org === org && !attempt.ended)
          .map(({ start, entries }) => ({
            ...start,
            data: entries.reduce((data, entry) => ({ ...data, ...entry.data }), start.data),
            entries,
          })),
      ),
  };

  readonly snapshots: SnapshotStore = {
    put: (snapshot) =>
      this.#call('snapshots.put', [snapshot], () => {
        const { snapshots, unpublished } = this.#of(snapshot.org);
        const key = keyOf(snapshot.flowId, snapshot.version);
        snapshots.delete(key);
        snapshots.set(key, structuredClone(snapshot));
        unpublished.add(key);
      }),
    get: (org, flowId, version) =>
      this.#call('snapshots.get', [org, flowId, version], () =>
        this.#of(org).snapshots.get(keyOf(flowId, version)),
      ),
  };

  readonly flows: FlowRecordStore = {
    index: (org) =>
      this.#call(
        'flows.index',
        [org],
        () =>
          new Map(
            [...this.#of(org).flows].map(([id, record]) => [id, indexEntryOf(record)] as const),
          ),
      ),
    load: (org, ids) =>
      this.#call('flows.load', [org, ids], () => {
        const { flows } = this.#of(org);
        const found = ids.flatMap((id) => {
          const record = flows.get(id);
          return record ? [[id, record] as const] : [];
        });
        return new Map(found);
      }),
    save: (org, records, events = [], token) =>
      this.#call('flows.save', [org, records, events], () => {
        this.#checkFence(org, token);
        for (const record of records) this.#save(org, record);
        this.#of(org).audits.push(...structuredClone(events));
      }),
    remove: (org, ids, token) =>
      this.#call('flows.remove', [org, ids], () => {
        this.#checkFence(org, token);
        const memory = this.#of(org);
        for (const id of ids) {
          memory.flows.delete(id);
          memory.publishedHashes.delete(id);
          memory.removed.add(id);
        }
      }),
    saveOrg: (status, token) =>
      this.#call('flows.saveOrg', [status], () => {
        this.#checkFence(status.org, token);
        this.#of(status.org).status = structuredClone(status);
      }),
    loadOrg: (org) => this.#call('flows.loadOrg', [org], () => this.#of(org).status),
  };

  readonly outbox: Outbox = {
    pending: (org) => this.#call('outbox.pending', [org], () => this.#pending(org)),
    begin: (org) =>
      this.#call('outbox.begin', [org], () => {
        const pending = this.#pending(org);
        const memory = this.#of(org);
        for (const { flowId } of pending.statuses) memory.publishedHashes.delete(flowId);
        if (pending.orgStatus) delete memory.publishedStatus;
        return pending;
      }),
    markPublished: (pending) =>
      this.#call('outbox.markPublished', [pending], () => {
        this.#markPublished(pending);
      }),
  };

  readonly parseCache: ParseCache = {
    get: (keys) =>
      this.#call('parseCache.get', [keys], () => {
        const wanted = new Set(keys);
        return new Map([...this.#parsed].filter(([key]) => wanted.has(key)));
      }),
    put: (entries) =>
      this.#call('parseCache.put', [entries], () => {
        for (const [key, text] of entries) this.#parsed.set(key, text);
      }),
  };

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #call<T>(method: StateMethod, args: readonly unknown[], work: () => T): Promise<T> {
    if (this.#keepsCalls) this.calls.push({ method, args: structuredClone(args) });
    const at = this.#faults.findIndex((fault) => fault.method === method);
    const fault = at < 0 ? undefined : this.#faults.splice(at, 1)[0];
    if (fault) throw fault.error;
    return structuredClone(work());
  }

  #checkFence(org: OrgName | undefined, token: number | undefined): void {
    if (org === undefined || token === undefined || this.#tokens.get(org) === token) return;
    throw new FlowkeeperError('state.lease-lost', `${org} is lost`, { org });
  }

  #of(org: OrgName): OrgMemory {
    const known = this.#orgs.get(org);
    if (known) return known;
    const fresh: OrgMemory = {
      flows: new Map(),
      publishedHashes: new Map(),
      removed: new Set(),
      audits: [],
      snapshots: new Map(),
      unpublished: new Set(),
    };
    this.#orgs.set(org, fresh);
    return fresh;
  }

  #openAttempt(start: AttemptStart): void {
    const { attemptId, org, flowId } = start;
    for (const attempt of this.attempts.values()) {
      if (attempt.ended || attempt.start.org !== org || attempt.start.flowId !== flowId) continue;
      const openAttemptId = attempt.start.attemptId;
      throw new FlowkeeperError('state.attempt-open', `${openAttemptId} has no end yet`, {
        org,
        flowId,
        openAttemptId,
      });
    }
    if (this.attempts.has(attemptId)) throw attemptClosed(attemptId);
    this.attempts.set(attemptId, { start: structuredClone(start), entries: [], ended: false });
  }

  #openedAttempt(attemptId: string): Attempt {
    const attempt = this.attempts.get(attemptId);
    if (!attempt || attempt.ended) throw attemptClosed(attemptId);
    return attempt;
  }

  #save(org: OrgName, record: FlowRecord): void {
    const memory = this.#of(org);
    memory.flows.set(record.flowId, structuredClone(record));
    memory.removed.delete(record.flowId);
  }

  #pending(org: OrgName): PendingRecords {
    const memory = this.#of(org);
    const { status } = memory;
    return {
      org,
      statuses: [...memory.flows.values()]
        .filter((record) => memory.publishedHashes.get(record.flowId) !== contentOf(record.status))
        .map((record) => record.status)
        .sort((a, b) => (a.flowId < b.flowId ? -1 : 1)),
      removed: [...memory.removed].sort(),
      audits: memory.audits,
      snapshots: [...memory.snapshots]
        .filter(([key]) => memory.unpublished.has(key))
        .map(([, s]) => s),
      ...(status && contentOf(status) !== memory.publishedStatus && { orgStatus: status }),
    };
  }

  #markPublished(pending: PendingRecords): void {
    const memory = this.#of(pending.org);
    for (const status of pending.statuses)
      if (memory.flows.has(status.flowId))
        memory.publishedHashes.set(status.flowId, contentOf(status));
    for (const id of pending.removed) memory.removed.delete(id);
    const published = new Set(pending.audits.map(({ attemptId }) => attemptId));
    memory.audits.splice(
      0,
      Infinity,
      ...memory.audits.filter(({ attemptId }) => !published.has(attemptId)),
    );
    for (const snapshot of pending.snapshots) {
      const key = keyOf(snapshot.flowId, snapshot.version);
      const kept = memory.snapshots.get(key);
      if (kept?.hash === snapshot.hash && kept.takenAt === snapshot.takenAt)
        memory.unpublished.delete(key);
    }
    if (pending.orgStatus) memory.publishedStatus = contentOf(pending.orgStatus);
  }
}

function keyOf(flowId: FlowId, version: number): string {
  return `${flowId} ${String(version)}`;
}

function contentOf(status: unknown): string {
  return hashOf(status as Json);
}

function attemptClosed(attemptId: string): FlowkeeperError {
  return new FlowkeeperError('state.attempt-closed', `${attemptId} is not open`, { attemptId });
}
