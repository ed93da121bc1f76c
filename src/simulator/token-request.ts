import { createHash, timingSafeEqual } from 'node:crypto';
import { Refusal, badRequest, jsonAnswer } from './answer.ts';
import type { Answer } from './answer.ts';
import { mediaType, readBody } from './call.ts';
import type { Call } from './call.ts';
import { STRING, TEXT, required } from './input.ts';
import { isObject, parseJson } from './json.ts';
import type { Behaviour } from './options.ts';
import type { Client } from './org.ts';
import type { Tokens } from './tokens.ts';

interface Credentials {
  readonly grantType: string;
  readonly id: string;
  readonly secret: string;
}

const JSON_FIELDS = {
  grant_type: required(STRING),
  client_id: required(TEXT),
  client_secret: required(STRING),
  scope: STRING,
};

/** Answers with a token. The secret is compared and forgotten: it stands in no message and no log. */
export function grantToken(
  call: Call,
  parts: {
    readonly behaviour: Behaviour;
    readonly tokens: Tokens;
    readonly clients: ReadonlyMap<string, Client>;
  },
): Answer {
  const { grantType, id, secret } = readCredentials(call, parts.behaviour.tokenRequest);
  if (grantType !== 'client_credentials') {
    throw new Refusal(400, 'unsupported.grant.type', 'grant_type must be client_credentials');
  }
  const client = parts.clients.get(id);
  if (client === undefined || !isSame(client.secret, secret)) {
    throw new Refusal(401, 'bad.credentials', 'Unknown client or wrong secret');
  }
  return jsonAnswer({
    access_token: parts.tokens.issue(id),
    token_type: 'bearer',
    expires_in: parts.tokens.ttlSeconds,
  });
}

/** The client that a token request names, however sound the rest of it is. */
export function claimedClientId(call: Pick<Call, 'headers' | 'body'>): string | undefined {
  const basic = readBasic(call.headers.authorization);
  if (basic !== undefined) return basic.id;
  const body = parseJson(call.body);
  const id = isObject(body) ? body['client_id'] : undefined;
  return typeof id === 'string' ? id : undefined;
}

function readCredentials(call: Call, allowed: Behaviour['tokenRequest']): Credentials {
  const isForm = mediaType(call.headers) === 'application/x-www-form-urlencoded';
  if (isForm && allowed !== 'json') return readForm(call);
  if (allowed === 'form-basic') {
    throw new Refusal(415, 'unsupported.media.type', 'The body must be a form');
  }
  const body = readBody(call, JSON_FIELDS) as Record<keyof typeof JSON_FIELDS, string>;
  return { grantType: body.grant_type, id: body.client_id, secret: body.client_secret };
}

function readForm(call: Call): Credentials {
  const grantType = new URLSearchParams(call.body).get('grant_type');
  if (grantType === null) throw badRequest(['grant_type is missing']);
  const basic = readBasic(call.headers.authorization);
  if (basic === undefined) {
    throw new Refusal(401, 'bad.credentials', 'The client must be named by Basic authentication', {
      headers: { 'WWW-Authenticate': 'Basic realm="token"' },
    });
  }
  return { grantType, ...basic };
}

function readBasic(authorization: string | undefined) {
  const encoded = /^Basic +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString();
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : { id: text.slice(0, colon), secret: text.slice(colon + 1) };
}

function isSame(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
