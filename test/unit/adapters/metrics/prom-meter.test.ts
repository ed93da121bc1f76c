import { expect, test } from '@jest/globals';
import { makePromMeter } from '../../../../src/adapters/metrics/prom-meter.ts';
import type { OrgFacts, PromMeter } from '../../../../src/adapters/metrics/prom-meter.ts';
import type { NoticeCounts } from '../../../../src/ports/notice-store.ts';
import { aRunEntry } from '../../../support/run-entries.ts';

let facts: OrgFacts[] = [];
let notices: NoticeCounts[] = [];
let isHooked = true;
const clock = { now: () => 61_000 };

function aMeter(): PromMeter {
  facts = [];
  notices = [];
  isHooked = true;
  return makePromMeter({
    ...{ version: '0.1.0', clock },
    facts: () => Promise.resolve(facts),
    isHooked: () => isHooked,
    notices: () => Promise.resolve(notices),
  });
}

async function lineOf(meter: PromMeter, start: string): Promise<string | undefined> {
  return (await meter.text()).split('\n').find((line) => line.startsWith(start));
}

const COUNTS = { live: 6, inSync: 5, changes: 1, missing: 0, unmanaged: 0, invalid: 0 };

test('every name that operators build on is there from the first scrape or its first event on', async () => {
  const meter = aMeter();
  facts = [
    { org: 'acme-prod', states: new Map([['InSync', 6]]), rateWaitMs: 1_500, waiting: true },
  ];
  meter.runEnded(aRunEntry({ counts: COUNTS, outcomes: { applied: 1 } }));
  meter.accepted('acme-prod', 'push');
  meter.moved(false);
  meter.apiAnswered('acme-prod', 'list', '200');
  meter.gitAnswered('look', 'ok');
  meter.headJudged(false);
  meter.pushed('pushed');
  meter.delivered('github', 'accepted');
  meter.notified('ops', 'delivered');
  notices = [{ destination: 'ops', waiting: 2, dead: 1 }];
  const text = await meter.text();
  for (const line of [
    'flowkeeper_reconcile_total{org="acme-prod",result="done"} 1',
    'flowkeeper_reconcile_duration_seconds_count{org="acme-prod"} 1',
    'flowkeeper_flows{org="acme-prod",state="InSync"} 6',
    'flowkeeper_drift_seconds{org="acme-prod"} 0',
    'flowkeeper_api_requests_total{org="acme-prod",operation="list",code="200"} 1',
    'flowkeeper_rate_gate_wait_seconds{org="acme-prod"} 1.5',
    'flowkeeper_git_requests_total{operation="look",result="ok"} 1',
    'flowkeeper_status_push_total{result="pushed"} 1',
    'flowkeeper_webhook_total{host="github",result="accepted"} 1',
    'flowkeeper_webhook_missed_total 1',
    'flowkeeper_notifications_total{destination="ops",result="delivered"} 1',
    'flowkeeper_notifications{destination="ops",state="waiting"} 2',
    'flowkeeper_notifications{destination="ops",state="dead"} 1',
    'flowkeeper_trigger_total{org="acme-prod",reason="push"} 1',
    'flowkeeper_queue_depth{org="acme-prod"} 1',
    'flowkeeper_last_success_timestamp_seconds{org="acme-prod"} 1.02',
    'flowkeeper_source_unverified 1',
    'flowkeeper_build_info{version="0.1.0"} 1',
  ])
    expect(text).toContain(`${line}\n`);
});

test('a state that nothing is in any more is 0', async () => {
  const meter = aMeter();
  const org = { org: 'a', rateWaitMs: 0, waiting: false };
  facts = [{ ...org, states: new Map([['Drifted' as never, 2]]) }];
  await meter.text();
  facts = [{ ...org, states: new Map([['InSync', 2]]) }];
  expect(await lineOf(meter, 'flowkeeper_flows{org="a",state="Drifted"}')).toMatch(/ 0$/);
});

test('a commit that a webhook told of was not missed', async () => {
  const meter = aMeter();
  meter.moved(true);
  expect(await lineOf(meter, 'flowkeeper_webhook_missed_total')).toMatch(/ 0$/);
});

test('without a webhook in the config no commit is missed', async () => {
  const meter = aMeter();
  isHooked = false;
  meter.moved(false);
  expect(await lineOf(meter, 'flowkeeper_webhook_missed_total')).toMatch(/ 0$/);
});

test('drift counts from the first run that left a difference, until one that leaves none', async () => {
  const meter = aMeter();
  const drift = (): Promise<string | undefined> => lineOf(meter, 'flowkeeper_drift_seconds{');
  const differs = aRunEntry({ counts: COUNTS, exitCode: 2 });
  meter.runEnded({ ...differs, startedAt: 1_000 });
  meter.runEnded({ ...differs, startedAt: 31_000 });
  expect(await drift()).toMatch(/ 60$/);
  // a run that could not tell changes nothing
  meter.runEnded(aRunEntry({ exitCode: 1, error: { code: 'api.timeout', message: 'slow' } }));
  expect(await drift()).toMatch(/ 60$/);
  meter.runEnded(aRunEntry({ counts: COUNTS, outcomes: { applied: 1 } }));
  expect(await drift()).toMatch(/ 0$/);
});

test('a head that may be used again takes its alert away', async () => {
  const meter = aMeter();
  expect(await lineOf(meter, 'flowkeeper_source_unverified')).toMatch(/ 0$/);
  meter.headJudged(false);
  expect(await lineOf(meter, 'flowkeeper_source_unverified')).toMatch(/ 1$/);
  meter.headJudged(true);
  expect(await lineOf(meter, 'flowkeeper_source_unverified')).toMatch(/ 0$/);
});

test('what a run can end with is counted from the first scrape on, so that the first one is an increase', async () => {
  const meter = aMeter();
  facts = [{ org: 'a', states: new Map(), rateWaitMs: 0, waiting: false }];
  for (const result of ['done', 'differs', 'invalid', 'denied', 'failed'])
    expect(await lineOf(meter, `flowkeeper_reconcile_total{org="a",result="${result}"}`)).toMatch(
      / 0$/,
    );
});
