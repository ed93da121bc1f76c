import { expect, test } from '@jest/globals';
import type { Destination, EmailChannel } from '../../../../src/domain/destination.ts';
import { bodyOf } from '../../../../src/engine/notify/notice-body.ts';
import { mailMessage, slackMessage } from '../../../../src/engine/notify/render-notice.ts';
import { reportNotices } from '../../../../src/engine/notify/report-notices.ts';
import type { ToldReport } from '../../../../src/engine/notify/report-notices.ts';
import { aDestination } from '../../../support/destinations.ts';
import { expectDocument } from '../../../support/document-schemas.ts';

const SLOT_AT = Date.parse('2026-11-24T06:00:00Z');
const asIs = (text: string): string => text;
const MAIL: EmailChannel = {
  ...{ kind: 'email', host: 'smtp.example.com', port: 587, security: 'starttls' },
  ...{ from: 'a@example.com', to: ['b@example.com'] },
};

function aReport(overrides: Partial<ToldReport> = {}): ToldReport {
  return {
    ...{ org: 'acme', revision: 'c'.repeat(40), differs: 2, live: 6 },
    ...{ markdown: '# Drift', html: '<h1>Drift</h1>', path: 'reports/acme/2026-11-24.md' },
    lines: ['2 of 6 live flows differ', '- Support <b>: 1 field'],
    ...overrides,
  };
}

function noticesFor(report: ToldReport, destinations: readonly Destination[]) {
  let count = 0;
  const nextId = (): string => `ntc-${String(++count)}`;
  const facts = { destinations, now: SLOT_AT + 1_000, pageUrl: undefined, nextId };
  return reportNotices(report, SLOT_AT, facts);
}

test.each([
  { name: 'reports, and something differs', tell: ['reports'], differs: 1, is: true },
  { name: 'reports, and nothing does', tell: ['reports'], differs: 0, is: false },
  { name: 'a heartbeat, and nothing does', tell: ['heartbeat'], differs: 0, is: true },
  { name: 'a heartbeat, and something does', tell: ['heartbeat'], differs: 1, is: true },
  { name: 'only changes', tell: ['changes'], differs: 1, is: false },
  { name: 'another org', tell: ['reports'], differs: 1, orgs: ['other'], is: false },
] as const)('$name: told $is', ({ tell, differs, is, ...rest }) => {
  const to = aDestination({ tell, ...rest });
  expect(noticesFor(aReport({ differs }), [to]).length > 0).toBe(is);
});

test('programs get the report as Markdown, by the schema', () => {
  const [notice] = noticesFor(aReport(), [aDestination({ tell: ['reports'] })]);
  const { notification, html } = bodyOf(notice!);
  expectDocument('notification', notification);
  expect(notification).toMatchObject({
    ...{ id: notice?.noticeId, type: 'report', severity: 'warning' },
    summary: 'drift report: 2 of 6 flows differ',
    report: { drifted: 2, scheduledAt: '2026-11-24T06:00:00.000Z', markdown: '# Drift' },
  });
  expect(html).toBeUndefined();
});

test('chats get plain lines, escaped', () => {
  const [notice] = noticesFor(aReport(), [aDestination({ tell: ['reports'] })]);
  const channel = { kind: 'slack', url: 'https://hooks.slack.com/x' } as const;
  expect(slackMessage(channel, bodyOf(notice!), asIs).text).toBe(
    'flowkeeper: acme: drift report: 2 of 6 flows differ\n2 of 6 live flows differ\n- Support &lt;b&gt;: 1 field',
  );
});

test('mails get the page with charts as a file', () => {
  const to = aDestination({ tell: ['reports'], channel: MAIL });
  const [notice] = noticesFor(aReport(), [to]);
  expect(mailMessage(MAIL, 'ntc-1', bodyOf(notice!), asIs)).toMatchObject({
    subject: '[flowkeeper] acme: drift report: 2 of 6 flows differ',
    html: { name: 'drift-report.html', text: '<h1>Drift</h1>' },
  });
  const [huge] = noticesFor(aReport({ html: 'x'.repeat(2_000_001) }), [to]);
  expect(bodyOf(huge!).html).toBeUndefined();
});

test('that nothing differs is good news', () => {
  const to = aDestination({ tell: ['heartbeat'] });
  const [notice] = noticesFor(aReport({ differs: 0 }), [to]);
  expect(bodyOf(notice!).notification).toMatchObject({
    ...{ severity: 'info', summary: 'no drift: 6 flows are as git says' },
  });
});
