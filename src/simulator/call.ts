import type { IncomingHttpHeaders } from 'node:http';
import { Refusal, badRequest } from './answer.ts';
import type { Fault } from './fault.ts';
import { problemsOf } from './input.ts';
import type { Fields } from './input.ts';
import { parseJson } from './json.ts';
import type { OpenRequest } from './request-log.ts';
import type { Route } from './router.ts';

/** One request with its body, on its way to a handler. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly route: Route | undefined;
  readonly correlationId: string;
  readonly entry: OpenRequest;
  readonly fault: Fault | undefined;
}

/** The media type of the body, in lower case and without parameters. */
export function mediaType(headers: IncomingHttpHeaders): string {
  return (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/**
 * The JSON body, checked against a table.
 * @throws Refusal 415 for another media type, 400 with every fault of the body
 */
export function readBody(call: Pick<Call, 'headers' | 'body'>, fields: Fields): unknown {
  if (mediaType(call.headers) !== 'application/json') {
    throw new Refusal(415, 'unsupported.media.type', 'The body must be application/json');
  }
  const body = parseJson(call.body);
  if (body === undefined) throw badRequest(['the body is not JSON']);
  const problems = problemsOf(body, fields, 'body');
  if (problems.length > 0) throw badRequest(problems);
  return body;
}

/** An integer of the query. @throws Refusal (400) when it is no integer between the bounds */
export function readCount(
  query: URLSearchParams,
  name: string,
  bounds: { readonly otherwise: number; readonly max: number },
): number {
  const text = query.get(name);
  if (text === null) return bounds.otherwise;
  const count = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= bounds.max) return count;
  throw badRequest([`${name} must be an integer from 1 to ${String(bounds.max)}`]);
}
