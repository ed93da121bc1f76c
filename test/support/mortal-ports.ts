import { FlowkeeperError } from '../../src/domain/errors.ts';
import type { Ports } from '../../src/ports/ports.ts';

/** Whether the call at which the process dies has had its effect. */
export type CutTime = 'before' | 'after';

export interface Cut {
  /** The n-th call, from 1; 0 is none. */
  readonly at: number;
  readonly time: CutTime;
  /** Happens then instead of the death. */
  readonly act?: () => void;
}

export interface PortCall {
  /** `backend.write`, `state.journal.append`, … */
  readonly name: string;
  readonly args: readonly unknown[];
}

/**
 * The ports of a process that dies at its n-th call: that call and all later ones fail, and have no effect but,
 * with `after`, the n-th. What stays is what a new process finds: the store, the org, the status branch.
 *
 * Its lie: a dead process still runs to the end of its own code, and finds that nothing works.
 */
export class MortalPorts {
  /** What took effect, in the order in which it was asked for. */
  readonly calls: PortCall[] = [];
  readonly #cut: Cut;
  #count = 0;
  #isDead = false;

  constructor(cut: Cut) {
    this.#cut = cut;
  }

  /** False when the process ended before its time came. */
  get isDead(): boolean {
    return this.#isDead;
  }

  of(ports: Ports): Ports {
    return {
      ...ports,
      backend: this.#wrap('backend', ports.backend),
      state: this.#wrap('state', ports.state),
      statusBranch: this.#wrap('statusBranch', ports.statusBranch),
    };
  }

  #wrap<T extends object>(name: string, port: T): T {
    return new Proxy(port, {
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key, target);
        const full = `${name}.${String(key)}`;
        // the same port seen another way: nothing is asked of the world
        if (key === 'withPriority')
          return (...args: unknown[]) =>
            this.#wrap(name, (value as (...all: unknown[]) => object).apply(target, args));
        if (typeof value === 'function')
          return (...args: unknown[]) => this.#call(full, args, () => value.apply(target, args));
        return typeof value === 'object' && value !== null ? this.#wrap(full, value) : value;
      },
    });
  }

  #call(name: string, args: readonly unknown[], work: () => unknown): unknown {
    return name === 'backend.pages'
      ? this.#iterate(name, args, work as () => AsyncIterable<unknown>)
      : this.#promise(name, args, work);
  }

  async #promise(name: string, args: readonly unknown[], work: () => unknown): Promise<unknown> {
    const isLast = this.#enter();
    this.calls.push({ name, args });
    try {
      return await work();
    } finally {
      // whether it went well or not, nobody hears of it any more
      if (isLast) this.#die();
    }
  }

  async *#iterate(
    name: string,
    args: readonly unknown[],
    work: () => AsyncIterable<unknown>,
  ): AsyncGenerator {
    const isLast = this.#enter();
    this.calls.push({ name, args });
    yield* work();
    if (isLast) this.#die();
  }

  /** @returns true when the process dies after this call */
  #enter(): boolean {
    if (this.#isDead) this.#die();
    this.#count += 1;
    if (this.#count !== this.#cut.at) return false;
    if (this.#cut.act) {
      this.#cut.act();
      return false;
    }
    if (this.#cut.time === 'before') this.#die();
    return true;
  }

  #die(): never {
    this.#isDead = true;
    const details = { file: 'state', reason: 'the process is dead' };
    throw new FlowkeeperError('state.unwritable', 'the process is dead', details);
  }
}
