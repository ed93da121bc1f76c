import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type {
  EmailChannel,
  Notification,
  NotifiedFlow,
} from '../../../../src/domain/destination.ts';
import type { NoticeBody } from '../../../../src/engine/notify/notice-body.ts';
import { changesNotifications } from '../../../../src/engine/notify/notice-body.ts';
import {
  commitMessage,
  mailMessage,
  slackMessage,
  teamsMessage,
  webhookMessage,
} from '../../../../src/engine/notify/render-notice.ts';
import { bodyOf } from '../../../../src/engine/notify/notice-body.ts';
import { sampleNotice, testNotice } from '../../../../src/engine/notify/test-notice.ts';
import { aFlowId } from '../../../support/builders.ts';
import { expectDocument } from '../../../support/document-schemas.ts';

const FACTS = {
  ...{
    org: 'acme',
    id: 'ntc-1',
    revision: 'c'.repeat(40),
    now: Date.parse('2026-11-24T08:00:00Z'),
  },
  pageUrl: 'https://flowkeeper.example.com',
};
const asIs = (text: string): string => text;
const SLACK = { kind: 'slack', url: 'https://hooks.slack.com/x' } as const;
const TEAMS = { kind: 'teams', url: 'https://example.com/x' } as const;
const MAIL: EmailChannel = {
  ...{ kind: 'email', host: 'smtp.example.com', port: 587, security: 'starttls' },
  ...{ from: 'a@example.com', to: ['b@example.com'] },
};

function aFlow(overrides: Partial<NotifiedFlow> = {}): NotifiedFlow {
  return {
    ...{ flowId: aFlowId(), name: 'Support', status: 'failed', latencyMs: 1 },
    ...{ timestamp: '2026-11-24T08:00:00.000Z', event: 'state-changed', state: 'Failed' },
    ...{ severity: 'error', differences: [] },
    ...overrides,
  };
}

function aBody(flows: readonly NotifiedFlow[], overrides: Partial<Notification> = {}): NoticeBody {
  const facts = { ...FACTS, runId: 'run-1', nextId: () => 'ntc-1' };
  const [notification] = changesNotifications({ flows, raised: [], cleared: [] }, facts);
  if (!notification) throw new Error('nothing is told');
  return { notification: { ...notification, ...overrides } };
}

test('the usual words, of made-up news', () => {
  const { text } = teamsMessage(TEAMS, bodyOf(sampleNotice(FACTS)), asIs);
  expect(text).toBe(
    [
      'flowkeeper: acme: the org is Held, 1 Failed, 1 recovered',
      'The org is Held, it was Ready: updates 60 flows; the limit is 50',
      '- Support <night> & *day*: Failed, it was InSync: the service refused the settings (api.refused)',
      '    /routing/maxWaitTime: live 900, git says 600',
      '- Sales: InSync again, it was Stuck',
      'Run run-20261124T080000Z-8f3a21, commit cccccccccccc',
    ].join('\n'),
  );
  expect(slackMessage(SLACK, bodyOf(sampleNotice(FACTS)), asIs).text).toContain(
    'Support &lt;night&gt; &amp; *day*',
  );
});

test('a test says that it is one', () => {
  const body = bodyOf(testNotice(FACTS));
  expect(mailMessage(MAIL, 'ntc-1', body, asIs)).toEqual({
    id: 'ntc-1',
    subject: '[flowkeeper] acme: a test',
    text: 'flowkeeper: acme: a test\nThis is a test; nothing happened.\n\nhttps://flowkeeper.example.com/orgs/acme\n',
  });
  expectDocument('notification', body.notification);
  expectDocument('notification', bodyOf(sampleNotice(FACTS)).notification);
});

describe('names of others', () => {
  test('mention nobody in Slack and link nothing, also through a template of the operator', () => {
    const body = aBody([aFlow({ name: '<!channel> <https://evil|x> & co' })]);
    for (const template of [undefined, '{{#flows}}{{name}}{{/flows}} {{summary}}'])
      expect(
        slackMessage({ ...SLACK, ...(template && { template }) }, body, asIs).text,
      ).not.toMatch(/<|>|&(?!amp;|lt;|gt;)/);
  });

  test('bring no lines and no invisible characters', () => {
    const body = aBody([aFlow({ name: 'a\n- b: Failed\u202e\u0000' })]);
    const { text } = teamsMessage(TEAMS, body, asIs);
    expect(text).toContain('- a\\u{a}- b: Failed\\u{202e}\\u{0}: Failed');
  });

  test('bring no lines into a subject', () => {
    const subject = '{{#flows}}{{name}}\n{{/flows}}';
    const body = aBody([aFlow({ name: 'a\r\nBcc: x' }), aFlow({ name: 'b' })]);
    expect(mailMessage({ ...MAIL, subject }, 'ntc-1', body, asIs).subject).not.toMatch(/[\r\n]/);
  });

  test('whatever they are, every message is whole, bounded and safe', () => {
    const text = fc.string({ unit: 'binary', maxLength: 300 });
    const flow = fc
      .record({ name: text, reason: text, live: fc.jsonValue(), path: text })
      .map(({ name, reason, live, path }) =>
        aFlow({
          name,
          reason,
          differences: [{ path, live: live as never, cause: 'live-changed' }],
        }),
      );
    fc.assert(
      fc.property(fc.array(flow, { minLength: 1, maxLength: 30 }), (flows) => {
        const body = aBody(flows);
        const slack = slackMessage(SLACK, body, asIs).text;
        expect(slack).not.toMatch(/<|>|&(?!amp;|lt;|gt;)/);
        expect(slack.length).toBeLessThanOrEqual(3_500);
        expect(slack.isWellFormed()).toBe(true);
        expect(teamsMessage(TEAMS, body, asIs).text.length).toBeLessThanOrEqual(3_500);
        expect(JSON.parse(webhookMessage('ntc-1', body, asIs).body)).toMatchObject({ org: 'acme' });
      }),
      { numRuns: 60 },
    );
  });
});

describe('much of it', () => {
  const flows = (count: number): NotifiedFlow[] =>
    Array.from({ length: count }, (_, i) =>
      aFlow({ flowId: aFlowId(i + 1), name: `F${String(i)}` }),
    );

  test('people see twenty flows, and how many more there are', () => {
    const text = mailMessage(MAIL, 'ntc-1', aBody(flows(25)), asIs).text;
    expect(text.match(/^- F/gm)).toHaveLength(20);
    expect(text).toContain('and 5 more flows');
    expect(text).toContain('25 Failed');
  });

  test.each([
    [200, [200]],
    [201, [200, 1]],
    [450, [200, 200, 50]],
  ])('%d flows come to programs as %j, all of them', (count, parts) => {
    const facts = { ...FACTS, runId: 'run-1', nextId: () => 'ntc-1' };
    const all = changesNotifications({ flows: flows(count), raised: [], cleared: [] }, facts);
    expect(all.map((one) => one.flows.length)).toEqual(parts);
    for (const one of all) expectDocument('notification', one);
  });
});

test('everything is green when all of it is over', () => {
  const over = aFlow({ event: 'recovered', state: 'InSync', before: 'Stuck' });
  expect(slackMessage(SLACK, aBody([over]), asIs).severity).toBe('info');
  expect(slackMessage(SLACK, aBody([over, aFlow()]), asIs).severity).toBe('error');
});

test('secrets are taken out of each kind of message', () => {
  const redact = (text: string): string => text.replaceAll('hush', '[redacted]');
  const body: NoticeBody = { ...aBody([aFlow({ reason: 'hush' })]), html: '<p>hush' };
  const commit = { revision: '', state: 'failure', name: 'x', text: 'hush' } as const;
  const all = [
    webhookMessage('ntc-1', body, redact),
    slackMessage(SLACK, body, redact),
    teamsMessage(TEAMS, body, redact),
    mailMessage(MAIL, 'ntc-1', body, redact),
    commitMessage(commit, redact),
  ];
  for (const message of all) {
    expect(JSON.stringify(message)).not.toContain('hush');
    expect(JSON.stringify(message)).toContain('[redacted]');
  }
});
