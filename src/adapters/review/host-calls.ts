import { asFlowkeeperError } from '../../domain/errors.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { Json, JsonObject } from '../../domain/json.ts';
import type { HttpClient } from '../../ports/http-client.ts';
import type { CommentResult } from '../../ports/review-comment.ts';

const TIMEOUTS = { connectMs: 10_000, answerMs: 30_000, callMs: 60_000 };
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;
/** Pages of a hundred; a comment that lies further back is written anew. */
const MAX_PAGES = 50;
export const PAGE_SIZE = 100;

/** What a host's API answers to one call. */
export interface HostAnswer {
  readonly status: number;
  readonly body: Json;
}

/** A comment as both hosts have it. */
export interface HostComment {
  readonly id: number;
  readonly body: string;
  readonly isOurs: boolean;
  readonly url?: string;
}

/** Where a host has its comments, and how it tells ours. */
export interface CommentHost {
  readonly maxLength: number;
  comments(page: number, signal: AbortSignal): Promise<readonly HostComment[]>;
  create(text: string, signal: AbortSignal): Promise<string | undefined>;
  update(id: number, text: string, signal: AbortSignal): Promise<string | undefined>;
}

/** Something that the host said no to. */
class HostRefusal extends Error {}

export type HostCall = (
  method: 'GET' | 'POST' | 'PATCH' | 'PUT',
  path: string,
  call: { readonly signal: AbortSignal; readonly body?: JsonObject },
) => Promise<HostAnswer>;

/** Calls below `api` with these headers; reads are repeated, writes go once. */
export function makeHostCall(
  http: HttpClient,
  api: string,
  headers: Readonly<Record<string, string>>,
): HostCall {
  return async (method, path, { signal, body }) => {
    const answer = await http.send(
      {
        method,
        url: `${api}${path}`,
        headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
        ...(body && { body: JSON.stringify(body) }),
        timeouts: TIMEOUTS,
        maxAnswerBytes: MAX_ANSWER_BYTES,
        retry: method === 'GET' ? 'reads' : 'never',
      },
      signal,
    );
    return { status: answer.status, body: parsed(answer.body) };
  };
}

/** The body of an answer of the 200s. @throws HostRefusal */
export function accepted(what: string, { status, body }: HostAnswer): Json {
  if (status >= 200 && status < 300) return body;
  const said = isJsonObject(body) ? (body['message'] ?? body['error']) : undefined;
  const words = typeof said === 'string' ? `: ${said.slice(0, 200)}` : '';
  throw new HostRefusal(`${what} was answered ${String(status)}${words}`);
}

/** Looks for our comment through all pages, and writes or replaces it. */
export async function putComment(
  host: CommentHost,
  { mark, text }: { readonly mark: string; readonly text: string },
  signal: AbortSignal,
): Promise<CommentResult> {
  try {
    const found = await findOurs(host, mark, signal);
    // hosts change line ends and spaces at the end
    if (found && found.body.replaceAll('\r\n', '\n').trimEnd() === text.trimEnd())
      return withUrl('unchanged', found.url);
    if (found) return withUrl('updated', await host.update(found.id, text, signal));
    return withUrl('created', await host.create(text, signal));
  } catch (error) {
    if (signal.aborted) throw error;
    const reason = error instanceof HostRefusal ? error.message : asFlowkeeperError(error).message;
    return { kind: 'failed', reason };
  }
}

async function findOurs(
  host: CommentHost,
  mark: string,
  signal: AbortSignal,
): Promise<HostComment | undefined> {
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const comments = await host.comments(page, signal);
    const ours = comments.find(({ body, isOurs }) => isOurs && body.startsWith(mark));
    if (ours || comments.length < PAGE_SIZE) return ours;
  }
  return undefined;
}

function withUrl(
  kind: 'created' | 'updated' | 'unchanged',
  url: string | undefined,
): CommentResult {
  return { kind, ...(url !== undefined && { url }) };
}

function parsed(bytes: Uint8Array): Json {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Json;
  } catch {
    return null;
  }
}

/** The maps of a list that an answer should be. @throws HostRefusal when it is none */
export function listIn(what: string, body: Json): readonly JsonObject[] {
  if (Array.isArray(body)) return (body as readonly Json[]).filter(isJsonObject);
  throw new HostRefusal(`${what} was answered with no list`);
}

export function textIn(map: Json | undefined, key: string): string | undefined {
  const value = isJsonObject(map) ? map[key] : undefined;
  return typeof value === 'string' ? value : undefined;
}

export function numberIn(map: Json | undefined, key: string): number {
  const value = isJsonObject(map) ? map[key] : undefined;
  return typeof value === 'number' ? value : -1;
}
