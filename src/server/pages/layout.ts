import { html } from 'hono/html';
import type { Visitor } from '../access.ts';

/** What `html` gives: text in which everything foreign is escaped. */
export type Html = ReturnType<typeof html>;

/** A whole page. */
export function layout(title: string, visitor: Visitor | undefined, body: Html): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} - flowkeeper</title>
        <link rel="stylesheet" href="/assets/style.css" />
        <link rel="icon" href="data:," />
        ${visitor ? html`<script src="/assets/page.js" defer></script>` : ''}
      </head>
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        <header>
          <strong><a href="/">flowkeeper</a></strong>
          ${visitor ? html`<span id="live" class="soft" role="status">as of when it was loaded</span>` : ''}
          ${visitor?.mayAct === true ? signedIn(visitor) : ''}
        </header>
        <main id="main">${body}</main>
      </body>
    </html>`;
}

function signedIn({ name }: Visitor): Html {
  return html`<form class="end" method="post" action="/logout">
    <span class="soft">${name}</span> <button>Sign out</button>
  </form>`;
}

const KINDS: Readonly<Record<string, 'good' | 'warn' | 'bad'>> = {
  InSync: 'good',
  Ready: 'good',
  Reporting: 'good',
  Drifted: 'warn',
  Deferred: 'warn',
  Suspended: 'warn',
  Missing: 'warn',
  Held: 'warn',
  Blocked: 'warn',
};

/** A state, in its word and its colour. */
export function stateMark(state: string): Html {
  return html`<span class="state ${KINDS[state] ?? 'bad'}">${state}</span>`;
}

/** An instant for people, that programs can read. */
export function instant(at: number | string | undefined): Html {
  if (at === undefined) return html`<span class="soft">never</span>`;
  const text = typeof at === 'string' ? at : new Date(at).toISOString();
  return html`<time datetime="${text}">${text.slice(0, 19).replace('T', ' ')} UTC</time>`;
}

export function signInPage(failed: boolean): Html {
  return layout(
    'Sign in',
    undefined,
    html`<h1>Sign in</h1>
      <p>
        Show the token of this controller (<code>server.token</code>). Your name goes with whatever
        you start.
      </p>
      ${failed ? html`<p class="bad" role="alert">That is not the token.</p>` : ''}
      <form class="row" method="post" action="/login">
        <label>Your name <input name="name" autocomplete="name" required maxlength="80" /></label>
        <label
          >Token <input name="token" type="password" autocomplete="current-password" required
        /></label>
        <button>Sign in</button>
      </form>`,
  );
}
