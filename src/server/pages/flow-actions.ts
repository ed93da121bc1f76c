import { html } from 'hono/html';
import type { FlowStatus } from '../../domain/flow-status.ts';
import type { Html } from './html.ts';

const HOUR_MS = 3_600_000;

/** What a person can do to one flow. Not followed live: nothing is taken out of the hands of who fills in a form. */
export function flowActions({
  status: { org, flowId, suspended },
  now,
}: {
  readonly status: FlowStatus;
  /** Epoch ms. */
  readonly now: number;
}): Html {
  const path = `/orgs/${org}/flows/${flowId}`;
  const resume = html`<form method="post" action="${path}/resume">
    <button>Let it go on now</button>
  </form>`;
  return html`<div class="card">
    <h2>Actions</h2>
    <div class="actions">
      <form method="post" action="${path}/retry">
        <button>Try again what is held back</button>
      </form>
      ${suspended ? resume : ''}
      <details data-name="suspend">
        <summary>Suspend until</summary>
        <form class="row" method="post" action="${path}/suspend">
          <label
            >Until (UTC)
            <input
              type="datetime-local"
              name="until"
              required
              min="${minuteOf(now)}"
              value="${minuteOf(now + HOUR_MS)}"
          /></label>
          <label class="grow">Why <input name="reason" required maxlength="500" /></label>
          <button>Leave it alone</button>
        </form>
        <p class="soft small">
          flowkeeper then writes nothing to this flow, whatever git says. What is to last longer
          than 31 days belongs into its file.
        </p>
      </details>
    </div>
  </div>`;
}

function minuteOf(at: number): string {
  return new Date(at).toISOString().slice(0, 16);
}
