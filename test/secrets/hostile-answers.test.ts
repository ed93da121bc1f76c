import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import type { LiveFlow } from '../../src/domain/flow.ts';
import { aScriptedRig, failureOf } from '../support/backend-rig.ts';
import type { ScriptedRig } from '../support/backend-rig.ts';
import { aFlowId } from '../support/builders.ts';
import { ENCODINGS, tellTale } from './encodings.ts';

const signal = new AbortController().signal;
const CLIENT_SECRET = 'Canary/s3cret+90ab"12\\cd=<e>&fg\'_hijkl~0123';
const ACCESS_TOKEN = 'canary-token.Zm9vYmFyYmF6cXV4-0123456789_abcdefgh';

const OURS: Readonly<Record<string, string>> = {
  'the client secret': CLIENT_SECRET,
  'the access token': ACCESS_TOKEN,
};

/** Parts of a flow that a service can fill with what it was given. */
const PLACES: Readonly<Record<string, (text: string) => object>> = {
  'its name': (text) => ({ name: text }),
  'a setting': (text) => ({ settings: { routing: { type: text } } }),
  'the name of a setting': (text) => ({ settings: { routing: { [text]: 1 } } }),
  'who wrote it': (text) => ({ modifiedBy: { id: 'u-1', name: text } }),
  'when it was written': (text) => ({ modifiedDate: text }),
};

const flow = (n: number, over: object = {}): object => ({
  ...{ id: aFlowId(n), name: `Flow ${String(n)}`, version: 7 },
  ...{ settings: { routing: { type: 'longestAvailable' } }, ...over },
});

/** A service whose second flow is this, in the list and alone. */
function aRig(second: object): ScriptedRig {
  return aScriptedRig(
    (call) => ({
      body: call.includes(`/${aFlowId(2)}`) ? second : { entities: [flow(1), second], total: 2 },
    }),
    { clientSecret: CLIENT_SECRET },
    () => ({ body: { access_token: ACCESS_TOKEN, expires_in: 3600 } }),
  );
}

async function listed(rig: ScriptedRig): Promise<readonly LiveFlow[]> {
  const flows: LiveFlow[] = [];
  for await (const page of rig.backend.pages(signal)) flows.push(...page.flows());
  return flows;
}

describe.each(Object.keys(OURS))('an answer that quotes %s', (what) => {
  const secret = OURS[what]!;

  describe.each(Object.keys(ENCODINGS))('as %s', (encoding) => {
    const form = ENCODINGS[encoding]!(secret);
    const tells = tellTale(encoding, form);

    test.each(Object.keys(PLACES))('in %s tells nothing of that flow', async (place) => {
      const rig = aRig(flow(2, PLACES[place]!(form)));

      const [first, second] = await listed(rig);
      const error = await failureOf(rig.backend.read(aFlowId(2), signal));

      expect(first?.settings).toEqual({ routing: { type: 'longestAvailable' } });
      expect(second).toMatchObject({ id: aFlowId(2), version: 7, settings: undefined });
      expect(error.code).toBe('api.bad-answer');
      const told = [JSON.stringify(second), inspect(error, { depth: 9, showHidden: true })];
      for (const text of [...told, ...rig.logged]) expect(text).not.toContain(tells);
    });
  });
});

test('an answer that quotes nothing is told whole', async () => {
  const rig = aRig(flow(2, { modifiedBy: { id: 'u-1', name: 'Sam' } }));

  expect(await listed(rig)).toMatchObject([
    { name: 'Flow 1' },
    { name: 'Flow 2', settings: { routing: {} }, modifiedBy: { name: 'Sam' } },
  ]);
});

test('a client secret so short that it is found by chance refuses nothing', async () => {
  const rig = aScriptedRig(
    () => ({ body: { entities: [flow(1, { name: 'routing test' })], total: 1 } }),
    { clientSecret: 'test' },
  );

  expect(await listed(rig)).toMatchObject([{ name: 'routing test', settings: { routing: {} } }]);
});
