import { Refusal, badRequest, jsonAnswer, notFound } from './answer.ts';
import type { Answer } from './answer.ts';
import { mediaType, readBody } from './call.ts';
import { FLOW_CHANGES_FIELDS, changeFlows } from './control-flows.ts';
import type { FlowChanges } from './control-flows.ts';
import type { ControlRespond } from './exchange.ts';
import type { FlowState } from './flow.ts';
import { OBJECT, SimulatorInputError, TEXT, UUID_TEXT, required } from './input.ts';
import { parseJson } from './json.ts';
import type { JsonObject } from './json.ts';
import type { SimulatedOrg } from './simulated-org.ts';
import type { SimulatorInside } from './inside.ts';

type ControlCall = Parameters<ControlRespond>[0];
type ControlHandler = (simulator: SimulatorInside, call: ControlCall, id: string) => Answer;

interface HandEdit {
  readonly orgId?: string;
  readonly flowId: string;
  readonly by: string;
  readonly settings: JsonObject;
}

const EDIT_FIELDS = {
  orgId: UUID_TEXT,
  flowId: required(UUID_TEXT),
  by: required(TEXT),
  settings: required(OBJECT),
};
const REVOKE_FIELDS = { clientId: TEXT };
/** What comes before the id of one fault. */
const ONE_FAULT = 'faults/';
const NO_CONTENT: Answer = { status: 204 };

/**
 * The simulator from outside its process. No token, latency, fault or log applies here.
 * Bodies are JSON; what is not understood is answered 400 with every fault named, and changes nothing.
 * `orgId` may be left out where there is one org.
 *
 * | request under /_simulator/ | does |
 * |---|---|
 * | GET state `?orgId&flowId&flows=false` | orgs with their flows (stored and in effect), reloads, pendingReload; stats, violations |
 * | GET requests `?after=SEQUENCE` | the logged requests and the counts |
 * | DELETE requests | clears both |
 * | POST edit `{ orgId?, flowId, by, settings }` | a hand edit; `settings` is a JSON merge patch; answers the flow |
 * | POST flows `{ orgId?, add?, remove?, rename? }` | `add: [flow]`, `remove: [id]`, `rename: [{ flowId, name, by }]`; answers the flows added and renamed |
 * | GET faults | each with its id and counts |
 * | POST faults | one fault or a list; answers `{ ids }` |
 * | DELETE faults, DELETE faults/ID | all, one |
 * | POST tokens/revoke `{ clientId? }` | answers `{ revoked }` |
 */
export function makeControl(simulator: SimulatorInside, prefix: string): ControlRespond {
  return (call) => {
    const name = call.path.slice(prefix.length);
    const id = name.startsWith(ONE_FAULT) ? name.slice(ONE_FAULT.length) : '';
    const key = `${call.method} ${id === '' ? name : ONE_FAULT}`;
    const handle = Object.hasOwn(HANDLERS, key) ? HANDLERS[key] : undefined;
    if (handle === undefined) throw notFound(`control ${call.method} ${call.path}`);
    try {
      return handle(simulator, call, id);
    } catch (error) {
      throw error instanceof SimulatorInputError ? badRequest(error.problems) : error;
    }
  };
}

const HANDLERS: Readonly<Record<string, ControlHandler>> = {
  'GET state': (simulator, { query }) => jsonAnswer(stateOf(simulator, query)),

  'GET requests': ({ requests }, { query }) => {
    const after = Number(query.get('after') ?? 0);
    if (!Number.isSafeInteger(after)) throw badRequest(['after must be a sequence number']);
    return jsonAnswer({ requests: requests.list({ after }), stats: requests.stats() });
  },

  'DELETE requests': ({ requests }) => {
    requests.clear();
    return NO_CONTENT;
  },

  'POST edit': (simulator, call) => {
    const { orgId, flowId, by, settings } = readBody(call, EDIT_FIELDS) as HandEdit;
    return jsonAnswer(simulator.org(orgId).edit(flowId, settings, { by }));
  },

  'POST flows': (simulator, call) =>
    jsonAnswer({
      flows: changeFlows(simulator, readBody(call, FLOW_CHANGES_FIELDS) as FlowChanges),
    }),

  'GET faults': ({ faults }) => jsonAnswer({ faults: faults.list() }),

  'POST faults': ({ faults }, call) => {
    if (mediaType(call.headers) !== 'application/json') {
      throw new Refusal(415, 'unsupported.media.type', 'The body must be application/json');
    }
    return jsonAnswer({ ids: faults.addAll(parseJson(call.body)) }, 201);
  },

  'DELETE faults': ({ faults }) => {
    faults.clear();
    return NO_CONTENT;
  },

  [`DELETE ${ONE_FAULT}`]: ({ faults }, _call, id) => {
    if (!faults.remove(id)) throw notFound(`fault ${id}`);
    return NO_CONTENT;
  },

  'POST tokens/revoke': (simulator, call) => {
    const { clientId } = readBody(call, REVOKE_FIELDS) as { readonly clientId?: string };
    return jsonAnswer({ revoked: simulator.revokeTokens(clientId) });
  },
};

function stateOf(simulator: SimulatorInside, query: URLSearchParams) {
  const orgId = query.get('orgId');
  const flowId = query.get('flowId');
  const orgs = orgId === null ? simulator.orgIds : [orgId];
  return {
    orgs: orgs.map((id) => {
      const org = simulator.org(id);
      return {
        orgId: org.orgId,
        name: org.name,
        flowCount: org.flowCount,
        ...(query.get('flows') === 'false' ? {} : { flows: flowsOf(org, flowId) }),
        pendingReload: org.pendingReload(),
        reloads: org.reloads(),
      };
    }),
    stats: simulator.stats(),
    violations: simulator.violations(),
  };
}

function flowsOf(org: SimulatedOrg, flowId: string | null): readonly FlowState[] {
  return flowId === null ? org.flows() : [org.flow(flowId)];
}
