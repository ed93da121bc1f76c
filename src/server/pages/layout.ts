import { html } from 'hono/html';
import type { Json } from '../../domain/json.ts';
import { showValue } from '../../plan/show-value.ts';
import type { Visitor } from '../access.ts';
import type { Html } from './html.ts';
import type { StateKind } from './state-mark.ts';

/** A whole page. @param visitor undefined: somebody who is not let in yet */
export function layout(title: string, visitor: Visitor | undefined, body: Html): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} - flowkeeper</title>
        <link rel="stylesheet" href="/assets/style.css" />
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        ${visitor ? html`<script src="/assets/page.js" defer></script>` : ''}
      </head>
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        <header class="top">
          <div class="wrap">
            <a class="brand" href="/">${MARK}flowkeeper</a>
            ${visitor ? html`<span id="live" class="live" role="status">as of when it was loaded</span>` : ''}
            ${visitor ? whoIsThere(visitor) : ''}
          </div>
        </header>
        <main id="main" class="wrap" tabindex="-1">${body}</main>
        <footer>
          <div class="wrap">
            Times are UTC. The same for programs: <a href="/api/v1/openapi.json">the API</a>,
            <a href="/metrics">metrics</a>.
          </div>
        </footer>
      </body>
    </html>`;
}

const MARK = html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
  <rect class="mark-bg" width="24" height="24" rx="6" />
  <path class="mark-line" d="M6 8h5c4 0 3 8 7 8M6 16h3M15 8h3" />
</svg>`;

/** The mark once more, as a file: it knows nothing of the style sheet. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="6" fill="#0a55a3"/><path d="M6 8h5c4 0 3 8 7 8M6 16h3M15 8h3" stroke="#fff" stroke-width="2" fill="none" stroke-linecap="round"/></svg>`;

function whoIsThere({ name, mayAct, maySignOut = false }: Visitor): Html {
  if (maySignOut)
    return html`<form class="end" method="post" action="/logout">
      <span class="soft">${name}</span> <button class="plain">Sign out</button>
    </form>`;
  return html`<span class="end soft">${mayAct ? name : 'read only'}</span>`;
}

/** Where one is: the page above, and the one above that. */
export function crumbs(
  ...links: readonly { readonly href: string; readonly text: string }[]
): Html {
  const items = links.map(
    ({ href, text }, i) => html`${i === 0 ? '' : ' / '}<a href="${href}">${text}</a>`,
  );
  return html`<nav class="crumbs" aria-label="Where you are">${items}</nav>`;
}

/** An instant for people, that programs can read. */
export function instant(at: number | string | undefined): Html {
  if (at === undefined) return html`<span class="soft">never</span>`;
  const text = typeof at === 'string' ? at : new Date(at).toISOString();
  return html`<time class="nowrap" datetime="${text}"
    >${text.slice(0, 19).replace('T', ' ')}</time
  >`;
}

/** A JSON pointer, that may be broken between its parts and nowhere else. */
export function pointer(path: string): Html {
  const parts = path.split('/').map((part, i) => (i === 0 ? part : html`<wbr />/${part}`));
  return html`<code class="path">${parts}</code>`;
}

/** One side of a field that differs. */
export function valueOf(value: Json | undefined): string {
  return value === undefined ? 'absent' : showValue(value);
}

/** A number with what it counts. */
export function tile(value: string | Html, what: string, kind: StateKind | '' = ''): Html {
  const size = typeof value === 'string' && value.length < 9 ? '' : ' small';
  return html`<div class="tile"><b class="${kind}${size}">${value}</b><span>${what}</span></div>`;
}

export interface Column {
  readonly text: string;
  /** `wide`: left out where there is no room; `num`: a number. */
  readonly kind?: 'wide' | 'num';
}

/** A table that scrolls by itself where there is no room for it, for the keyboard, too. */
export function table(name: string, columns: readonly Column[], rows: readonly Html[]): Html {
  return html`<div class="scroll" role="region" aria-label="${name}" tabindex="0">
    <table>
      <thead>
        <tr>
          ${columns.map(({ text, kind = '' }) => html`<th scope="col" class="${kind}">${text}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

export function signInPage(failed: boolean): Html {
  return layout(
    'Sign in',
    undefined,
    html`<div class="card sign">
      <h1>Sign in</h1>
      <p class="soft">
        Show the token of this controller (<code>server.token</code>). Your name goes into the audit
        with whatever you start.
      </p>
      ${failed ? html`<p class="bad" role="alert">That is not the token.</p>` : ''}
      <form method="post" action="/login">
        <label>Your name <input name="name" autocomplete="name" required maxlength="80" /></label>
        <label
          >Token <input name="token" type="password" autocomplete="current-password" required
        /></label>
        <button class="main">Sign in</button>
      </form>
    </div>`,
  );
}
