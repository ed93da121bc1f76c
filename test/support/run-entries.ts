import type { RunEntry } from '../../src/domain/trigger.ts';

/** A run that found nothing to do. */
export function aRunEntry(overrides: Partial<RunEntry> = {}): RunEntry {
  return {
    org: 'acme-prod',
    runId: 'run-1',
    revision: 'c0ffee',
    startedAt: 1_000,
    durationMs: 20,
    exitCode: 0,
    summary: 'nothing to write; 6 live flows',
    outcomes: {},
    waiting: [],
    ...overrides,
  };
}
