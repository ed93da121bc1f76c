import { makeArchitectSettingsBackend } from '../../src/backends/architect-settings/make-architect-settings-backend.ts';
import type { ArchitectSettingsOptions } from '../../src/backends/architect-settings/options.ts';
import { FlowkeeperError } from '../../src/domain/errors.ts';
import { UNSPENT } from '../../src/domain/request-budget.ts';
import type { FlowBackend } from '../../src/ports/flow-backend.ts';
import type { HttpClient, HttpRequest } from '../../src/ports/http-client.ts';
import type { Log, LogFields } from '../../src/ports/log.ts';
import type { RateGate, RequestPriority } from '../../src/ports/rate-gate.ts';
import { ORG_ID } from './builders.ts';
import { FakeHttpClient } from './fakes/fake-http-client.ts';
import type { FakeAnswer } from './fakes/fake-http-client.ts';
import { SkippingClock } from './skipping-clock.ts';

export const HOST = 'http://org.example';
export const CLIENT_SECRET = 'client-secret-value';

export interface BackendRig {
  readonly backend: FlowBackend;
  readonly clock: SkippingClock;
  /** `read`, `write`, and `stall <ms from now>`, in order. */
  readonly gate: readonly string[];
  /** Of the reads and writes among them. */
  readonly priorities: readonly (RequestPriority | undefined)[];
  readonly logged: readonly string[];
}

/** The backend on any HTTP client, with a gate and a log that only remember. */
export function aBackendRig(
  makeHttp: (clock: SkippingClock) => HttpClient,
  options: Partial<ArchitectSettingsOptions> = {},
): BackendRig {
  const clock = new SkippingClock();
  const gate: string[] = [];
  const priorities: (RequestPriority | undefined)[] = [];
  const rateGate: RateGate = {
    configure: () => undefined,
    admit: async (kind, _signal, priority) => {
      gate.push(kind);
      priorities.push(priority);
    },
    stall: async (untilAt) => void gate.push(`stall ${String(untilAt - clock.now())}`),
    spent: () => Promise.resolve(UNSPENT),
    waitedMs: 0,
  };
  const logged: string[] = [];
  const write = (message: string, fields?: LogFields): void => {
    logged.push(`${message} ${JSON.stringify(fields ?? {})}`);
  };
  const log: Log = { debug: write, info: write, warn: write, error: write, with: () => log };
  const backend = makeArchitectSettingsBackend(
    {
      environment: HOST,
      orgId: ORG_ID,
      clientId: 'client-id',
      clientSecret: CLIENT_SECRET,
      ...options,
    },
    { clock, log, rateGate, http: makeHttp(clock) },
  );
  return { backend, clock, gate, priorities, logged };
}

export interface ScriptedRig extends BackendRig {
  /** What was sent, tokens aside: `GET /path?query`. */
  readonly sent: () => readonly string[];
  readonly requests: readonly HttpRequest[];
  /** Those that were given up before they were answered. */
  readonly cancelled: readonly HttpRequest[];
}

/** The backend on a scripted service; tokens are given without ado unless `token` says otherwise. */
export function aScriptedRig(
  answer: (
    call: string,
    request: HttpRequest,
    nth: number,
  ) => FakeAnswer | Error | Promise<FakeAnswer | Error>,
  options: Partial<ArchitectSettingsOptions> = {},
  token: (nth: number) => FakeAnswer | Error | Promise<FakeAnswer | Error> = (nth) => ({
    body: { access_token: `token-${String(nth)}`, expires_in: 3600 },
  }),
): ScriptedRig {
  const sent: string[] = [];
  let tokens = 0;
  const http = new FakeHttpClient((request) => {
    const { pathname, search } = new URL(request.url);
    if (pathname.endsWith('/oauth/token')) return token((tokens += 1));
    const call = `${request.method} ${pathname}${search}`;
    sent.push(call);
    return answer(call, request, sent.length - 1);
  });
  const { requests, cancelled } = http;
  return { ...aBackendRig(() => http, options), sent: () => sent, requests, cancelled };
}

/** The error that `promise` ends with, which must be one of ours. */
export async function failureOf(promise: Promise<unknown>): Promise<FlowkeeperError> {
  const end: unknown = await promise.then(
    (value) => ({ resolvedWith: value }),
    (error: unknown) => error,
  );
  if (!(end instanceof FlowkeeperError))
    throw new Error('expected a FlowkeeperError', { cause: end });
  return end as FlowkeeperError;
}
