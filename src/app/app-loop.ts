import { makeLoop } from '../engine/loop/run-loop.ts';
import type { Loop, LoopObserver } from '../engine/loop/run-loop.ts';
import type { ByHandParts } from './flows-by-hand.ts';

/** What makes runs by itself, over all orgs of an installation. */
export function makeAppLoop(parts: ByHandParts, pollMs: number, observer: LoopObserver): Loop {
  const { shared, ...rest } = parts;
  const { triggers, chance } = shared;
  return makeLoop({ ports: shared, triggers, chance, pollMs, observer, ...rest });
}
