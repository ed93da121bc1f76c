import type { html } from 'hono/html';

/** What `html` gives: text in which everything foreign is escaped. */
export type Html = ReturnType<typeof html>;
