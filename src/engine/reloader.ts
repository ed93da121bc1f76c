import type { Pace } from './pace.ts';

export interface Reloader {
  /** Asks for a reload that starts after the call; resolves when one of those succeeded, rejects as its own failed. */
  reload(): Promise<void>;
  /** True when the last reload that began has succeeded: all that had been stored before it is in effect. */
  readonly isCaughtUp: boolean;
  /** Something was stored for which nobody asks for a reload: there is no catching up before the next one. */
  noteStored(): void;
}

/**
 * A reload is for the whole org: every write is followed by one that started after it, with as few as that allows.
 * Whoever asks while one is under way gets the next one, together with everybody else who asks meanwhile:
 *
 *     ask A ──► reload 1 ─────────┐
 *        ask B ─┐                 ▼
 *        ask C ─┴──────────► reload 2 (started after B and C asked)
 *
 * The next one does not wait for one that takes much longer than is usual, and what succeeds was for all who had asked
 * before it started: A need not wait either for a reload 1 that hangs.
 */
export function makeReloader(send: () => Promise<void>, pace: Pick<Pace, 'during'>): Reloader {
  return new SharedReloads(send, pace);
}

class SharedReloads implements Reloader {
  readonly #send: () => Promise<void>;
  readonly #pace: Pick<Pace, 'during'>;
  /** Those under way, by their number. */
  readonly #open = new Map<number, PromiseWithResolvers<undefined>>();
  #begun = 0;
  #succeeded = 0;
  /** The first one after which everything stored so far is in effect. */
  #needed = 1;
  /** Resolves when the next one may start; undefined: at once. */
  #turn: PromiseWithResolvers<undefined> | undefined;
  #next: Promise<undefined> | undefined;

  constructor(send: () => Promise<void>, pace: Pick<Pace, 'during'>) {
    this.#send = send;
    this.#pace = pace;
  }

  get isCaughtUp(): boolean {
    return this.#succeeded >= this.#needed;
  }

  noteStored(): void {
    this.#needed = this.#begun + 1;
  }

  reload(): Promise<undefined> {
    if (this.#next) return this.#next;
    if (!this.#turn) return this.#start();
    this.#next = this.#turn.promise.then(() => {
      this.#next = undefined;
      return this.#start();
    });
    return this.#next;
  }

  #start(): Promise<undefined> {
    this.#begun += 1;
    const number = this.#begun;
    this.#needed = Math.max(this.#needed, number);
    const answer = Promise.withResolvers<undefined>();
    this.#open.set(number, answer);
    const turn = Promise.withResolvers<undefined>();
    this.#turn = turn;
    const pass = (): void => {
      if (this.#turn === turn) this.#turn = undefined;
      turn.resolve(undefined);
    };
    this.#pace
      .during('reload', this.#send, pass)
      .then(
        () => {
          this.#succeed(number);
        },
        (error: unknown) => {
          this.#open.delete(number);
          answer.reject(error);
        },
      )
      .finally(pass);
    return answer.promise;
  }

  /** It is for all who asked before it started. */
  #succeed(number: number): void {
    this.#succeeded = Math.max(this.#succeeded, number);
    for (const [earlier, { resolve }] of this.#open) {
      if (earlier > number) continue;
      this.#open.delete(earlier);
      resolve(undefined);
    }
  }
}
