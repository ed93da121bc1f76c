import { Refusal, badRequest, notFound } from './answer.ts';
import type { Answer } from './answer.ts';
import { readBody } from './call.ts';
import type { Call } from './call.ts';
import { flowJson, settingsOf } from './flow.ts';
import type { FlowRecord } from './flow.ts';
import type { StoreClock } from './flow-store.ts';
import { COUNT, OBJECT, UUID_TEXT, required } from './input.ts';
import { withPointer } from './json.ts';
import type { JsonObject } from './json.ts';
import type { Behaviour } from './options.ts';
import { beginReload } from './org.ts';
import type { Client, Org } from './org.ts';
import { knownBlockProblems } from './settings-shape.ts';
import type { Waits } from './timing.ts';

interface PatchBody {
  readonly orgId: string;
  readonly flowId: string;
  readonly settings: JsonObject;
  readonly version: number;
}

const PATCH_FIELDS = {
  orgId: required(UUID_TEXT),
  flowId: required(UUID_TEXT),
  settings: required(OBJECT),
  version: required(COUNT),
};
const RELOAD_FIELDS = { orgId: required(UUID_TEXT) };

/** @throws Refusal (404) */
export function findFlow(org: Org, id: string): FlowRecord {
  const flow = org.flows.find(id);
  if (flow === undefined) throw notFound(`flow ${id}`);
  return flow;
}

/** PATCH of one flow: checks in the order form, identity, version; a refused one changes nothing. */
export function patchFlow(call: Call, client: Client): Answer {
  const flow = findFlow(client.org, call.route?.id ?? '');
  const body = readPatch(call, client, flow);
  if (body.version !== flow.version + 1) throw versionConflict(flow, body.version);

  const asked: JsonObject = { ...settingsOf(flow.settings), ...body.settings };
  const { fault } = call;
  const lies = fault?.kind === 'store-differently' ? fault : undefined;
  const stored = lies ? withPointer(asked, lies.pointer, lies.value) : asked;
  client.org.flows.store(flow, stored, { id: client.id, name: client.name });
  call.entry.appliedSequence = flow.storedSequence;

  const shown = lies && lies.answer !== 'as-stored' ? JSON.stringify(asked) : flow.settings;
  return { status: 200, body: flowJson({ ...flow, settings: shown }, true) };
}

/** @throws Refusal (400, 415) */
function readPatch(call: Call, client: Client, flow: FlowRecord): PatchBody {
  const body = readBody(call, PATCH_FIELDS) as PatchBody;
  const problems = [
    ...orgProblems(body, client),
    ...(body.flowId.toLowerCase() === flow.id ? [] : ['body.flowId is not the flow of the path']),
    ...knownBlockProblems(body.settings, 'body.settings'),
  ];
  if (problems.length > 0) throw badRequest(problems);
  return body;
}

function orgProblems(body: { readonly orgId: string }, client: Client): readonly string[] {
  return body.orgId.toLowerCase() === client.org.orgId
    ? []
    : ['body.orgId is not the org of the token'];
}

function versionConflict(flow: FlowRecord, given: number): Refusal {
  const wanted = String(flow.version + 1);
  const message = `Flow ${flow.id} has version ${String(flow.version)}: an update must bear ${wanted}, not ${String(given)}`;
  return new Refusal(409, 'version.conflict', message, {
    details: [{ errorCode: 'version.conflict', fieldName: 'version', entityId: flow.id }],
  });
}

/** POST of a reload: what is stored at its start is in effect at its end. */
export async function reloadFlows(
  call: Call,
  client: Client,
  parts: { readonly behaviour: Behaviour; readonly waits: Waits; readonly clock: StoreClock },
): Promise<Answer> {
  const problems = orgProblems(readBody(call, RELOAD_FIELDS) as { readonly orgId: string }, client);
  if (problems.length > 0) throw badRequest(problems);
  const { reloadLatencyMs, reloadStatus } = parts.behaviour;
  const putInEffect = beginReload(client.org, client.id, parts.clock);
  if (reloadStatus === 202) {
    parts.waits.after(reloadLatencyMs, putInEffect);
    return { status: 202, body: '{"status":"accepted"}' };
  }
  await parts.waits.wait(reloadLatencyMs);
  putInEffect();
  return reloadStatus === 204 ? { status: 204 } : { status: 200, body: '{"status":"reloaded"}' };
}
