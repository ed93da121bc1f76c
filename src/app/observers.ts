import type { LoopObserver } from '../ports/loop-observer.ts';

/** Tells several what the loop does; more may join later. */
export interface Observers extends LoopObserver {
  join(observer: LoopObserver): void;
}

export function makeObservers(first: LoopObserver): Observers {
  const all = [first];
  return {
    join: (observer) => void all.push(observer),
    runEnded(run) {
      for (const each of all) each.runEnded(run);
    },
    accepted(org, reason) {
      for (const each of all) each.accepted(org, reason);
    },
    moved(hinted) {
      for (const each of all) each.moved(hinted);
    },
  };
}
