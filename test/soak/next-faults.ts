import type { Fault } from '../../src/simulator/fault.ts';

const PATCH = { method: 'PATCH' } as const;
const RELOAD = { path: '/api/v2/architect/flows/reload' } as const;
const LIST = { method: 'GET', path: '/api/v2/architect/flows' } as const;
const ANY = {} as const;

/** What a service does now and then. Nothing that a person would have to look at: all of it heals. */
const FAULTS: readonly Fault[] = [
  { kind: 'status', status: 503, ...LIST, times: 1 },
  { kind: 'status', status: 429, retryAfter: 1, ...ANY, nth: 3 },
  { kind: 'reset', ...LIST, nth: 2 },
  { kind: 'cut-body', ...LIST, nth: 1 },
  { kind: 'garbage', ...LIST, times: 1 },
  { kind: 'short-page', ...LIST, times: 1 },
  { kind: 'wrong-total', ...LIST, times: 1 },
  { kind: 'status', status: 401, ...LIST, times: 1 },
  { kind: 'reset', ...PATCH, times: 1 },
  { kind: 'apply-then-reset', ...PATCH, times: 1 },
  { kind: 'apply-then-status', status: 502, ...PATCH, times: 1 },
  { kind: 'status', status: 500, ...PATCH, times: 1 },
  { kind: 'status', status: 503, ...RELOAD, times: 3 },
  { kind: 'reset', ...RELOAD, times: 1 },
];

/** Two of three runs meet something, some of them several things. */
export function nextFaults(random: () => number): readonly Fault[] {
  const count = Math.floor(random() * 3);
  return Array.from({ length: count }, () => FAULTS[Math.floor(random() * FAULTS.length)]).filter(
    (fault) => fault !== undefined,
  );
}
