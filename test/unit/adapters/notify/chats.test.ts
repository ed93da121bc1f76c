import { describe, expect, test } from '@jest/globals';
import { makeTransports } from '../../../../src/adapters/notify/make-transports.ts';
import type { CommitStatusChannel } from '../../../../src/domain/destination.ts';
import { FakeHttpClient } from '../../../support/fakes/fake-http-client.ts';
import type { FakeAnswer } from '../../../support/fakes/fake-http-client.ts';

const NEVER = new AbortController().signal;
const clock = { now: () => 0 };
const LINK = 'https://flowkeeper.example.com/orgs/acme';

function rig(answer: FakeAnswer = {}) {
  const http = new FakeHttpClient(() => answer);
  return {
    http,
    transports: makeTransports({ http, clock }),
    body: (): unknown => JSON.parse(http.requests[0]?.body ?? ''),
  };
}

test('Slack gets text with a sign, a link, and no previews', async () => {
  const { transports, body, http } = rig({ body: 'ok' });
  const to = { kind: 'slack', url: 'https://hooks.slack.com/services/T0/B0/x' } as const;
  const message = { severity: 'error', text: 'acme: 1 Failed\n- a &lt;b&gt;', link: LINK } as const;

  expect(await transports.slack(to, message, NEVER)).toEqual({
    kind: 'delivered',
    answer: '200 ok',
  });
  expect(http.requests[0]?.url).toBe(to.url);
  expect(body()).toEqual({
    text: `:red_circle: acme: 1 Failed\n- a &lt;b&gt;\n<${LINK}|Status page>`,
    unfurl_links: false,
    unfurl_media: false,
  });
});

test('Teams gets one adaptive card whose texts are only text', async () => {
  const { transports, body } = rig({ status: 202 });
  const to = { kind: 'teams', url: 'https://example.logic.azure.com/x?sig=y' } as const;
  const message = { severity: 'warning', text: 'acme: 1 Drifted\n\n- [a](https://evil)' } as const;

  expect(await transports.teams(to, { ...message, link: LINK }, NEVER)).toEqual({
    kind: 'delivered',
    answer: '202',
  });
  const run = (text: string, look: object = {}): object => ({
    type: 'RichTextBlock',
    inlines: [{ type: 'TextRun', text, ...look }],
  });
  expect(body()).toEqual({
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          msteams: { width: 'Full' },
          body: [
            run('acme: 1 Drifted', { weight: 'bolder', color: 'warning' }),
            run('- [a](https://evil)'),
          ],
          actions: [{ type: 'Action.OpenUrl', title: 'Status page', url: LINK }],
        },
      },
    ],
  });
});

describe('commit status', () => {
  const revision = 'c'.repeat(40);
  const message = { revision, state: 'pending', name: 'flowkeeper/acme', text: 'started' } as const;
  const github: CommitStatusChannel = {
    ...{ kind: 'commit-status', host: 'github', api: 'https://api.github.com' },
    ...{ repository: 'acme/contact-centre', token: 'ghs_x', name: 'flowkeeper' },
  };
  const gitlab: CommitStatusChannel = {
    ...{ ...github, host: 'gitlab', api: 'https://gitlab.com/api/v4' },
    ...{ repository: 'acme/sub/contact-centre' },
  };

  test('of GitHub', async () => {
    const { transports, http, body } = rig({ status: 201 });
    expect(await transports.commitStatus(github, { ...message, link: LINK }, NEVER)).toMatchObject({
      kind: 'delivered',
    });
    expect(http.requests[0]).toMatchObject({
      method: 'POST',
      url: `https://api.github.com/repos/acme/contact-centre/statuses/${revision}`,
      headers: { authorization: 'Bearer ghs_x', 'x-github-api-version': '2022-11-28' },
    });
    const context = 'flowkeeper/acme';
    expect(body()).toEqual({ state: 'pending', context, description: 'started', target_url: LINK });
  });

  test.each([
    ['pending', 'running'],
    ['success', 'success'],
    ['failure', 'failed'],
  ] as const)('of GitLab: %s is %s', async (state, theirs) => {
    const { transports, http, body } = rig({ status: 201 });
    await transports.commitStatus(gitlab, { ...message, state }, NEVER);
    expect(http.requests[0]).toMatchObject({
      url: `https://gitlab.com/api/v4/projects/acme%2Fsub%2Fcontact-centre/statuses/${revision}`,
      headers: { 'private-token': 'ghs_x' },
    });
    expect(body()).toEqual({ state: theirs, name: 'flowkeeper/acme', description: 'started' });
  });

  test('GitLab refuses the state that is there already, which is as good', async () => {
    const said = 'Cannot transition status via :run from :running (Reason(s): Status cannot ...)';
    const { transports } = rig({ status: 400, body: { message: said } });
    expect(await transports.commitStatus(gitlab, message, NEVER)).toEqual({
      kind: 'delivered',
      answer: 'it is so already',
    });
  });

  test('any other refusal is one', async () => {
    const { transports } = rig({ status: 400, body: { message: 'ref is invalid' } });
    expect(await transports.commitStatus(gitlab, message, NEVER)).toMatchObject({ kind: 'failed' });
  });
});
