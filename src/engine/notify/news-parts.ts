import type { Destination } from '../../domain/destination.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ids } from '../../ports/ids.ts';
import type { Log } from '../../ports/log.ts';
import type { NoticeStore } from '../../ports/notice-store.ts';

/** What it takes to write down what is to be told. */
export interface NewsParts {
  readonly ports: {
    readonly notices: NoticeStore;
    readonly clock: Pick<Clock, 'now'>;
    readonly ids: Ids;
    readonly log: Log;
  };
  readonly destinations: readonly Destination[];
  /** Of the status page; without `/` at the end. */
  readonly pageUrl: string | undefined;
}
