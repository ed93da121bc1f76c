import { describe, expect, test } from '@jest/globals';
import { secretsOf } from '../../../src/config/config.ts';
import type { NotificationsConfig } from '../../../src/config/config.ts';
import { aConfig, load, told } from './config-texts.ts';

const SLACK = 'https://hooks.slack.com/services/T000/B000/abcdefgh';

function notifications(text: string): NotificationsConfig {
  return load(aConfig({ more: `notifications: { ${text} }` })).notifications;
}

describe('notifications', () => {
  test('every kind, with what is filled in', () => {
    const { destinations, ...rest } = notifications(
      [
        `giveUpAfter: 2h, pageUrl: "https://page.example.com/"`,
        `webhook: { cmdb: { url: "https://cmdb.example.com/h?k=1", secrets: [a-secret-of-16-chars] } }`,
        `slack: { ops: { url: "${SLACK}", template: "{{org}}" } }`,
        `teams: { leads: { url: "https://x.example.com/y?sig=z", tell: [applied], orgs: [acme], flows: [a*], states: [Stuck] } }`,
        `email: { night: { host: smtp.example.com, from: f@example.com, to: [t@example.com] }, day: { host: smtp.example.com, security: tls, user: u, password: p, from: f@example.com, to: [t@example.com], severity: error } }`,
        `commitStatus: { host: gitlab, repository: acme/sub/x, token: t0ken }`,
      ].join(', '),
    );
    const common = { tell: ['changes', 'reports'], severity: 'warning' };
    const mail = {
      kind: 'email',
      host: 'smtp.example.com',
      from: 'f@example.com',
      to: ['t@example.com'],
    };
    expect(rest).toEqual({ giveUpAfterMs: 7_200_000, pageUrl: 'https://page.example.com' });
    expect(destinations).toEqual([
      {
        ...{ name: 'cmdb', ...common },
        channel: {
          ...{ kind: 'webhook', url: 'https://cmdb.example.com/h?k=1' },
          secrets: ['a-secret-of-16-chars'],
        },
      },
      { name: 'ops', ...common, channel: { kind: 'slack', url: SLACK, template: '{{org}}' } },
      {
        ...{
          name: 'leads',
          ...common,
          tell: ['applied'],
          orgs: ['acme'],
          flows: ['a*'],
          states: ['Stuck'],
        },
        channel: { kind: 'teams', url: 'https://x.example.com/y?sig=z' },
      },
      { name: 'night', ...common, channel: { ...mail, port: 587, security: 'starttls' } },
      {
        ...{ name: 'day', ...common, severity: 'error' },
        channel: { ...mail, port: 465, security: 'tls', user: 'u', password: 'p' },
      },
      {
        ...{ name: 'commit-status', tell: [], severity: 'info' },
        channel: {
          ...{ kind: 'commit-status', host: 'gitlab', api: 'https://gitlab.com/api/v4' },
          ...{ repository: 'acme/sub/x', token: 't0ken', name: 'flowkeeper' },
        },
      },
    ]);
  });

  test.each([
    [
      `slack: { ops: { url: "http://hooks.example.com/x" } }`,
      'an address that others can read on the way',
    ],
    [`slack: { ops: { url: "https://u:p@hooks.example.com/x" } }`, 'a user in the URL'],
    [`slack: { ops: { url: "https://hooks.example.com/x#y" } }`, 'a fragment'],
    [`slack: { ops: { url: "file:///etc/passwd" } }`, 'no http'],
    [`slack: { ops: { url: "https://hooks.example.com/x", template: "{{{name}}}" } }`, 'unescaped'],
    [`slack: { Ops: { url: "https://hooks.example.com/x" } }`, 'a name in capitals'],
    [`webhook: { a: { url: "https://hooks.example.com/x" } }`, 'no secret'],
    [`webhook: { a: { url: "https://hooks.example.com/x", secrets: [short] } }`, 'a short secret'],
    [
      `email: { a: { host: h, from: "A <a@example.com>", to: [b@example.com] } }`,
      'a name with the address',
    ],
    [
      `email: { a: { host: h, from: "a@example.com", to: ["b@example.com\\nBcc: c@example.com"] } }`,
      'a line break',
    ],
    [`email: { a: { host: h, from: a@example.com, to: [] } }`, 'nobody'],
    [`giveUpAfter: 30s`, 'giving up too soon'],
    [`telegram: {}`, 'an unknown kind'],
    [`commitStatus: { host: github, repository: ../x, token: t }`, 'a path that climbs'],
  ])('%s is refused: %s', (text) => {
    expect(told(aConfig({ more: `notifications: { ${text} }` })).length).toBeGreaterThan(0);
  });

  test.each([
    [
      `slack: { ops: { url: "${SLACK}" } }, teams: { ops: { url: "${SLACK}" } }`,
      'another destination is called so',
    ],
    [`slack: { commit-status: { url: "${SLACK}" } }`, 'the commit status is called so'],
    [`slack: { ops: { url: "${SLACK}", orgs: [acne] } }`, 'no org is called so'],
    [`webhook: { a: { url: "${SLACK}", secrets: ["whsec_this is not base64"] } }`, 'must be'],
    [
      `webhook: { a: { url: "${SLACK}", secrets: ["whsec_bm90-base64-at-all"] } }`,
      'what follows `whsec_` is no Base64',
    ],
    [
      `email: { a: { host: h, security: none, from: a@example.com, to: [b@example.com] } }`,
      'without encryption everybody on the way could read the mail and the password',
    ],
    [
      `email: { a: { host: h, user: u, from: a@example.com, to: [b@example.com] } }`,
      '`user` and `password` go together',
    ],
    [
      `commitStatus: { host: github, api: "http://api.example.com", repository: a/b, token: t }`,
      'plain http to another machine would show the token to everybody on the way',
    ],
    [`commitStatus: { host: github, repository: a/b/c, token: t }`, 'GitHub wants `owner/name`'],
  ])('%s: %s', (text, words) => {
    const faults = told(aConfig({ more: `notifications: { ${text} }` }));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(words);
  });

  test('plain http and plain SMTP are fine on this machine', () => {
    const { destinations } = notifications(
      `slack: { ops: { url: "http://127.0.0.1:8080/x" } }, email: { a: { host: localhost, security: none, from: a@example.com, to: [b@example.com] } }`,
    );
    expect(destinations).toHaveLength(2);
  });

  test('all its credentials are known, URLs and their parts included', () => {
    const config = load(
      aConfig({
        more: [
          'notifications:',
          '  webhook: { a: { url: "https://h.example.com/x?key=0123456789abcdef", secrets: [a-secret-of-16-chars, another-secret-of-some] } }',
          `  slack: { b: { url: "${SLACK}" } }`,
          '  teams: { c: { url: "https://t.example.com/hooks" } }',
          '  email: { d: { host: h, user: u, password: pass-of-mail, from: a@example.com, to: [b@example.com] } }',
          '  commitStatus: { host: github, repository: a/b, token: token-of-status }',
        ].join('\n'),
      }),
    );
    const secrets = secretsOf(config);
    for (const secret of [
      ...['a-secret-of-16-chars', 'another-secret-of-some', 'pass-of-mail', 'token-of-status'],
      ...['https://h.example.com/x?key=0123456789abcdef', '0123456789abcdef'],
      ...[SLACK, '/services/T000/B000/abcdefgh', 'https://t.example.com/hooks'],
    ])
      expect(secrets).toContain(secret);
    // what is found everywhere would shred every text
    expect(secrets).not.toContain('/hooks');
  });
});
