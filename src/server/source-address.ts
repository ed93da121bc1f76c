import type { Context } from 'hono';

/** The address that a request came from, as the connection tells it; headers are not believed. */
export function sourceOf(c: Context): string {
  const { incoming } = (c.env ?? {}) as {
    readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } };
  };
  return incoming?.socket?.remoteAddress ?? 'unknown';
}
