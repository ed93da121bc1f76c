import type { Generation } from '../../src/app/controller.ts';
import { makeServerApp } from '../../src/server/make-server-app.ts';
import type { Events } from '../../src/server/events.ts';
import type { FlowRecord } from '../../src/ports/state-store.ts';
import { aFlowId, aFlowRecord, aFlowStatus } from './builders.ts';
import { FakeTriggerLog } from './fakes/fake-trigger-log.ts';
import { FakeClock } from './fakes/fake-clock.ts';
import { MemoryLog } from './fakes/memory-log.ts';
import { aRunEntry } from './run-entries.ts';

export const TOKEN = 'a-token-of-the-server-of-tests';

/** The server without a socket, on an org whose flows a test names. */
export class ServerRig {
  readonly clock = new FakeClock();
  readonly log = new MemoryLog();
  readonly triggers = new FakeTriggerLog();
  readonly released: unknown[] = [];
  readonly asked: unknown[] = [];
  token: string | undefined = TOKEN;
  readonly events: Events;
  readonly #records = new Map<string, FlowRecord>();
  readonly #index = new Map();
  readonly #app;

  constructor(flows: readonly Partial<FlowRecord['status']>[] = []) {
    flows.forEach((status, i) => {
      const flowId = aFlowId(i + 1);
      const whole = aFlowStatus({ flowId, org: 'acme', name: `Flow ${String(i + 1)}`, ...status });
      this.#records.set(flowId, aFlowRecord({ flowId, status: whole }));
      this.#index.set(flowId, {});
    });
    const { app, events } = makeServerApp({
      clock: this.clock,
      current: () => this.#generation(),
      metrics: {
        contentType: 'text/plain',
        text: () => Promise.resolve(''),
        delivered: () => undefined,
      },
    });
    this.#app = app;
    this.events = events;
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return this.#send(path, { headers });
  }

  post(
    path: string,
    headers: Readonly<Record<string, string>> = {},
    body?: URLSearchParams,
  ): Promise<Response> {
    return this.#send(path, { method: 'POST', headers, ...(body && { body }) });
  }

  async #send(path: string, init: RequestInit): Promise<Response> {
    const request = new Request(`http://localhost${path}`, init);
    if (!request.headers.has('host')) request.headers.set('host', 'localhost');
    return this.#app.fetch(request);
  }

  #generation(): Generation {
    const app = {
      triggers: this.triggers,
      flowIndex: () => Promise.resolve(this.#index),
      flowRecords: (_org: string, ids: readonly string[]) =>
        Promise.resolve(
          new Map(
            ids.flatMap((id) => {
              const record = this.#records.get(id);
              return record ? [[id, record] as const] : [];
            }),
          ),
        ),
      orgStatus: () => Promise.resolve(undefined),
      orgNames: () => ['acme'],
      statusTip: () => Promise.reject(new Error('away')),
      release: (asked: unknown) => Promise.resolve(void this.released.push(asked)),
    };
    const loop = {
      accept: (reason: string, asked: object) =>
        Promise.resolve(void this.asked.push({ reason, ...asked })),
      view: () => ({
        head: { failures: 0, looks: 1, pinned: { revision: 'c0ffee', treeId: 't' }, lookedAt: 0 },
        orgs: [
          {
            org: 'acme',
            nextRunAt: 0,
            nextReason: 'interval',
            failures: 0,
            waiting: false,
            last: aRunEntry(),
          },
        ],
      }),
    };
    const config = {
      orgs: [{ name: 'acme' }],
      source: { branch: 'main' },
      server: {
        host: '127.0.0.1',
        port: 0,
        webhooks: {},
        ...(this.token !== undefined && { token: this.token }),
      },
    };
    return { app, loop, config, log: this.log } as unknown as Generation;
  }
}
