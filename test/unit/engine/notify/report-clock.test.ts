import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openSqliteNotices } from '../../../../src/adapters/state/sqlite-notices.ts';
import type { CronSchedule } from '../../../../src/domain/cron.ts';
import { keepReporting } from '../../../../src/engine/notify/report-clock.ts';
import type { ReportClockParts, ReportMade } from '../../../../src/engine/notify/report-clock.ts';
import type { NoticeStore } from '../../../../src/ports/notice-store.ts';
import { FakeClock } from '../../../support/fakes/fake-clock.ts';
import { MemoryLog } from '../../../support/fakes/memory-log.ts';
import { aSqliteStore } from '../../../support/sqlite-store.ts';
import type { TestStore } from '../../../support/sqlite-store.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A Tuesday. */
const START_AT = Date.parse('2026-11-24T05:00:00Z');

let memory: TestStore;
let clock: FakeClock;
let notices: NoticeStore;
let log: MemoryLog;
let schedule: CronSchedule | undefined;
let made: string[];
let make: () => ReportMade | Promise<ReportMade>;
let rings: number;

beforeEach(async () => {
  clock = new FakeClock({ startAt: START_AT });
  memory = await aSqliteStore({ clock });
  memory.store.database.durable.exec('pragma synchronous = off');
  notices = openSqliteNotices(memory.store);
  log = new MemoryLog();
  schedule = { cron: '0 7 * * 1-5', timezone: 'Europe/Berlin' };
  made = [];
  make = () => ({ kind: 'made', notices: [] });
  rings = 0;
});
afterEach(() => memory.stop());

/** A process, for as long as `meanwhile` takes; `overrides` may make it die. */
async function running(
  meanwhile: () => Promise<void>,
  overrides: Partial<ReportClockParts> = {},
): Promise<void> {
  const end = new AbortController();
  const parts: ReportClockParts = {
    ...{ orgs: ['acme'], clock, log, slots: notices, chance: () => 0.5 },
    scheduleOf: () => Promise.resolve(schedule),
    make: async (org, { at }) => {
      made.push(`${org} ${new Date(at).toISOString()} at ${new Date(clock.now()).toISOString()}`);
      return make();
    },
    onNotices: () => {
      rings += 1;
    },
    ...overrides,
  };
  const work = keepReporting(parts, end.signal);
  await clock.advance(0);
  await meanwhile();
  end.abort();
  await work;
}

describe('keepReporting', () => {
  test('makes a report when its time comes on the clock of its zone, and none for times before', async () => {
    await running(() => clock.advance(HOUR + MINUTE));
    await clock.advance(23.5 * HOUR);
    await running(() => clock.advance(HOUR));
    // 7 o'clock in Berlin, in winter
    expect(made).toEqual([
      'acme 2026-11-24T06:00:00.000Z at 2026-11-24T06:00:00.000Z',
      'acme 2026-11-25T06:00:00.000Z at 2026-11-25T06:00:00.000Z',
    ]);
  });

  test('of the times that passed while nobody was there, the last is made up for, once', async () => {
    await running(() => clock.advance(MINUTE));
    await clock.advance(3 * 24 * HOUR);
    await running(() => clock.advance(MINUTE));
    await running(() => clock.advance(HOUR / 2));
    // three days and a minute after the first look
    expect(made).toEqual(['acme 2026-11-26T06:00:00.000Z at 2026-11-27T05:01:00.000Z']);
  });

  test('a time is done once, though the process starts again right after', async () => {
    await running(() => clock.advance(HOUR));
    await running(() => clock.advance(HOUR));
    expect(made).toHaveLength(1);
  });

  test('one that dies before it is noted makes it again, and tells of it once', async () => {
    make = () => ({
      kind: 'made',
      notices: [
        {
          ...{ noticeId: `ntc-${String(made.length)}`, destination: 'ops', org: 'acme' },
          ...{ body: {}, createdAt: clock.now() },
        },
      ],
    });
    await running(() => clock.advance(MINUTE));
    const slots = { ...notices, endSlot: () => new Promise<boolean>(() => undefined) };
    void running(() => new Promise(() => undefined), { slots });
    await clock.advance(HOUR);
    expect(await notices.counts()).toEqual([]);
    await running(() => clock.advance(MINUTE));
    expect(made).toHaveLength(2);
    expect(await notices.counts()).toMatchObject([{ waiting: 1 }]);
    expect(rings).toBe(1);
  });

  test('two processes tell of a time once', async () => {
    make = () => ({
      kind: 'made',
      notices: [
        {
          ...{ noticeId: `ntc-${String(made.length)}`, destination: 'ops', org: 'acme' },
          ...{ body: {}, createdAt: clock.now() },
        },
      ],
    });
    await running(() => clock.advance(MINUTE));
    await Promise.all([running(() => clock.advance(HOUR)), running(() => clock.advance(0))]);
    await clock.advance(24 * HOUR);
    await Promise.all([running(() => clock.advance(0)), running(() => clock.advance(0))]);
    // each made a report for the second time, and one was there first
    expect(made).toHaveLength(3);
    expect(await notices.counts()).toMatchObject([{ waiting: 2 }]);
  });

  test('what fails is tried again, longer apart each time, until it works', async () => {
    let failures = 3;
    make = () =>
      failures-- > 0
        ? { kind: 'failed', reason: 'the org is away' }
        : { kind: 'made', notices: [] };
    await running(() => clock.advance(3 * HOUR));
    expect(made.map((one) => one.slice(-13, -5))).toEqual([
      '06:00:00',
      '06:01:00',
      '06:03:00',
      '06:07:00',
    ]);
    expect(log.messages('warn')).toHaveLength(3);
  });

  test('so is what throws, and what cannot tell its schedule waits', async () => {
    await running(
      async () => {
        await clock.advance(2 * HOUR);
        expect(made).toEqual([]);
      },
      { scheduleOf: () => Promise.reject(new Error('git is away')) },
    );
    schedule = undefined;
    await running(() => clock.advance(2 * HOUR));
    expect(made).toEqual([]);
  });

  test('a schedule that a commit changes holds from then on', async () => {
    await running(async () => {
      await clock.advance(MINUTE);
      schedule = { cron: '30 5 * * *', timezone: 'UTC' };
      await clock.advance(2 * HOUR);
    });
    expect(made).toEqual(['acme 2026-11-24T05:30:00.000Z at 2026-11-24T05:30:00.000Z']);
  });

  test('an org does not wait for the report of another', async () => {
    make = () => new Promise(() => undefined);
    const all = running(() => clock.advance(2 * HOUR), {
      orgs: ['slow', 'fast'],
      make: async (org) => {
        made.push(org);
        return org === 'slow' ? make() : { kind: 'made', notices: [] };
      },
    });
    void all;
    await clock.advance(2 * HOUR);
    expect(made.toSorted()).toEqual(['fast', 'slow']);
  });
});
