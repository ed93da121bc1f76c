import type { AxiosInstance } from 'axios';
import { applyAll, listAll, logIn, patchAll } from '../bare-loop.ts';
import type { BareChange, BareOptions } from '../bare-loop.ts';
import { serve } from '../rpc.ts';

let client: AxiosInstance | undefined;
let orgId = '';

function loggedIn(): AxiosInstance {
  if (!client) throw new Error('not logged in');
  return client;
}

const handlers = {
  logIn: async (options: BareOptions) => {
    client = await logIn(options);
    ({ orgId } = options);
  },
  list: async () => (await listAll(loggedIn())).pages,
  listAndPatch: async (changes: readonly BareChange[]) => {
    const { versions } = await listAll(loggedIn());
    await patchAll(loggedIn(), orgId, versions, changes);
  },
  /** The very requests of the controller. */
  listAndApply: async ({
    changes,
    atOnce,
  }: {
    readonly changes: readonly BareChange[];
    readonly atOnce: number;
  }) => {
    await listAll(loggedIn());
    await applyAll(loggedIn(), orgId, changes, atOnce);
  },
};

export type BareLoopHandlers = typeof handlers;

serve(handlers);
