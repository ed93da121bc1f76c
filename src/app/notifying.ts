import { secretsOf } from '../config/config.ts';
import type { Config } from '../config/config.ts';
import type { Channel, Destination } from '../domain/destination.ts';
import type { Revision } from '../domain/flow.ts';
import { makeRedactor } from '../domain/redact.ts';
import type { Redactor } from '../domain/redact.ts';
import { makeCourier } from '../engine/notify/courier.ts';
import type { Courier } from '../engine/notify/courier.ts';
import { address, deliver } from '../engine/notify/deliver.ts';
import type { Addressed } from '../engine/notify/deliver.ts';
import { makeNewsDesk } from '../engine/notify/news-desk.ts';
import type { NewsDesk } from '../engine/notify/news-desk.ts';
import { sampleNotice, testNotice } from '../engine/notify/test-notice.ts';
import type { TestFacts } from '../engine/notify/test-notice.ts';
import type { NoticeCounts } from '../ports/notice-store.ts';
import type { Delivery } from '../ports/transports.ts';
import type { AppPorts } from './app-ports.ts';
import { chooseDestinations } from './choose-destinations.ts';

/** Telling people and machines what became of flows. */
export interface Notifying {
  /** Brings what waits to its destinations. */
  readonly courier: Courier;
  /** What waits and what was given up, of each destination of the config, and of others that have some. */
  noticeCounts(): Promise<readonly NoticeCounts[]>;
  /** What was given up is tried again. @param names undefined: all. @returns how many. @throws cli.usage */
  reviveNotices(names: readonly string[] | undefined): Promise<number>;
  /** Sends each of these destinations a test, past what waits. @param names undefined: all. @throws cli.usage, git.* */
  testDestinations(
    names: readonly string[] | undefined,
    signal: AbortSignal,
  ): Promise<readonly TestedDestination[]>;
  /** What each would be sent of made-up news. @param names undefined: all. @throws cli.usage */
  previewDestinations(names: readonly string[] | undefined): readonly PreviewedDestination[];
}

export interface TestedDestination {
  readonly name: string;
  readonly kind: Channel['kind'];
  readonly delivery: Delivery;
}

export interface PreviewedDestination {
  readonly name: string;
  readonly kind: Channel['kind'];
  readonly message: Addressed['message'];
}

export function makeNotifying(
  config: Config,
  ports: AppPorts,
): Notifying & { readonly news: NewsDesk } {
  const { destinations, giveUpAfterMs, pageUrl } = config.notifications;
  const { notices, transports, clock, chance, log, ids, meter } = ports;
  const redact = makeRedactor(secretsOf(config));
  const courier = makeCourier({
    ...{ notices, transports, destinations, clock, chance, log, redact, giveUpAfterMs },
    onTried: (destination, result) => meter?.notified(destination, result),
  });
  const onNotices = (): void => {
    courier.ring();
  };
  return {
    courier,
    news: makeNewsDesk({
      ports: { notices, clock, ids, log },
      ...{ destinations, pageUrl, onNotices },
    }),
    ...makeByHand(config, ports, redact),
  };
}

type ByHand = Omit<Notifying, 'courier'>;

/** What a person asks for. */
function makeByHand(config: Config, ports: AppPorts, redact: Redactor): ByHand {
  const { destinations, pageUrl } = config.notifications;
  const { notices, transports, clock, ids } = ports;
  const factsOf = (revision: Revision): TestFacts => {
    const org = config.orgs[0]?.name ?? '';
    return { org, id: ids.next('notice'), revision, now: clock.now(), pageUrl };
  };
  return {
    noticeCounts: async () => withAll(destinations, await notices.counts()),
    async reviveNotices(names) {
      let count = 0;
      for (const { name } of chooseDestinations(destinations, names))
        count += await notices.revive(name, clock.now());
      return count;
    },
    async testDestinations(names, signal) {
      const chosen = chooseDestinations(destinations, names);
      const isAtCommit = chosen.some(({ channel }) => channel.kind === 'commit-status');
      const { revision } = isAtCommit ? await ports.source.pinHead(signal) : NO_COMMIT;
      const notice = testNotice(factsOf(revision));
      return Promise.all(
        chosen.map(async (to) => ({
          name: to.name,
          kind: to.channel.kind,
          delivery: await deliver({ transports, redact }, to, notice, signal),
        })),
      );
    },
    previewDestinations: (names) =>
      chooseDestinations(destinations, names).map((to) => ({
        name: to.name,
        kind: to.channel.kind,
        message: address(to, sampleNotice(factsOf(NO_COMMIT.revision)), redact).message,
      })),
  };
}

/** Where none is looked for. */
const NO_COMMIT = { revision: '0'.repeat(40) };

/** In the order of the config; those that it no longer names come last. */
function withAll(
  destinations: readonly Destination[],
  counts: readonly NoticeCounts[],
): readonly NoticeCounts[] {
  const known = destinations.map(
    ({ name }) =>
      counts.find(({ destination }) => destination === name) ?? {
        ...{ destination: name, waiting: 0, dead: 0 },
      },
  );
  const others = counts.filter(
    ({ destination }) => !destinations.some(({ name }) => name === destination),
  );
  return [...known, ...others];
}
