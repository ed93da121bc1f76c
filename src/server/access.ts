import { createHmac } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { isEqualSecret } from './is-equal-secret.ts';
import { makeProxies } from './proxies.ts';
import type { ProxyConfig } from './proxies.ts';

/** Names by which this machine may call itself: another one in `Host` is a page that tricks a browser into asking. */
const OWN_NAMES = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/;

const COOKIE = 'flowkeeper';
const SESSION_MS = 12 * 3_600_000;
const MAX_NAME = 80;

/** Whoever asks, as far as he showed it. */
export interface Visitor {
  /** For the audit, the log and the triggers. */
  readonly name: string;
  /** Showed the token, or was let in by the proxy, and may cause something. */
  readonly mayAct: boolean;
  /** Signed in by a page, and can sign out there. */
  readonly maySignOut?: boolean;
}

export interface Access {
  /** Undefined: may not even read. */
  visitor(c: Context): Visitor | undefined;
  /** Lets through who may read; the others get 401, or the page to sign in. */
  readonly read: MiddlewareHandler;
  /** Lets through who may cause something, and asks from a page of ours or from no page at all. */
  readonly act: MiddlewareHandler;
  /** @returns false for a wrong token */
  signIn(c: Context, shown: string, name: string): boolean;
  signOut(c: Context): void;
}

/** What shows who somebody is; as the config says now. */
interface AccessConfig {
  readonly token?: string;
  readonly proxy?: ProxyConfig;
}

/**
 * Who may see and do what. With a token in the config it is who shows it, as `Authorization: Bearer` or by a cookie
 * that was given for it; with a proxy, whom that one names in its header. With neither the address is this machine's
 * own: whoever asks it by its own name may read.
 */
export function makeAccess(configOf: () => AccessConfig, now: () => number): Access {
  const proxies = makeProxies();
  const visitor = (c: Context): Visitor | undefined => {
    const { token, proxy } = configOf();
    const named = proxy && proxies.nameOf(c, proxy);
    if (named !== undefined) return { name: nameOf(named), mayAct: true };
    if (token !== undefined) return byHeader(c, token) ?? byCookie(c, token, now());
    if (proxy || !OWN_NAMES.test(c.req.header('host') ?? '')) return undefined;
    return { name: 'anybody on this machine', mayAct: false };
  };
  return {
    visitor,
    read: async (c, next) => {
      if (visitor(c)) return next();
      const { token, proxy } = configOf();
      if (token === undefined)
        return proxy
          ? c.json({ error: 'only who comes by way of the proxy' }, 401)
          : c.json({ error: 'unknown host' }, 421);
      const wantsPage = c.req.header('accept')?.includes('text/html') === true;
      if (wantsPage) return c.redirect('/login', 303);
      c.header('www-authenticate', 'Bearer realm="flowkeeper"');
      return c.json({ error: 'a token is needed: Authorization: Bearer TOKEN' }, 401);
    },
    act: async (c, next) => {
      if (isFromElsewhere(c)) return c.json({ error: 'asked from another page' }, 403);
      if (visitor(c)?.mayAct === true) return next();
      const { token, proxy } = configOf();
      const isOpen = token === undefined && proxy === undefined;
      return c.json({ error: isOpen ? 'set `server.token` first' : 'a token is needed' }, 403);
    },
    signIn(c, shown, name) {
      const { token } = configOf();
      if (token === undefined || !isEqualSecret(shown, token)) return false;
      const untilAt = String(now() + SESSION_MS);
      const who = Buffer.from(nameOf(name)).toString('base64url');
      const value = `${untilAt}.${who}.${sealOf(token, `${untilAt}.${who}`)}`;
      setCookie(c, COOKIE, value, { ...COOKIE_RULES, maxAge: SESSION_MS / 1000 });
      return true;
    },
    signOut: (c) => {
      setCookie(c, COOKIE, '', { ...COOKIE_RULES, maxAge: 0 });
    },
  };
}

const COOKIE_RULES = { httpOnly: true, sameSite: 'Strict', path: '/' } as const;

function byHeader(c: Context, token: string): Visitor | undefined {
  const [, shown = ''] = /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '') ?? [];
  if (!isEqualSecret(shown, token)) return undefined;
  return { name: nameOf(c.req.header('x-flowkeeper-user') ?? 'who has the token'), mayAct: true };
}

function byCookie(c: Context, token: string, now: number): Visitor | undefined {
  const [untilAt = '', who = '', seal = ''] = (getCookie(c, COOKIE) ?? '').split('.');
  if (!isEqualSecret(seal, sealOf(token, `${untilAt}.${who}`)) || !(Number(untilAt) > now))
    return undefined;
  const name = nameOf(Buffer.from(who, 'base64url').toString('utf8'));
  return { name, mayAct: true, maySignOut: true };
}

/**
 * Browsers tell where a request that changes something comes from, in headers that no page can write; programs do not,
 * and show a token of their own. A browser that a proxy signed in is let through only when it tells.
 */
function isFromElsewhere(c: Context): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return site !== 'same-origin';
  const origin = c.req.header('origin');
  if (origin === undefined) return c.req.header('authorization') === undefined;
  const host = c.req.header('host') ?? '';
  return !URL.canParse(origin) || new URL(origin).host !== host;
}

function nameOf(text: string): string {
  const clean = text
    .replaceAll(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, MAX_NAME);
  return clean === '' ? 'somebody' : clean;
}

function sealOf(token: string, text: string): string {
  return createHmac('sha256', token).update(text).digest('base64url');
}
