import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { keepReports } from '../../src/app/scheduled-reports.ts';
import { lastStartAt } from '../../src/domain/cron.ts';
import { expectDocument } from '../support/document-schemas.ts';
import { HookReceiver } from '../support/hook-receiver.ts';
import { IntegrationRig, SWIFT_POLICY } from '../support/integration-rig.ts';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

let rig: IntegrationRig;
let receiver: HookReceiver;

afterEach(async () => {
  await rig.close();
  await receiver.close();
});

const SCHEDULE = { cron: '0 7 * * *', timezone: 'Europe/Berlin' };

/** A controller is there until what is due is done. */
async function look(): Promise<void> {
  const app = await rig.app();
  const [revision = '', treeId = ''] = (
    await rig.repository.run('rev-parse', 'main', 'main:desired-state')
  ).split('\n');
  const head = { pinned: { revision, treeId }, failures: 0, looks: 1 };
  const end = new AbortController();
  const work = keepReports(app, { view: () => ({ head, orgs: [] }) }, end.signal);
  const dueAt = lastStartAt(SCHEDULE, rig.clock.now()) ?? 0;
  while (((await app.reports.slots.lastSlotAt('acme')) ?? 0) < dueAt) await delay(10);
  end.abort();
  await work;
  await app.courier.drain(10_000, new AbortController().signal);
}

test('a report comes at its time: to the status branch, and to whoever wants it', async () => {
  receiver = await HookReceiver.start();
  const report = { schedule: SCHEDULE.cron, timezone: SCHEDULE.timezone };
  rig = await IntegrationRig.start({
    orgs: [{ policy: { ...SWIFT_POLICY, mode: 'report', report } }],
    config: () => ({
      notifications: {
        webhook: {
          cmdb: { url: receiver.url('/cmdb'), secrets: [SECRET], tell: ['reports'] },
          alive: { url: receiver.url('/alive'), secrets: [SECRET], tell: ['heartbeat'] },
        },
      },
    }),
  });
  await rig.reconcile();
  await look();
  expect(receiver.received).toEqual([]);

  // the next morning nothing differs
  rig.clock.advance(24 * 3_600_000);
  await look();
  await look();
  expect(receiver.received.map(({ path }) => path)).toEqual(['/alive']);
  expect(receiver.documents[0]).toMatchObject({
    ...{ type: 'report', severity: 'info', summary: 'no drift: 6 flows are as git says' },
  });

  // the morning after, something does
  const id = rig.flows()[0]?.id ?? '';
  rig.org().edit(id, { routing: { maxWaitTime: 9 } }, { by: 'Sam' });
  rig.clock.advance(24 * 3_600_000);
  await look();
  expect(receiver.received.map(({ path }) => path).toSorted()).toEqual([
    '/alive',
    '/alive',
    '/cmdb',
  ]);
  for (const document of receiver.documents) expectDocument('notification', document);
  expect(receiver.documents.at(-1)).toMatchObject({
    ...{ severity: 'warning', summary: 'drift report: 1 of 6 flows differ' },
    report: { drifted: 1, scheduledAt: '2026-11-26T06:00:00.000Z' },
  });
  const files = await rig.statusFiles();
  const reports = [...files].filter(([path]) => path.startsWith('reports/'));
  expect(reports.map(([path]) => path).toSorted()).toEqual([
    'reports/acme/2026-11-25.html',
    'reports/acme/2026-11-25.md',
    'reports/acme/2026-11-26.html',
    'reports/acme/2026-11-26.md',
  ]);
  expect(files.get('reports/acme/2026-11-26.md')).toContain('1 of 6 live flows differs');
  expect(files.get('reports/acme/2026-11-26.html')).toContain('<!doctype html>');
});
