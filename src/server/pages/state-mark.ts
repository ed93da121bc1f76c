import { html } from 'hono/html';
import type { FlowState } from '../../domain/flow-status.ts';
import type { Html } from './html.ts';

/** How a state is to be taken: all is well, it waits, a person is needed, nothing is to be done. */
export type StateKind = 'good' | 'warn' | 'bad' | 'idle';

const KINDS: Readonly<Record<string, StateKind>> = {
  InSync: 'good',
  Ready: 'good',
  Reporting: 'idle',
  Suspended: 'idle',
  Drifted: 'warn',
  Deferred: 'warn',
  Missing: 'warn',
  Held: 'warn',
  Blocked: 'warn',
  // outcomes
  applied: 'good',
  'in-sync': 'good',
  deferred: 'warn',
  blocked: 'warn',
  conflict: 'warn',
  unresolved: 'warn',
  released: 'idle',
  suspended: 'idle',
  resumed: 'idle',
};

export function kindOf(state: string): StateKind {
  return KINDS[state] ?? 'bad';
}

/** A state, in its word and its colour. */
export function stateMark(state: string): Html {
  return html`<span class="state ${kindOf(state)}">${state}</span>`;
}

/** Flows by state as one bar; the words say the same. */
export function stateShares(counts: readonly (readonly [FlowState, number])[]): Html {
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return html`<span class="soft">none recorded yet</span>`;
  let x = 0;
  const parts = counts.map(([state, count]) => {
    const width = (count / total) * 100;
    const part = html`<rect
      class="bar ${kindOf(state)}"
      x="${x.toFixed(2)}"
      y="0"
      width="${width.toFixed(2)}"
      height="6"
    />`;
    x += width;
    return part;
  });
  const words = counts.map(([state, count]) => `${String(count)} ${state}`).join(', ');
  return html`<svg class="share" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      ${parts}</svg
    ><span class="small">${words}</span>`;
}
