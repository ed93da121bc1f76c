import type { RunEntry } from '../../domain/trigger.ts';

/** A remembered run for programs, with instants as text: `run` of schemas/revision-explanation.schema.json. */
export function makeRunEntryDocument({ startedAt, waiting, ...run }: RunEntry): object {
  return {
    ...run,
    startedAt: instant(startedAt),
    waiting: waiting.map(({ retryAt, ...flow }) => ({
      ...flow,
      ...(retryAt !== undefined && { retryAt: instant(retryAt) }),
    })),
  };
}

function instant(at: number): string {
  return new Date(at).toISOString();
}
