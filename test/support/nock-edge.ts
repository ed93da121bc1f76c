import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import nock from 'nock';
import { AxiosHttpClient } from '../../src/adapters/http/axios-http-client.ts';
import type { ArchitectSettingsOptions } from '../../src/backends/architect-settings/options.ts';
import { aBackendRig, HOST } from './backend-rig.ts';
import type { BackendRig } from './backend-rig.ts';
import { aFlowId, someSettings } from './builders.ts';

export const TOKEN = 'token-value-1';
export const ID = aFlowId(1);
export const PATH = `/api/v2/architect/flows/${ID}`;

/** One row of a table: an answer, and the error it must become. */
export interface StatusCase {
  readonly status: number;
  readonly body?: object | string;
  readonly headers?: Record<string, string>;
  readonly code: string;
  readonly details?: object;
  readonly message?: RegExp;
}

/** Call once in a test file: no request may be unexpected, none that is expected may be missing. */
export function guardTheNetwork(): void {
  beforeAll(() => {
    nock.disableNetConnect();
  });
  afterEach(() => {
    const unused = nock.pendingMocks();
    nock.cleanAll();
    expect(unused).toEqual([]);
  });
  afterAll(() => {
    nock.enableNetConnect();
    nock.restore();
  });
}

/** The backend over the real HTTP client, whose waits take no time. */
export function anEdgeRig(options: Partial<ArchitectSettingsOptions> = {}): BackendRig {
  return aBackendRig((clock) => new AxiosHttpClient({ clock, random: () => 0 }), options);
}

export function givesToken(): void {
  nock(HOST)
    .post('/api/v2/oauth/token')
    .reply(200, { access_token: TOKEN, token_type: 'bearer', expires_in: 3600 });
}

export function wireFlow(over: object = {}): object {
  return { id: ID, name: 'Flow', version: 8, settings: someSettings(), ...over };
}
