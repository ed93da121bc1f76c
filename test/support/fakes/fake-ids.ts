import type { IdKind, Ids } from '../../../src/ports/ids.ts';

const PREFIXES = { run: 'run', attempt: 'att', event: 'evt', notice: 'ntc' } as const;

/** `run-0001`, `run-0002`, …, `att-0001`, … */
export class FakeIds implements Ids {
  readonly #counts = { run: 0, attempt: 0, event: 0, notice: 0 };

  next(kind: IdKind): string {
    const count = ++this.#counts[kind];
    return `${PREFIXES[kind]}-${String(count).padStart(4, '0')}`;
  }
}
