import type { Ids } from '../../../src/ports/ids.ts';

/** `run-0001`, `run-0002`, …, `att-0001`, … */
export class FakeIds implements Ids {
  readonly #counts = { run: 0, attempt: 0 };

  next(kind: 'run' | 'attempt'): string {
    const count = ++this.#counts[kind];
    return `${kind === 'run' ? 'run' : 'att'}-${String(count).padStart(4, '0')}`;
  }
}
