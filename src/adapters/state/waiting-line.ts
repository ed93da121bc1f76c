import { asFlowkeeperError } from '../../domain/errors.ts';
import type { BudgetVerdict, RequestKind } from './rate-budget.ts';

type Wait = Extract<BudgetVerdict, { kind: 'wait' }>;

interface Waiter {
  readonly kind: RequestKind;
  readonly admit: () => void;
  readonly fail: (error: Error) => void;
}

/**
 * Those of this process who wait for the rate budget: first come, first served, except that a read does not
 * wait behind a write for which only the update budget is used up.
 */
export class WaitingLine {
  readonly #take: (wanted: readonly RequestKind[]) => BudgetVerdict;
  readonly #sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly #waiters: Waiter[] = [];
  #isServing = false;
  #nap: { readonly for: Wait['for']; readonly end: AbortController } | undefined;

  /** `take` is asked with the kinds in line, in the order in which they may go. */
  constructor(
    take: (wanted: readonly RequestKind[]) => BudgetVerdict,
    sleep: (ms: number, signal: AbortSignal) => Promise<void>,
  ) {
    this.#take = take;
    this.#sleep = sleep;
  }

  /** Resolves when its turn has come; whoever gives up leaves nothing behind. */
  join(kind: RequestKind, signal: AbortSignal): Promise<void> {
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
      this.#waiters.push(waiter);
      if (kind === 'read' && this.#nap?.for === 'updates') this.lookAgain();
      void this.#serve();
    });
  }

  /** What was true when the present wait began no longer is. */
  lookAgain(): void {
    this.#nap?.end.abort();
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
      verdict = this.#take(this.#wanted());
    } catch (error) {
      this.#waiters.shift()?.fail(asFlowkeeperError(error));
      return undefined;
    }
    if (verdict.kind === 'wait') return verdict;
    const { admitted } = verdict;
    const place = this.#waiters.findIndex(({ kind }) => kind === admitted);
    this.#waiters.splice(place, 1)[0]?.admit();
    return undefined;
  }

  #wanted(): readonly RequestKind[] {
    if (this.#waiters[0]?.kind === 'read') return ['read'];
    return this.#waiters.some(({ kind }) => kind === 'read') ? ['write', 'read'] : ['write'];
  }

  async #rest(wait: Wait): Promise<void> {
    const end = new AbortController();
    this.#nap = { for: wait.for, end };
    try {
      await this.#sleep(Math.max(1, Math.ceil(wait.waitMs)), end.signal);
    } catch (error) {
      if (!end.signal.aborted) throw error;
    } finally {
      this.#nap = undefined;
    }
  }
}
