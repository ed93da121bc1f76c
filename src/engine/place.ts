/** Who goes on with what was begun goes first; who has to do it all again, since it failed or hung, goes last. */
export type Turn = 'first' | 'last';

/** A flow's place among the `apply.concurrency` that are worked on at once. Nothing is written without one. */
export interface Place {
  /** Lets another go on meanwhile. */
  leave(): void;
  /** The same for one of which nothing is under way yet: it does not count among those that are. */
  park(): void;
  /** Resolves when it has a place (again). @throws the signal's reason */
  take(turn: Turn, signal: AbortSignal): Promise<void>;
}

/** Of a flow that is the only one. */
export const OWN_PLACE: Place = {
  leave: () => undefined,
  park: () => undefined,
  take: () => Promise.resolve(),
};
