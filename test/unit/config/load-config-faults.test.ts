import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { loadConfig } from '../../../src/config/load-config.ts';
import { ENV, ORG_ID, aConfig, told } from './config-texts.ts';

describe('loadConfig refuses', () => {
  const HTTP =
    'plain http to another machine would show the client secret to everybody on the way [config.invalid]';
  const REPOSITORY =
    '`source.repository` must be a git repository, for instance `https://git.example.com/acme/contact-centre.git` or `../contact-centre` [schema.violation]';
  const DIRECTORY =
    '`source.directory` must be a folder of the repository, for instance `desired-state` [schema.violation]';
  const BRANCH = '`source.branch` must be a branch name, for instance `main` [schema.violation]';
  const URL_FAULT =
    '7:18 `orgs.acme.environment` must be an absolute URL, for instance `https://api.mypurecloud.com` [schema.violation]';

  test.each<[string, ...string[]]>([
    [
      '{}',
      '1:1 the file needs `source` [schema.violation]',
      '1:1 the file needs `orgs` [schema.violation]',
    ],
    ['', '1:1 the file is empty [yaml.syntax]'],
    ['- a', '1:1 the file must be a map; it is a list [schema.violation]'],
    [
      'source: {}\norgs: {}',
      '1:9 `source` needs `repository` [schema.violation]',
      '2:7 `orgs` is empty [schema.violation]',
    ],
    [
      aConfig({ more: 'sever: {}' }),
      '11:1 `sever` is not known in the file; did you mean `server`? [schema.unknown-key]',
    ],
    [
      aConfig({ source: 'tokn: x' }),
      '3:3 `tokn` is not known in `source`; did you mean `token`? [schema.unknown-key]',
    ],
    [aConfig({ source: 'token: ""' }), '3:10 `source.token` must be some text [schema.violation]'],
    [
      aConfig({ source: 'token: 5' }),
      '3:10 `source.token` must be text; it is a number [schema.violation]',
    ],
    [aConfig({ source: 'ssh:' }), '3:3 `source.ssh` must be a map; it is empty [schema.violation]'],
    [
      aConfig({ source: 'poll: 999ms' }),
      '3:9 `source.poll` must be at least 1s [schema.violation]',
    ],
    [aConfig({ source: 'poll: 25h' }), '3:9 `source.poll` must be at most 24h [schema.violation]'],
    [
      aConfig({ source: 'poll: soon' }),
      '3:9 `source.poll` must be a duration, for instance `30s`, `5m` or `24h` [schema.violation]',
    ],
    [aConfig({ source: 'directory: ../x' }), `3:14 ${DIRECTORY}`],
    [aConfig({ source: 'directory: a/../b' }), `3:14 ${DIRECTORY}`],
    [aConfig({ source: 'directory: .' }), `3:14 ${DIRECTORY}`],
    [aConfig({ source: 'directory: /x' }), `3:14 ${DIRECTORY}`],
    [aConfig({ source: 'branch: a..b' }), `3:11 ${BRANCH}`],
    [aConfig({ source: 'branch: -a' }), `3:11 ${BRANCH}`],
    [aConfig({ source: 'branch: a b' }), `3:11 ${BRANCH}`],
    [aConfig({ source: 'branch: a/.b' }), `3:11 ${BRANCH}`],
    [aConfig({ source: 'branch: a.lock/b' }), `3:11 ${BRANCH}`],
    [aConfig({ source: 'branch: HEAD' }), `3:11 ${BRANCH}`],
    [aConfig().replace('../repo', 'git://h/x'), `2:15 ${REPOSITORY}`],
    [aConfig().replace('../repo', 'ext::sh -c id'), `2:15 ${REPOSITORY}`],
    [aConfig().replace('../repo', 'http://h/x'), `2:15 ${REPOSITORY}`],
    [aConfig().replace('../repo', 'https://u:p@h/x'), `2:15 ${REPOSITORY}`],
    [aConfig().replace('../repo', 'https://t0ken@h/x'), `2:15 ${REPOSITORY}`],
    [aConfig().replace('../repo', '--upload-pack=x'), `2:15 ${REPOSITORY}`],
    [aConfig().replace('../repo', 'ssh://-oProxyCommand=x/y'), `2:15 ${REPOSITORY}`],
    [aConfig().replace('../repo', '-oProxyCommand@h:x'), `2:15 ${REPOSITORY}`],
    [
      aConfig({ more: 'status: { branch: main }' }),
      '11:19 `status.branch` is the watched branch [config.invalid]',
    ],
    [
      aConfig({ more: 'status: { branch: main, repository: ../repo.git/ }' }),
      '11:19 `status.branch` is the watched branch [config.invalid]',
    ],
    [
      aConfig({ more: 'status: { mode: same-branch, branch: other }' }),
      '11:17 `mode: same-branch` means the repository and the branch of `source`, and `status` names others [config.invalid]',
    ],
    [
      aConfig({ more: 'status: { mode: same-branch, repository: ../other }' }),
      '11:17 `mode: same-branch` means the repository and the branch of `source`, and `status` names others [config.invalid]',
    ],
    [
      aConfig({ source: 'directory: status/x', more: 'status: { mode: same-branch }' }),
      '3:14 `source.directory` is a folder that status files are written to with `mode: same-branch` [config.invalid]',
    ],
    [
      aConfig({ source: 'verify: { mode: strict }' }),
      '3:3 `source.verify` names nobody who may sign [config.invalid]',
    ],
    [
      aConfig({ source: 'verify: { allowedSigners: a }' }),
      '3:11 `source.verify` needs `mode` [schema.violation]',
    ],
    [
      aConfig({
        source: 'verify: { mode: head, openpgpKeys: a }',
        more: 'status: { mode: same-branch }',
      }),
      "3:3 with `status.mode: same-branch` the branch's head is often a commit of flowkeeper, which is not signed [config.invalid]",
    ],
    [
      aConfig({ more: 'status: { mode: samebranch }' }),
      '11:17 `status.mode` must be `branch` or `same-branch`; did you mean `same-branch`? [schema.violation]',
    ],
    [
      aConfig({ more: 'status: { author: { email: x } }' }),
      '11:28 `status.author.email` must be a mail address, for instance `flowkeeper@example.com` [schema.violation]',
    ],
    [
      aConfig({ name: 'Acme' }),
      '5:3 `Acme` must be an org name of lower-case letters, digits and `-`, for instance `acme-prod` [schema.violation]',
    ],
    [
      aConfig({ name: '_acme' }),
      '5:3 `_acme` must be an org name of lower-case letters, digits and `-`, for instance `acme-prod` [schema.violation]',
    ],
    [aConfig({ url: 'api.example.com' }), URL_FAULT],
    [aConfig({ url: 'ftp://example.com' }), URL_FAULT],
    [aConfig({ url: 'https://u@example.com' }), URL_FAULT],
    [aConfig({ url: 'https://example.com?' }), URL_FAULT],
    [aConfig({ url: 'https://example.com#' }), URL_FAULT],
    [aConfig({ url: 'http://example.com' }), `7:18 ${HTTP}`],
    [aConfig({ url: 'http://127.0.0.1.example.com' }), `7:18 ${HTTP}`],
    [aConfig({ org: 'auth: { url: "http://example.com" }' }), `11:18 ${HTTP}`],
    [
      aConfig({ org: 'auth: { style: basic }' }),
      '11:20 `orgs.acme.auth.style` must be `json` or `form-basic` [schema.violation]',
    ],
    [
      aConfig({ org: 'pageSize: 0' }),
      '11:15 `orgs.acme.pageSize` must be at least 1 [schema.violation]',
    ],
    [
      aConfig({ org: 'pageSize: 501' }),
      '11:15 `orgs.acme.pageSize` must be at most 500 [schema.violation]',
    ],
    [
      aConfig({ org: 'timeouts: { connect: 9ms }' }),
      '11:26 `orgs.acme.timeouts.connect` must be at least 10ms [schema.violation]',
    ],
    [
      aConfig({ org: 'timeouts: { call: 11m }' }),
      '11:23 `orgs.acme.timeouts.call` must be at most 10m [schema.violation]',
    ],
    [
      aConfig({ org: 'paths: { flow: /x }' }),
      '11:20 `orgs.acme.paths.flow` must be a path of one flow, with {flowId} in it, for instance `/api/v2/architect/flows/{flowId}` [schema.violation]',
    ],
    [
      aConfig({ org: 'paths: { flows: /a/../b }' }),
      '11:21 `orgs.acme.paths.flows` must be a path of the API, for instance `/api/v2/architect/flows` [schema.violation]',
    ],
    [
      aConfig({ org: 'paths: { flows: /a?b }' }),
      '11:21 `orgs.acme.paths.flows` must be a path of the API, for instance `/api/v2/architect/flows` [schema.violation]',
    ],
    [
      aConfig().replace('architect-settings', 'genesys-cloud'),
      '6:14 the backend `genesys-cloud` comes in a later version [config.invalid]',
    ],
    [
      aConfig().replace('architect-settings', 'architect'),
      '6:14 `orgs.acme.backend` must be `architect-settings` or `genesys-cloud`; did you mean `architect-settings`? [schema.violation]',
    ],
    [
      aConfig().replace(ORG_ID, 'x'),
      `8:12 \`orgs.acme.orgId\` must be a UUID, for instance \`${ORG_ID}\` [schema.violation]`,
    ],
    [
      aConfig({
        more: aConfig({ name: 'acme-2', url: 'HTTPS://API.example.com/' })
          .split('\n')
          .slice(4, -1)
          .join('\n'),
      }),
      '11:3 `acme-2` and `acme` are the same org: `orgId` and `environment` are equal [config.invalid]',
    ],
    [
      aConfig({ more: 'state: { postgres: x }' }),
      '11:10 `state.postgres` comes in a later version [config.invalid]',
    ],
    [
      aConfig({ more: 'server: { listen: 8080 }' }),
      '11:19 `server.listen` must be text; it is a number [schema.violation]',
    ],
    [
      aConfig({ more: 'server: { listen: ":80" }' }),
      '11:19 `server.listen` must be an address as host:port, for instance `127.0.0.1:8080` or `[::1]:8080` [schema.violation]',
    ],
    [
      aConfig({ more: 'server: { listen: "a:65536" }' }),
      '11:19 a port is at most 65535 [schema.violation]',
    ],
    [
      aConfig({ more: 'server: { listen: "0.0.0.0:8080" }' }),
      '11:19 other machines can reach this address, and nobody would have to show who he is [config.invalid]',
    ],
    [
      aConfig({ more: 'server: { token: only-fifteen-of }' }),
      '11:18 `server.token` must be at least 16 characters long [schema.violation]',
    ],
    [
      aConfig({ more: 'server: { webhooks: { github: {} } }' }),
      '11:31 `server.webhooks.github` needs `secrets` [schema.violation]',
    ],
    [
      aConfig({
        more: 'server: { webhooks: { gogs: { secrets: [a-secret-of-sixteen-letters] } } }',
      }),
      '11:23 `gogs` is not known in `server.webhooks`; known are `github`, `gitlab`, `bitbucket`, `gitea` and `generic` [schema.unknown-key]',
    ],
  ])('%j', (text, ...faults) => {
    expect(told(text)).toEqual(faults);
  });

  test.each([
    aConfig({ source: 'poll: 1s' }),
    aConfig({ source: 'poll: 24h' }),
    aConfig({ org: 'pageSize: 1' }),
    aConfig({ org: 'pageSize: 500' }),
    aConfig({ org: 'timeouts: { connect: 10ms, call: 10m }' }),
    aConfig({ url: 'http://localhost:8080' }),
    aConfig({ url: 'http://127.0.0.1:1' }),
    aConfig({ url: 'http://[::1]:1' }),
    aConfig({ url: 'http://example.com', org: 'allowInsecureHttp: true' }),
    aConfig({ more: 'server: { listen: "127.0.0.1:65535" }' }),
    aConfig({ more: 'server: { listen: "0.0.0.0:80", token: a-token-of-sixteen-letters }' }),
    aConfig({ more: 'server: { webhooks: { gitlab: { secrets: [sixteen-letters-] } } }' }),
    aConfig({ more: 'status: { branch: main, repository: ../other }' }),
    aConfig().replace('../repo', 'http://127.0.0.1:3000/x.git'),
    aConfig().replace('../repo', 'ssh://git@h:22/x.git'),
    aConfig().replace('../repo', 'file:///srv/x.git'),
    aConfig().replace('../repo', 'C:/repos/x'),
  ])('but not %j', (text) => {
    expect(told(text)).toEqual([]);
  });

  test('no fault repeats a value of the file, or of a variable', () => {
    const broken = [
      aConfig().replace('../repo', 'https://user:s3cret@h/x'),
      aConfig({ org: 'pageSize: s3cret' }),
      aConfig({ org: 'auth: s3cret' }),
      aConfig({ more: 'state: s3cret' }),
      aConfig({ url: 's3cret' }),
      aConfig({ source: 'branch: ${SECRET}..x' }),
      aConfig({ source: 'token: "s3cret" s3cret' }),
      aConfig({ source: '"token:s3cret": 1' }),
      aConfig({ source: 'token: [s3cret' }),
      'source:s3cret',
    ];
    for (const text of broken) {
      expect(told(text)).not.toEqual([]);
      expect(JSON.stringify(loadConfig('f', text, ENV))).not.toContain('s3cret');
    }
  });

  test('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(loadConfig('f', text, {}).ok).toBe(false);
        loadConfig('f', aConfig({ source: text }), ENV);
      }),
    );
  });
});
