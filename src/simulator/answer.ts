import type { Json } from './json.ts';

/** What the service says to one request. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON unless a header says otherwise; undefined: an empty body. */
  readonly body?: string | undefined;
}

/** Facts of an error body beside its message, code and status. */
export interface RefusalExtras {
  readonly headers?: Readonly<Record<string, string>>;
  readonly details?: readonly Json[];
}

/** Thrown by a handler that will not do what was asked; becomes an error body of the contract. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly code: string;
  readonly extras: RefusalExtras;

  constructor(status: number, code: string, message: string, extras: RefusalExtras = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.extras = extras;
  }
}

/** 400 that names every fault of the request. */
export function badRequest(problems: readonly string[]): Refusal {
  return new Refusal(400, 'bad.request', `The request is not valid: ${problems.join('; ')}`, {
    details: problems.map((problem) => ({ errorCode: 'bad.request', message: problem })),
  });
}

export function notFound(what: string): Refusal {
  return new Refusal(404, 'not.found', `There is no ${what}`);
}

/** The answer of a refusal; `contextId` is the correlation id of the request. */
export function refusalAnswer(refusal: Refusal, contextId: string): Answer {
  const body = errorBody(refusal.status, contextId, refusal.code, refusal.message);
  const { headers = {}, details = [] } = refusal.extras;
  return { status: refusal.status, headers, body: JSON.stringify({ ...body, details }) };
}

/** The error body of the contract. */
export function errorBody(status: number, contextId: string, code: string, message: string) {
  return { message, code, status, contextId, details: [], errors: [] };
}

export function jsonAnswer(value: unknown, status = 200): Answer {
  return { status, body: JSON.stringify(value) };
}
