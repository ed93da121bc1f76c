import type { ChangeKind } from '../domain/plan.ts';
import type { Clock } from '../ports/clock.ts';
import type { FlowRun, OneFlowBackend } from './flow-task.ts';
import { inTurn } from './in-turn.ts';
import type { Pace } from './pace.ts';
import type { Place } from './place.ts';
import type { Reloader } from './reloader.ts';

/** A run as one flow sees it: its requests in the turn of what is to be done to it, and in a place of its own. */
export function runOfFlow(run: FlowRun, kind: ChangeKind | undefined, place: Place): FlowRun {
  return inPlace(inTurn(run, kind), place);
}

/**
 * The same run for a flow that has this place: it leaves the place while it sleeps, and as soon as what it waits for
 * takes much longer than is usual. To read, and to wait for a reload, it needs none; before it writes it takes one.
 */
function inPlace(run: FlowRun, place: Place): FlowRun {
  const { pace, ports } = run;
  const leave = (): void => {
    place.leave();
  };
  return {
    ...run,
    place,
    judge: judgeInPlace(run, place),
    reloader: watchedReloader(run.reloader, (reload) => pace.during('in-effect', reload, leave)),
    ports: {
      ...ports,
      clock: sleepingOutside(ports.clock, leave),
      backend: watchedBackend(ports.backend, pace, leave),
    },
  };
}

/** What its gates look up is looked up for all; who had to wait for it long is judged once more, when it is its turn. */
function judgeInPlace({ pace, judge }: FlowRun, place: Place): FlowRun['judge'] {
  return async (change, signal) => {
    const waited = { long: false };
    const judgeOnce = (): ReturnType<typeof judge> => judge(change, signal);
    const verdict = await pace.during('look-up', judgeOnce, () => {
      waited.long = true;
      place.park();
    });
    if (!waited.long) return verdict;
    await place.take('first', signal);
    return judgeOnce();
  };
}

function watchedBackend(backend: OneFlowBackend, pace: Pace, leave: () => void): OneFlowBackend {
  return {
    read: (id, signal) => pace.during('read', () => backend.read(id, signal), leave),
    write: (base, blocks, signal) =>
      pace.during('write', () => backend.write(base, blocks, signal), leave),
    withPriority: (priority) => watchedBackend(backend.withPriority(priority), pace, leave),
  };
}

function watchedReloader(
  reloader: Reloader,
  watched: (reload: () => Promise<void>) => Promise<void>,
): Reloader {
  return {
    reload: () => watched(() => reloader.reload()),
    get isCaughtUp() {
      return reloader.isCaughtUp;
    },
    noteStored: () => {
      reloader.noteStored();
    },
  };
}

function sleepingOutside(clock: Clock, leave: () => void): Clock {
  return {
    now: () => clock.now(),
    monotonicMs: () => clock.monotonicMs(),
    alarm: (ms, ring) => clock.alarm(ms, ring),
    sleep: (ms, signal) => {
      leave();
      return clock.sleep(ms, signal);
    },
  };
}
