import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Refusal, refusalAnswer } from './answer.ts';
import type { Answer } from './answer.ts';
import type { Call } from './call.ts';
import { AFTERWARDS, INSTEAD } from './delivery.ts';
import type { Delivery } from './delivery.ts';
import { reactionTo } from './fault.ts';
import type { Faults } from './faults.ts';
import { parseJson } from './json.ts';
import type { Client } from './org.ts';
import { readText } from './read-text.ts';
import type { OpenRequest, RequestLog } from './request-log.ts';
import type { Route, Router } from './router.ts';
import type { Respond } from './routes.ts';
import { deliver } from './sending.ts';
import type { Waits } from './timing.ts';
import { claimedClientId } from './token-request.ts';
import type { Tokens } from './tokens.ts';
import type { WriteWatch } from './write-watch.ts';

/** Answers a request under /_simulator/. */
export type ControlRespond = (call: Omit<Call, 'entry' | 'route' | 'fault'>) => Answer;

export interface ExchangeParts {
  readonly router: Router;
  readonly clients: ReadonlyMap<string, Client>;
  readonly tokens: Tokens;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly watch: WriteWatch;
  readonly waits: Waits;
  /** How long the next request takes. */
  readonly nextLatencyMs: () => number;
  readonly now: () => number;
  readonly respond: Respond;
  /** Undefined: /_simulator/* is a path like any other. */
  readonly control: ControlRespond | undefined;
}

export const CONTROL_PREFIX = '/_simulator/';

/**
 * One request from its arrival to its end:
 * log and watch → body → fault → latency → handler (unless the fault stands in its place) → delivery.
 */
export async function exchange(
  parts: ExchangeParts,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const [path = '', search = ''] = splitOnce(req.url ?? '/', '?');
  const facts = {
    method: req.method ?? 'GET',
    path,
    query: new URLSearchParams(search),
    headers: req.headers,
    correlationId: randomUUID(),
  };
  if (parts.control !== undefined && path.startsWith(CONTROL_PREFIX)) {
    await exchangeControl({ ...parts, control: parts.control }, { req, res, facts });
    return;
  }
  const route = parts.router.resolve(path);
  const entry = beginEntry(parts, facts, route);
  res.once('close', () => {
    parts.log.end(entry, 'client-gone');
  });
  const body = await readText(req);
  if (body === undefined) return;
  const call = completeCall(parts, { ...facts, route, body, entry });
  const delivery = await deliveryOf(parts, call);
  if (res.destroyed) return;
  deliver(res, delivery, sendParts(parts, call.correlationId, entry));
}

type CallFacts = Pick<Call, 'method' | 'path' | 'query' | 'headers' | 'correlationId'>;

async function exchangeControl(
  parts: ExchangeParts & { readonly control: ControlRespond },
  of: { readonly req: IncomingMessage; readonly res: ServerResponse; readonly facts: CallFacts },
): Promise<void> {
  const body = await readText(of.req);
  if (body === undefined) return;
  const { correlationId } = of.facts;
  const answer = await refused(() => parts.control({ ...of.facts, body }), correlationId);
  deliver(of.res, { how: 'send', answer }, sendParts(parts, correlationId));
}

function beginEntry(parts: ExchangeParts, facts: CallFacts, route: Route | undefined): OpenRequest {
  const clientId = parts.tokens.clientOf(facts.headers.authorization);
  const entry = parts.log.start({
    correlationId: facts.correlationId,
    method: facts.method,
    path: facts.path,
    route: route?.template ?? 'unknown',
    query: Object.fromEntries(facts.query),
    clientId,
    orgId: clientId === undefined ? undefined : parts.clients.get(clientId)?.org.orgId,
    flowId: route?.name === 'flow' ? route.id.toLowerCase() : undefined,
  });
  if (isWrite(entry, route)) parts.watch.arrived(entry);
  return entry;
}

/** Adds what only the body tells: whose token request it is, what is written, which fault is due. */
function completeCall(parts: ExchangeParts, call: Omit<Call, 'fault'>): Call {
  const { entry, route } = call;
  if (route?.name === 'token') {
    const claimed = parts.clients.get(claimedClientId(call) ?? '');
    entry.clientId = claimed?.id;
    entry.orgId = claimed?.org.orgId;
  }
  if (isWrite(entry, route)) entry.body = parseJson(call.body) ?? call.body;
  const { method, path } = call;
  const { orgId, clientId } = entry;
  const taken = parts.faults.take({ method, path, route, orgId, clientId });
  entry.faultId = taken?.id;
  return { ...call, fault: taken?.fault };
}

async function deliveryOf(parts: ExchangeParts, call: Call): Promise<Delivery> {
  const { fault, correlationId } = call;
  const latencyMs = parts.nextLatencyMs();
  if (latencyMs > 0) await parts.waits.wait(latencyMs);
  const instead = fault && reactionTo(INSTEAD, fault)?.(correlationId);
  if (instead !== undefined) return instead;
  const answer = await handled(parts, call);
  const spoilt = fault && reactionTo(AFTERWARDS, fault)?.(answer, correlationId);
  return spoilt ?? { how: 'send', answer };
}

async function handled({ respond, waits }: ExchangeParts, call: Call): Promise<Answer> {
  const { fault, correlationId } = call;
  const answer = (): Promise<Answer> => refused(() => respond(call), correlationId);
  if (fault?.kind !== 'slow') return answer();
  const { delayMs, applies = 'after-delay' } = fault;
  if (applies === 'after-delay') {
    await waits.wait(delayMs);
    return answer();
  }
  const early = await answer();
  await waits.wait(delayMs);
  return early;
}

/** The answer, or the refusal as an answer; anything else that is thrown is our own fault: 500. */
async function refused(
  respond: () => Answer | Promise<Answer>,
  correlationId: string,
): Promise<Answer> {
  try {
    return await respond();
  } catch (error) {
    if (error instanceof Refusal) return refusalAnswer(error, correlationId);
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return refusalAnswer(new Refusal(500, 'internal.server.error', reason), correlationId);
  }
}

function sendParts({ waits, log, now }: ExchangeParts, contextId: string, entry?: OpenRequest) {
  return {
    waits,
    contextId,
    now: now(),
    ended: (ending: 'answered' | 'reset', status?: number): void => {
      if (entry) log.end(entry, ending, status);
    },
  };
}

function isWrite({ method, orgId }: OpenRequest, route: Route | undefined): boolean {
  if (orgId === undefined) return false;
  return (
    (route?.name === 'flow' && method === 'PATCH') ||
    (route?.name === 'reload' && method === 'POST')
  );
}

function splitOnce(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
