import type { ApiFacts } from '../../domain/error-details.ts';
import { urlWithoutValues } from '../../domain/api-url.ts';
import { FlowkeeperError } from '../../domain/errors.ts';
import { parseRetryAfter } from '../../domain/retry-after.ts';
import type { HttpAnswer } from '../../ports/http-client.ts';
import type { Tidy } from './redaction.ts';
import { checkWire } from './wire-checks.ts';
import type { WireError } from './wire.generated.ts';

/** What was asked, as far as an error needs it. */
export interface Asked {
  readonly method: string;
  readonly url: string;
  /** The flow that is written. */
  readonly flowId?: string;
  /** What a 403 is taken to lack where it does not say so itself. */
  readonly permission?: string;
  /** The answer holds a credential: none of a good answer's body may be quoted. */
  readonly isSecret?: boolean;
}

/** An answer beside its question, with what was found out about it once. */
export class Exchange {
  readonly asked: Asked;
  readonly answer: HttpAnswer;
  readonly tidy: Tidy;

  constructor(asked: Asked, answer: HttpAnswer, tidy: Tidy) {
    this.asked = asked;
    this.answer = answer;
    this.tidy = tidy;
  }

  get text(): string {
    return new TextDecoder().decode(this.answer.body);
  }

  /** The body of a refusal; empty where it is anything else than the contract's. */
  get refusal(): WireError {
    try {
      const checked = checkWire('error', JSON.parse(this.text));
      return checked.ok ? checked.value : {};
    } catch {
      return {};
    }
  }

  facts(correlationId = this.answer.headers['inin-correlation-id'] ?? ''): ApiFacts {
    const { method, url } = this.asked;
    const id = this.tidy(correlationId);
    return {
      method,
      url: urlWithoutValues(url),
      status: this.answer.status,
      ...(id !== '' && { correlationId: id }),
    };
  }

  /** For a 2xx that does not say what it should. `reason` may quote the service. */
  badAnswer(reason: string): FlowkeeperError {
    const facts = this.facts();
    const tidied = this.tidy(reason);
    const message = sentence(facts, tidied);
    return new FlowkeeperError('api.bad-answer', message, { ...facts, reason: tidied });
  }
}

/** Any answer beyond 2xx as the error of its status. */
export function refusalOf(exchange: Exchange, now: number): FlowkeeperError {
  const { answer, tidy } = exchange;
  const refusal = exchange.refusal;
  const facts = exchange.facts(
    answer.headers['inin-correlation-id'] ?? refusal.contextId ?? undefined,
  );
  const retryAfterMs = parseRetryAfter(answer.headers['retry-after'], now);
  const body = tidy(refusal.message ?? exchange.text);
  const code = tidy(refusal.code ?? '');
  const context = { exchange, facts, refusal, body, code, retryAfterMs };
  return (BY_STATUS[answer.status] ?? otherwise(answer.status))(context);
}

interface Context {
  readonly exchange: Exchange;
  readonly facts: ApiFacts;
  readonly refusal: WireError;
  readonly body: string;
  readonly code: string;
  readonly retryAfterMs: number | undefined;
}
type Translate = (context: Context) => FlowkeeperError;

const unauthorized: Translate = ({ facts, body }) =>
  new FlowkeeperError('api.unauthorized', sentence(facts, 'not authorized', body), facts);

const forbidden: Translate = ({ exchange, facts, refusal, body }) => {
  const told = permissionIn(refusal);
  const permission = told === undefined ? exchange.asked.permission : exchange.tidy(told);
  const what = permission === undefined ? 'forbidden' : `forbidden, ${permission} is missing`;
  const details = { ...facts, ...(permission !== undefined && { permission }) };
  return new FlowkeeperError('api.forbidden', sentence(facts, what, body), details);
};

const notFound: Translate = ({ facts, body }) =>
  new FlowkeeperError('api.not-found', sentence(facts, 'not found', body), facts);

const refused: Translate = ({ facts, body, code }) => {
  const details = { ...facts, body, ...(code !== '' && { code }) };
  const message = sentence(facts, code === '' ? 'refused' : `refused (${code})`, body);
  return new FlowkeeperError('api.refused', message, details);
};

const conflict: Translate = (context) => {
  const { exchange, facts, body } = context;
  const { flowId } = exchange.asked;
  if (flowId === undefined) return refused(context);
  const message = sentence(facts, 'somebody else wrote first', body);
  return new FlowkeeperError('api.conflict', message, { ...facts, flowId });
};

const rateLimited: Translate = ({ facts, body, retryAfterMs }) => {
  const wait = retryAfterMs === undefined ? '' : `, ${String(retryAfterMs)} ms to wait`;
  const details = { ...facts, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  return new FlowkeeperError(
    'api.rate-limited',
    sentence(facts, `throttled${wait}`, body),
    details,
  );
};

const serverError: Translate = ({ facts, body, retryAfterMs }) => {
  const details = { ...facts, body, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  return new FlowkeeperError('api.server-error', sentence(facts, 'failed', body), details);
};

const badAnswer: Translate = ({ exchange, facts }) => {
  const location = urlWithoutValues(exchange.answer.headers['location'] ?? '');
  const reason = exchange.tidy(
    location === '' ? 'an unexpected status' : `a redirect to ${location}, which is not followed`,
  );
  return new FlowkeeperError('api.bad-answer', sentence(facts, reason), { ...facts, reason });
};

const BY_STATUS: Readonly<Partial<Record<number, Translate>>> = {
  401: unauthorized,
  403: forbidden,
  404: notFound,
  // whether these two were begun is not known, as with a server's error
  408: serverError,
  425: serverError,
  409: conflict,
  410: notFound,
  429: rateLimited,
};

function otherwise(status: number): Translate {
  if (status >= 500) return serverError;
  return status >= 400 ? refused : badAnswer;
}

/** One line: what was asked, the status, what that means, the service's words, its id of the call. */
export function sentence(facts: ApiFacts, what: string, quoted = ''): string {
  const { method, url, status, correlationId } = facts;
  const answer = status === undefined ? '' : ` answered ${String(status)}`;
  const words = quoted === '' ? '' : `: "${quoted}"`;
  const id = correlationId === undefined ? '' : ` (correlation id ${correlationId})`;
  return `${method} ${url}${answer}, ${what}${words}${id}`;
}

/** Permissions are written domain:entity:action. */
function permissionIn(refusal: WireError): string | undefined {
  const { message, details, errors } = refusal;
  const text = JSON.stringify([message, details, errors]);
  return /\b[a-z][\w-]{1,60}:[a-z][\w-]{1,60}:[a-z*][\w-]{0,60}/i.exec(text)?.[0];
}
