import { html } from 'hono/html';
import type { Html } from './html.ts';
import { layout } from './layout.ts';

/** That nothing came of what was asked for, and why. */
export function refusedPage(reason: string, back: string): Html {
  return layout(
    'Not done',
    undefined,
    html`<div class="card sign">
      <h1>Not done</h1>
      <p role="alert">Nothing was changed: ${reason}.</p>
      <p><a href="${back}">Back</a></p>
    </div>`,
  );
}
