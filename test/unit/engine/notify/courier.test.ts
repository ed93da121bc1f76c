import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openSqliteNotices } from '../../../../src/adapters/state/sqlite-notices.ts';
import { makeRedactor } from '../../../../src/domain/redact.ts';
import { makeCourier } from '../../../../src/engine/notify/courier.ts';
import type { Courier } from '../../../../src/engine/notify/courier.ts';
import type { NoticeStore } from '../../../../src/ports/notice-store.ts';
import type { Delivery } from '../../../../src/ports/transports.ts';
import { aDestination } from '../../../support/destinations.ts';
import { FakeClock } from '../../../support/fakes/fake-clock.ts';
import { FakeTransports } from '../../../support/fakes/fake-transports.ts';
import { MemoryLog } from '../../../support/fakes/memory-log.ts';
import { aSqliteStore } from '../../../support/sqlite-store.ts';
import type { TestStore } from '../../../support/sqlite-store.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const CHANNEL = { kind: 'webhook', url: 'https://hooks.example.com', secrets: ['s'] } as const;
const AWAY: Delivery = { kind: 'failed', reason: 'it answered 503', isFinal: false };

let memory: TestStore;
let clock: FakeClock;
let notices: NoticeStore;
let transports: FakeTransports;
let log: MemoryLog;
let results: string[];
let end: AbortController;

beforeEach(async () => {
  clock = new FakeClock();
  memory = await aSqliteStore({ clock });
  memory.store.database.durable.exec('pragma synchronous = off');
  notices = openSqliteNotices(memory.store);
  transports = new FakeTransports();
  log = new MemoryLog();
  results = [];
  end = new AbortController();
});
afterEach(() => memory.stop());

function aCourier(names: readonly string[] = ['ops'], store = notices): Courier {
  return makeCourier({
    ...{ notices: store, transports, clock, log },
    destinations: names.map((name) => aDestination({ name, channel: CHANNEL })),
    chance: () => 0.5,
    redact: makeRedactor(['a-secret-of-the-config']),
    giveUpAfterMs: 24 * HOUR,
    onTried: (destination, result) => results.push(`${destination} ${result}`),
  });
}

async function put(n: number, { destination = 'ops', org = 'acme' } = {}): Promise<void> {
  const noticeId = `ntc-${destination}-${org}-${String(n)}`;
  const body = { notification: { summary: `${org} ${String(n)}` } };
  const notice = { noticeId, destination, org, body, createdAt: clock.now() };
  const nothing = { org, flows: [], alerts: [], gone: [] };
  await notices.tell(nothing, { notices: [notice], raised: [], cleared: [] });
}

/** What came, in order. */
function summaries(): string[] {
  return transports.brought.map(({ message }) => {
    const { body } = message as { readonly body: string };
    return (JSON.parse(body) as { readonly summary: string }).summary;
  });
}

/** Works until the test says otherwise. */
async function working(courier: Courier, meanwhile: () => Promise<void>): Promise<void> {
  const work = courier.work(end.signal);
  await clock.advance(0);
  await meanwhile();
  end.abort();
  await work;
}

describe('delivery', () => {
  test('goes out at once when it rings, and without ringing within half a minute', async () => {
    const courier = aCourier();
    await working(courier, async () => {
      await put(1);
      courier.ring();
      await clock.advance(0);
      expect(summaries()).toEqual(['acme 1']);
      await put(2);
      await clock.advance(29_000);
      expect(summaries()).toEqual(['acme 1']);
      await clock.advance(1_000);
      expect(summaries()).toEqual(['acme 1', 'acme 2']);
    });
    expect(results).toEqual(['ops delivered', 'ops delivered']);
    expect((await notices.counts()).length).toBe(0);
  });

  test('is tried again by a clock that waits longer each time, and the next waits for it', async () => {
    const at: number[] = [];
    const start = clock.now();
    transports.receive = () => {
      at.push((clock.now() - start) / 1000);
      return at.length < 6 ? AWAY : { kind: 'delivered', answer: '204' };
    };
    await put(1);
    await put(2);
    await working(aCourier(), () => clock.advance(HOUR));
    expect(at).toEqual([0, 5, 15, 35, 75, 155, 155]);
    expect(summaries()).toEqual([...Array<string>(6).fill('acme 1'), 'acme 2']);
  });

  test('waits as long as the receiver asks, but not for ever', async () => {
    const at: number[] = [];
    const start = clock.now();
    const asked = [37_000, 10 * HOUR];
    transports.receive = () => {
      at.push((clock.now() - start) / 1000);
      const retryAfterMs = asked[at.length - 1];
      return retryAfterMs === undefined
        ? { kind: 'delivered', answer: '' }
        : { ...AWAY, retryAfterMs };
    };
    await put(1);
    await working(aCourier(), () => clock.advance(2 * HOUR));
    expect(at).toEqual([0, 37, 37 + 3600]);
  });

  test('is given up after its time, told in the log and counted, and the next one goes', async () => {
    let isAway = true;
    transports.receive = () => (isAway ? AWAY : { kind: 'delivered', answer: '204' });
    await put(1);
    await working(aCourier(), async () => {
      await clock.advance(24 * HOUR);
      expect(await notices.counts()).toMatchObject([
        { waiting: 0, dead: 1, trouble: 'it answered 503' },
      ]);
      isAway = false;
      await put(2);
      await clock.advance(MINUTE);
    });
    expect(summaries().at(-1)).toBe('acme 2');
    expect(results.slice(-2)).toEqual(['ops dead', 'ops delivered']);
    // every quarter of an hour at the latest, and no more often
    expect(results.length).toBeGreaterThan(95);
    expect(results.length).toBeLessThan(110);
    expect(log.messages('error')).toEqual(['a notification is given up']);
  });

  test('what is refused for good is given up at once', async () => {
    transports.receive = ({ message }) =>
      (message as { body: string }).body.includes('acme 1')
        ? { kind: 'failed', reason: 'it answered 400', isFinal: true }
        : { kind: 'delivered', answer: '204' };
    await put(1);
    await put(2);
    await aCourier().drain(1_000, end.signal);
    expect(results).toEqual(['ops dead', 'ops delivered']);
  });

  test('a receiver that hangs delays no other destination, and not for ever its own', async () => {
    transports.receive = ({ message }, signal) =>
      (message as { body: string }).body.includes('slow')
        ? new Promise((_, reject) => {
            signal.addEventListener('abort', () => {
              reject(signal.reason as Error);
            });
          })
        : { kind: 'delivered', answer: '204' };
    await put(1, { destination: 'slow', org: 'slow' });
    await put(1, { destination: 'fast' });
    const courier = aCourier(['slow', 'fast']);
    await working(courier, async () => {
      await put(2, { destination: 'fast' });
      courier.ring();
      await clock.advance(0);
      expect(results).toEqual(['fast delivered', 'fast delivered']);
      await clock.advance(2 * MINUTE);
      expect(results).toContain('slow failed');
    });
  });

  test('an end cuts a delivery short, which is no fault of the receiver and is tried by the next process', async () => {
    transports.receive = (_, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(signal.reason as Error);
        });
      });
    await put(1);
    await working(aCourier(), () => Promise.resolve());
    expect(results).toEqual([]);
    transports.receive = () => ({ kind: 'delivered', answer: '204' });
    await aCourier().drain(1_000, new AbortController().signal);
    expect(results).toEqual(['ops delivered']);
  });

  test('a process that dies after the delivery delivers once more, under the same id', async () => {
    await put(1);
    // it is killed before it can note that the receiver took it
    const dying = { ...notices, delivered: () => new Promise<void>(() => undefined) };
    void aCourier(['ops'], dying).drain(1_000, end.signal);
    await clock.advance(0);
    const next = aCourier(['ops'], openSqliteNotices(await memory.another()));
    await next.drain(1_000, new AbortController().signal);
    expect(transports.brought.length).toBe(1);
    await clock.advance(3 * MINUTE);
    await next.drain(1_000, new AbortController().signal);
    expect(transports.brought.length).toBe(2);
    expect(transports.brought[0]).toEqual(transports.brought[1]);
    expect((await notices.counts()).length).toBe(0);
  });

  test('what waits for a destination that the config no longer has is given up, and told', async () => {
    await put(1, { destination: 'old' });
    await working(aCourier(), () => Promise.resolve());
    expect(await notices.counts()).toMatchObject([{ destination: 'old', waiting: 0, dead: 1 }]);
    expect(log.messages('warn')).toEqual(['notifications are given up']);
    expect(transports.brought).toEqual([]);
  });

  test('what fails to be marked is told, and goes on', async () => {
    await put(1);
    let faults = 1;
    const flaky: NoticeStore = {
      ...notices,
      claim: (...args) =>
        faults-- > 0 ? Promise.reject(new Error('the disk is full')) : notices.claim(...args),
    };
    await working(aCourier(['ops'], flaky), () => clock.advance(MINUTE));
    expect(results).toEqual(['ops delivered']);
    expect(log.messages('error')).toEqual([
      'notifications could not be read or marked; it is tried again',
    ]);
  });
});

describe('drain', () => {
  test('ends when its time is over, whatever the receiver does', async () => {
    transports.receive = (_, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(signal.reason as Error);
        });
      });
    await put(1);
    const draining = aCourier().drain(10_000, end.signal);
    await clock.advance(10_000);
    await draining;
    expect(await notices.counts()).toMatchObject([{ waiting: 1, dead: 0 }]);
  });

  test('leaves what has to wait, and sets no clock going', async () => {
    transports.receive = () => AWAY;
    await put(1);
    await aCourier().drain(10_000, end.signal);
    expect(results).toEqual(['ops failed']);
    await clock.advance(0);
    expect(clock.sleepers).toBe(0);
  });
});

test('no credential leaves, neither in a message nor in what is kept of a failure', async () => {
  const secret = 'a-secret-of-the-config';
  transports.receive = () => ({ ...AWAY, reason: `it said ${secret}` });
  const notification = { summary: `the service said ${secret}` };
  const notice = {
    ...{ noticeId: 'ntc-1', destination: 'ops', org: 'acme', createdAt: clock.now() },
    body: { notification },
  };
  const nothing = { org: 'acme', flows: [], alerts: [], gone: [] };
  await notices.tell(nothing, { notices: [notice], raised: [], cleared: [] });
  await aCourier().drain(1_000, end.signal);
  const left = JSON.stringify([transports.brought, await notices.counts(), log.lines]);
  expect(left).not.toContain(secret);
  expect(left).toContain('[redacted]');
});
