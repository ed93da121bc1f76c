import { shareCalls } from './shared-calls.ts';

export interface Reloader {
  /** Asks for a reload that starts after the call; resolves when it ended, rejects as it failed. */
  reload(): Promise<void>;
  /** True when the last reload that ended has succeeded: all that had been stored before it is in effect. */
  readonly isCaughtUp: boolean;
  /** Something was stored for which nobody asks for a reload: there is no catching up before the next one. */
  noteStored(): void;
}

/** A reload is for the whole org: every write is followed by one that started after it, with as few as that allows. */
export function makeReloader(send: () => Promise<void>): Reloader {
  let isCaughtUp = false;
  let isStoredSince = false;
  const reload = shareCalls(async () => {
    isCaughtUp = false;
    isStoredSince = false;
    await send();
    isCaughtUp = !isStoredSince;
  });
  return {
    reload,
    get isCaughtUp() {
      return isCaughtUp;
    },
    noteStored() {
      isStoredSince = true;
      isCaughtUp = false;
    },
  };
}
