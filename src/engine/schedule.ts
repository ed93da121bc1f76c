import { untilAborted } from '../domain/until-aborted.ts';
import type { Place, Turn } from './place.ts';

export interface Schedule<T, R> {
  /** Places: how many are worked on at once; at least 1. */
  readonly concurrency: number;
  readonly idOf: (item: T) => string;
  /** Ids of items that must have ended before this one starts; ids that are not scheduled do not count. */
  readonly after: (item: T) => readonly string[];
  /** Whether an item that ended so shows that the service still does what it is asked. */
  readonly isWell: (result: R) => boolean;
}

/**
 * For each place so many items may be under way in all: enough for a fifth of the flows to hang for the two minutes that
 * a repeated read may take, where an answer takes a fifth of a second.
 */
const MOST_PER_PLACE = 32;
/** And so many beside the places, since each may hold a connection. */
const MOST_BESIDE = 250;
/** So many, or as many as there are places, are started in places that others left before one of them ends well. */
const LEAST_ON_TRUST = 4;
/** So many new items go before one that has to do it all again. */
const NEW_PER_REPEAT = 19;

/**
 * Works on items in the given order, some at once. An item whose predecessors have not ended lets the next
 * ones pass, so that only what depends on a slow item waits for it; so does one that leaves its place while it waits
 * for something. Rejects with the first error that `work` throws, after those under way have ended; then nothing
 * further is started.
 */
export function runSchedule<T, R>(
  items: readonly T[],
  schedule: Schedule<T, R>,
  work: (item: T, place: Place) => Promise<R>,
): Promise<R[]> {
  return new Running(items, schedule, work).run();
}

/** An item that was started, seen from the schedule. */
interface Worker {
  /** Its place in the given order. */
  readonly rank: number;
  hasPlace: boolean;
  /** It only waits to be begun in earnest: it does not count as under way. */
  isParked: boolean;
}

interface Returning {
  readonly worker: Worker;
  readonly turn: Turn;
  readonly resolve: () => void;
}

class Running<T, R> {
  readonly #items: readonly T[];
  readonly #schedule: Schedule<T, R>;
  readonly #work: (item: T, place: Place) => Promise<R>;
  readonly #places: number;
  readonly #scheduled: ReadonlySet<string>;
  readonly #ended = new Set<string>();
  /** Ranks that were not started yet. */
  readonly #waiting: number[];
  readonly #results = new Map<number, R>();
  readonly #end = Promise.withResolvers<undefined>();
  #returning: Returning[] = [];
  #free: number;
  #open = 0;
  #underWay = 0;
  /** Started in places that others had left, since an item last ended well. */
  #onTrust = 0;
  #newSinceRepeat = 0;
  #isFilling = false;
  #failure: { readonly error: unknown } | undefined;

  constructor(
    items: readonly T[],
    schedule: Schedule<T, R>,
    work: (item: T, place: Place) => Promise<R>,
  ) {
    this.#items = items;
    this.#schedule = schedule;
    this.#work = work;
    this.#places = Math.max(1, schedule.concurrency);
    this.#free = this.#places;
    this.#scheduled = new Set(items.map(schedule.idOf));
    this.#waiting = items.map((_, rank) => rank);
  }

  async run(): Promise<R[]> {
    this.#fill();
    await this.#end.promise;
    if (this.#failure) throw this.#failure.error;
    if (this.#waiting.length > 0) throw new Error('flows wait for each other in a circle');
    return this.#items.map((_, rank) => this.#results.get(rank) as R);
  }

  /** Gives free places to whoever is next. */
  #fill(): void {
    if (this.#isFilling) return;
    this.#isFilling = true;
    while (this.#free > 0 && this.#takeNext());
    this.#isFilling = false;
    if (this.#open === 0) this.#end.resolve(undefined);
  }

  /** Who goes on with what was begun goes first, in the given order; then new ones; then repeats, and some between. */
  #takeNext(): boolean {
    const first = this.#firstReturning('first');
    if (first) return this.#grant(first);
    const repeat = this.#firstReturning('last');
    if (repeat && this.#newSinceRepeat >= NEW_PER_REPEAT) return this.#grant(repeat);
    return this.#startNew() || (repeat !== undefined && this.#grant(repeat));
  }

  #firstReturning(turn: Turn): Returning | undefined {
    const those = this.#returning.filter((returning) => returning.turn === turn);
    if (turn === 'last') return those[0];
    return those.reduce<Returning | undefined>(
      (best, next) => (best && best.worker.rank < next.worker.rank ? best : next),
      undefined,
    );
  }

  #grant({ worker, turn, resolve }: Returning): true {
    this.#returning = this.#returning.filter((returning) => returning.worker !== worker);
    if (turn === 'last') this.#newSinceRepeat = 0;
    this.#free -= 1;
    if (worker.isParked) this.#underWay += 1;
    worker.isParked = false;
    worker.hasPlace = true;
    resolve();
    return true;
  }

  #startNew(): boolean {
    if (this.#failure || !this.#mayStart()) return false;
    const at = this.#waiting.findIndex((rank) => this.#isReady(rank));
    const [rank] = at < 0 ? [] : this.#waiting.splice(at, 1);
    if (rank === undefined) return false;
    if (this.#underWay >= this.#places) this.#onTrust += 1;
    this.#newSinceRepeat += 1;
    this.#start(rank);
    return true;
  }

  /** When nothing ends well any more, hardly more than twice as many as there are places get under way. */
  #mayStart(): boolean {
    if (this.#underWay < this.#places) return true;
    const most = Math.min(MOST_PER_PLACE * this.#places, this.#places + MOST_BESIDE);
    const isTrusted = this.#onTrust < Math.max(LEAST_ON_TRUST, this.#places);
    return isTrusted && this.#underWay < most;
  }

  #isReady(rank: number): boolean {
    const { after } = this.#schedule;
    return after(this.#items[rank] as T).every(
      (id) => !this.#scheduled.has(id) || this.#ended.has(id),
    );
  }

  #start(rank: number): void {
    const worker = { rank, hasPlace: true, isParked: false };
    const item = this.#items[rank] as T;
    this.#free -= 1;
    this.#open += 1;
    this.#underWay += 1;
    void this.#work(item, this.#placeOf(worker))
      .then((result) => {
        this.#results.set(rank, result);
        if (this.#schedule.isWell(result)) this.#onTrust = 0;
      })
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => {
        this.#ended.add(this.#schedule.idOf(item));
        this.#open -= 1;
        if (!worker.isParked) this.#underWay -= 1;
        if (worker.hasPlace) this.#free += 1;
        this.#fill();
      });
  }

  #placeOf(worker: Worker): Place {
    return {
      leave: () => {
        this.#leave(worker);
      },
      park: () => {
        if (worker.hasPlace) {
          worker.isParked = true;
          this.#underWay -= 1;
        }
        this.#leave(worker);
      },
      take: (turn, signal) => this.#take(worker, turn, signal),
    };
  }

  #leave(worker: Worker): void {
    if (!worker.hasPlace) return;
    worker.hasPlace = false;
    this.#free += 1;
    this.#fill();
  }

  async #take(worker: Worker, turn: Turn, signal: AbortSignal): Promise<void> {
    if (worker.hasPlace) return;
    const granted = Promise.withResolvers<undefined>();
    const returning = {
      worker,
      turn,
      resolve: () => {
        granted.resolve(undefined);
      },
    };
    this.#returning.push(returning);
    this.#fill();
    try {
      await untilAborted(granted.promise, signal);
    } finally {
      this.#returning = this.#returning.filter((one) => one !== returning);
    }
  }
}
