import { asFlowkeeperError } from '../../domain/errors.ts';
import { frontOf, restMs } from '../../domain/request-budget.ts';
import type { Asking, BudgetVerdict } from '../../domain/request-budget.ts';

type Wait = Extract<BudgetVerdict, { kind: 'wait' }>;

interface Waiter extends Asking {
  readonly admit: () => void;
  readonly fail: (error: Error) => void;
}

/** Those of this process who wait for the rate budget, and go in the order of `frontOf`. */
export class WaitingLine {
  readonly #take: (wanted: readonly Asking[]) => BudgetVerdict;
  readonly #sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly #waiters: Waiter[] = [];
  #isServing = false;
  #nap: AbortController | undefined;

  /** `take` is asked with those who are first in their part of the line, in the order in which they may go. */
  constructor(
    take: (wanted: readonly Asking[]) => BudgetVerdict,
    sleep: (ms: number, signal: AbortSignal) => Promise<void>,
  ) {
    this.#take = take;
    this.#sleep = sleep;
  }

  /** Resolves when its turn has come; whoever gives up leaves nothing behind. */
  join({ kind, priority }: Asking, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const leave = (): void => {
        this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
        if (this.#waiters.length === 0) this.lookAgain();
        reject(signal.reason as Error);
      };
      const settle = (settled: () => void): void => {
        signal.removeEventListener('abort', leave);
        settled();
      };
      const waiter: Waiter = {
        kind,
        priority,
        admit: () => {
          settle(resolve);
        },
        fail: (error) => {
          settle(() => {
            reject(error);
          });
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      // whoever is the first of its part of the line may be able to go though others cannot
      if (!this.#waiters.some(isLike(waiter))) this.lookAgain();
      this.#waiters.push(waiter);
      void this.#serve();
    });
  }

  /** What was true when the present wait began no longer is. */
  lookAgain(): void {
    this.#nap?.abort();
  }

  async #serve(): Promise<void> {
    if (this.#isServing) return;
    this.#isServing = true;
    try {
      while (this.#waiters.length > 0) {
        const wait = this.#serveNext();
        if (wait) await this.#rest(wait);
      }
    } catch (error) {
      for (const waiter of this.#waiters.splice(0)) waiter.fail(asFlowkeeperError(error));
    } finally {
      this.#isServing = false;
    }
  }

  /** Lets one go, or says how long nobody can. */
  #serveNext(): Wait | undefined {
    let verdict: BudgetVerdict;
    try {
      verdict = this.#take(frontOf(this.#waiters));
    } catch (error) {
      this.#waiters.shift()?.fail(asFlowkeeperError(error));
      return undefined;
    }
    if (verdict.kind === 'wait') return verdict;
    const { admitted } = verdict;
    const place = this.#waiters.findIndex(isLike(admitted));
    this.#waiters.splice(place, 1)[0]?.admit();
    return undefined;
  }

  async #rest(wait: Wait): Promise<void> {
    const end = new AbortController();
    this.#nap = end;
    try {
      await this.#sleep(restMs(wait), end.signal);
    } catch (error) {
      if (!end.signal.aborted) throw error;
    } finally {
      this.#nap = undefined;
    }
  }
}

function isLike(one: Asking): (other: Asking) => boolean {
  return ({ kind, priority }) => kind === one.kind && priority === one.priority;
}
