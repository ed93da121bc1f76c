import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';

/** Names by which this machine may call itself: another one in `Host` is a page that tricks a browser into asking. */
const OWN_NAMES = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/;

/**
 * Lets through who shows the token. Without a token in the config (the address is this machine's own then) it is who
 * asks this machine by its own name.
 */
export function requireAccess(tokenOf: () => string | undefined): MiddlewareHandler {
  return async (c, next) => {
    const token = tokenOf();
    if (token === undefined) {
      if (!OWN_NAMES.test(c.req.header('host') ?? ''))
        return c.json({ error: 'unknown host' }, 421);
    } else if (!showsToken(c, token)) {
      c.header('www-authenticate', 'Bearer realm="flowkeeper"');
      return c.json({ error: 'a token is needed: Authorization: Bearer TOKEN' }, 401);
    }
    return next();
  };
}

function showsToken(c: Context, token: string): boolean {
  const [, shown = ''] = /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '') ?? [];
  return timingSafeEqual(digest(shown), digest(token));
}

/** Of equal length whatever is compared. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
