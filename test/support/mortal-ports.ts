import { FlowkeeperError } from '../../src/domain/errors.ts';
import type { Ports } from '../../src/ports/ports.ts';

/** Whether the call at which the process dies has had its effect. */
export type CutTime = 'before' | 'after';

export interface Cut {
  /** The n-th call, from 1; 0 is none. */
  readonly at: number;
  readonly time: CutTime;
  /** Only calls of this name count. */
  readonly of?: string;
  /** Happens then instead of the death; when it throws, the call fails so and has no effect. */
  readonly act?: () => void;
}

/**
 * What a dead process hears of its calls: that each of them fails, so that its code comes to its own end; or
 * nothing any more, so that it stays where it was when it died.
 */
export type Afterlife = 'failure' | 'silence';

export interface PortCall {
  /** `backend.write`, `state.journal.append`, … */
  readonly name: string;
  readonly args: readonly unknown[];
}

/**
 * The ports of a process that dies at its n-th call: that call and all later ones fail, and have no effect but,
 * with `after`, the n-th. What stays is what a new process finds: the store, the org, the status branch.
 *
 * Its lie: a dead process still runs to the end of its own code, and finds that nothing works, unless nothing
 * but silence follows its death.
 */
export class MortalPorts {
  /** What took effect, in the order in which it was asked for. */
  readonly calls: PortCall[] = [];
  /** Resolves when the process dies. */
  readonly died: Promise<void>;
  readonly #cut: Cut;
  readonly #afterlife: Afterlife;
  #tellDeath = (): void => undefined;
  #count = 0;
  #isDead = false;

  constructor(cut: Cut, afterlife: Afterlife = 'failure') {
    this.#cut = cut;
    this.#afterlife = afterlife;
    this.died = new Promise((resolve) => {
      this.#tellDeath = resolve;
    });
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

  /** Only the store dies, as on a disk that is full from then on; the service and git go on answering. */
  withMortalState(ports: Ports): Ports {
    return { ...ports, state: this.#wrap('state', ports.state) };
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
    const isLast = this.#enter(name);
    if (isLast === 'never') return this.#die();
    this.calls.push({ name, args });
    try {
      return await work();
    } finally {
      // whether it went well or not, nobody hears of it any more
      if (isLast || this.#isSilent()) await this.#die();
    }
  }

  async *#iterate(
    name: string,
    args: readonly unknown[],
    work: () => AsyncIterable<unknown>,
  ): AsyncGenerator {
    const isLast = this.#enter(name);
    if (isLast === 'never') await this.#die();
    this.calls.push({ name, args });
    for await (const item of work()) {
      if (this.#isSilent()) await this.#die();
      yield item;
    }
    if (isLast === true) await this.#die();
  }

  /** What was asked for before the process died has its effect, and no answer. */
  #isSilent(): boolean {
    return this.#isDead && this.#afterlife === 'silence';
  }

  /** @returns true when the process dies after this call, `never` when it dies before, or is dead */
  #enter(name: string): boolean | 'never' {
    if (this.#isDead) return 'never';
    const { at, of = name, time, act } = this.#cut;
    if (of !== name) return false;
    this.#count += 1;
    if (this.#count !== at) return false;
    if (act) {
      act();
      return false;
    }
    return time === 'before' ? 'never' : true;
  }

  #die(): Promise<never> {
    this.#isDead = true;
    this.#tellDeath();
    if (this.#afterlife === 'silence') return new Promise<never>(() => undefined);
    const details = { file: 'state', reason: 'the process is dead' };
    throw new FlowkeeperError('state.unwritable', 'the process is dead', details);
  }
}
