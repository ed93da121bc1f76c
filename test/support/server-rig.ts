import type { Generation } from '../../src/app/controller.ts';
import type { OrgStatus } from '../../src/domain/org-status.ts';
import type { WorkerView } from '../../src/engine/loop/org-worker.ts';
import type { FlowRecord, Snapshot } from '../../src/ports/state-store.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { makeServerApp } from '../../src/server/make-server-app.ts';
import type { Events } from '../../src/server/events.ts';
import type { NoticeCounts } from '../../src/ports/notice-store.ts';
import { aFlowId, aFlowRecord, aFlowStatus, aSnapshot } from './builders.ts';
import { FakeTriggerLog } from './fakes/fake-trigger-log.ts';
import { FakeClock } from './fakes/fake-clock.ts';
import { FakeStatusBranch } from './fakes/fake-status-branch.ts';
import { MemoryLog } from './fakes/memory-log.ts';
import { aRunEntry } from './run-entries.ts';

export const TOKEN = 'a-token-of-the-server-of-tests';

type StatusOf = Partial<FlowRecord['status']>;

/** An org as the server sees it. */
interface ServedOrg {
  readonly records: Map<string, FlowRecord>;
  /** Another object after each change, as of the real store. */
  index: ReadonlyMap<string, object>;
  worker: WorkerView;
  status: OrgStatus | undefined;
}

/** The server without a socket, on orgs whose flows a test names; there is one, `acme`. */
export class ServerRig<C extends Clock = FakeClock> {
  readonly clock: C;
  readonly log = new MemoryLog();
  readonly triggers = new FakeTriggerLog();
  readonly statusBranch = new FakeStatusBranch();
  readonly released: unknown[] = [];
  readonly asked: unknown[] = [];
  readonly notices: NoticeCounts[] = [];
  readonly suspensions: unknown[] = [];
  readonly noted: unknown[] = [];
  token: string | undefined = TOKEN;
  proxy: { readonly addresses: readonly string[]; readonly userHeader: string } | undefined;
  /** Where requests come from. */
  source = '192.0.2.1';
  /** When git was last looked at. */
  lookedAt = 0;
  /** Why the status branch cannot be read. */
  away: Error | undefined = new Error('away');
  readonly events: Events;
  readonly app;
  readonly #orgs = new Map<string, ServedOrg>();

  constructor(flows: readonly StatusOf[] = [], clock?: C) {
    this.clock = clock ?? (new FakeClock() as Clock as C);
    this.addOrg('acme', flows);
    const { app, events } = makeServerApp({
      clock: this.clock,
      current: () => this.#generation(),
      metrics: {
        contentType: 'text/plain',
        text: () => Promise.resolve(''),
        delivered: () => undefined,
      },
    });
    this.app = app;
    this.events = events;
  }

  addOrg(
    org: string,
    flows: readonly StatusOf[],
    facts: { readonly status?: OrgStatus; readonly worker?: Partial<WorkerView> } = {},
  ): void {
    const records = new Map<string, FlowRecord>();
    // ten thousand of them are made of one
    const record = aFlowRecord();
    const like = aFlowStatus({ org });
    flows.forEach((status, i) => {
      const flowId = status.flowId ?? aFlowId(i + 1);
      const whole = { ...like, flowId, name: `Flow ${String(i + 1)}`, ...status };
      records.set(flowId, { ...record, flowId, status: whole });
    });
    const worker: WorkerView = {
      org,
      nextRunAt: 0,
      nextReason: 'interval',
      failures: 0,
      waiting: false,
      last: aRunEntry(),
      ...facts.worker,
    };
    const index = new Map([...records.keys()].map((id) => [id, {}]));
    this.#orgs.set(org, { records, index, worker, status: facts.status });
  }

  /** A run ended that left a flow so; whoever listens hears of it. */
  change(org: string, flowId: string, status: StatusOf): void {
    const served = this.#orgs.get(org)!;
    const record = served.records.get(flowId)!;
    served.records.set(flowId, { ...record, status: { ...record.status, ...status } });
    served.index = new Map(served.index);
    this.events.changed();
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return this.#send(path, { headers });
  }

  post(
    path: string,
    headers: Readonly<Record<string, string>> = {},
    body?: URLSearchParams | string,
  ): Promise<Response> {
    return this.#send(path, { method: 'POST', headers, ...(body !== undefined && { body }) });
  }

  async #send(path: string, init: RequestInit): Promise<Response> {
    const request = new Request(`http://localhost${path}`, init);
    if (!request.headers.has('host')) request.headers.set('host', 'localhost');
    return this.app.fetch(request, { incoming: { socket: { remoteAddress: this.source } } });
  }

  #generation(): Generation {
    const config = {
      orgs: [...this.#orgs.keys()].map((name) => ({ name })),
      source: { branch: 'main' },
      server: {
        host: '127.0.0.1',
        port: 0,
        webhooks: {},
        ...(this.token !== undefined && { token: this.token }),
        ...(this.proxy && { proxy: this.proxy }),
      },
    };
    const { log } = this;
    return { app: this.#servedApp(), loop: this.#loop(), config, log } as unknown as Generation;
  }

  #servedApp(): object {
    const snapshots = new Map<number, Snapshot>([[7, aSnapshot({ version: 7 })]]);
    return {
      triggers: this.triggers,
      noticeCounts: async () => this.notices,
      flowIndex: async (org: string) => this.#orgs.get(org)!.index,
      flowRecords: async (org: string, ids: readonly string[]) => {
        const { records } = this.#orgs.get(org)!;
        return new Map(
          ids.flatMap((id) => {
            const record = records.get(id);
            return record ? [[id, record] as const] : [];
          }),
        );
      },
      orgStatus: async (org: string) => this.#orgs.get(org)!.status,
      orgNames: (orgs: readonly string[]) => orgs,
      inTime: (signal: AbortSignal, work: (signal: AbortSignal) => Promise<unknown>) =>
        work(signal),
      lastChange: async () => undefined,
      statusTip: async (signal: AbortSignal) => {
        if (this.away) throw this.away;
        return this.statusBranch.tip(signal);
      },
      snapshot: async ({ version }: { readonly version: number }) => snapshots.get(version),
      noteRequest: async (asked: unknown) => void this.noted.push(asked),
      suspend: async (asked: unknown) => void this.suspensions.push(asked),
      release: async (asked: unknown) => void this.released.push(asked),
    };
  }

  #loop(): object {
    return {
      accept: async (reason: string, asked: object) => void this.asked.push({ reason, ...asked }),
      view: () => ({
        head: {
          failures: 0,
          looks: 1,
          pinned: { revision: 'c0ffee', treeId: 't' },
          lookedAt: this.lookedAt,
        },
        orgs: [...this.#orgs.values()].map(({ worker }) => worker),
      }),
    };
  }
}
