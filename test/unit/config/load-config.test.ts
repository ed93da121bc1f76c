import { describe, expect, test } from '@jest/globals';
import { resolvePaths, secretsOf } from '../../../src/config/config.ts';
import { loadConfig } from '../../../src/config/load-config.ts';
import { someDeadlines } from '../../support/some-limits.ts';
import { ENV, ORG_ID, aConfig, load, told } from './config-texts.ts';

describe('loadConfig', () => {
  test('fills in every default', () => {
    expect(load(aConfig())).toEqual({
      notifications: { giveUpAfterMs: 86_400_000, destinations: [] },
      source: {
        repository: '../repo',
        repositoryKind: 'local',
        branch: 'main',
        directory: 'desired-state',
        pollMs: 60_000,
      },
      status: {
        repository: '../repo',
        repositoryKind: 'local',
        branch: 'flowkeeper/status',
        mode: 'branch',
        author: { name: 'flowkeeper', email: 'flowkeeper@localhost' },
      },
      orgs: [
        {
          name: 'acme',
          backend: 'architect-settings',
          environment: 'https://api.example.com',
          orgId: ORG_ID,
          clientId: 'client',
          clientSecret: 's3cret',
          auth: {
            style: 'json',
            scope: 'organization:read architect:read architect:write flow:read flow:write',
          },
          paths: {
            token: '/api/v2/oauth/token',
            flows: '/api/v2/architect/flows',
            flow: '/api/v2/architect/flows/{flowId}',
            reload: '/api/v2/architect/flows/reload',
            queues: '/api/v2/routing/queues',
            users: '/api/v2/users',
            teams: '/api/v2/teams',
          },
          pageSize: 100,
          timeouts: { connectMs: 10_000, answerMs: 30_000, callMs: 60_000 },
        },
      ],
      state: { directory: '.flowkeeper' },
      server: { host: '127.0.0.1', port: 8080, webhooks: {} },
      deadlines: someDeadlines(),
    });
  });

  test('takes each deadline by its own name', () => {
    const names = ['run', 'source', 'load', 'live', 'plan', 'lookUp', 'reload', 'flow', 'record'];
    for (const name of [...names, 'command'])
      expect(load(aConfig({ more: `deadlines: { ${name}: 7s }` })).deadlines).toEqual(
        someDeadlines({ [`${name}Ms`]: 7000 }),
      );
  });

  test('takes what is said', () => {
    const config = load(`
source:
  repository: git@git.example.com:acme/x.git
  branch: release/1
  directory: a/b/
  poll: 5m
  ssh: { keyFile: keys/a, knownHostsFile: /etc/known }
status:
  repository: https://git.example.com/acme/status.git
  branch: release/1
  token: "\${TOKEN}"
  author: { name: Bot, email: bot@example.com }
orgs:
  acme-1:
    backend: architect-settings
    environment: https://api.example.com/base//
    orgId: ${ORG_ID.toUpperCase()}
    clientId: c
    clientSecret: literal
    auth: { style: form-basic, url: "https://login.example.com/oauth/token", scope: "" }
    paths: { flow: "/f/{flowId}/x" }
    pageSize: 25
    timeouts: { connect: 1s, answer: 500ms, call: 2m }
state: { directory: /var/lib/flowkeeper }
server: { listen: "[::1]:0" }
`);
    expect(config.source).toEqual({
      repository: 'git@git.example.com:acme/x.git',
      repositoryKind: 'ssh',
      branch: 'release/1',
      directory: 'a/b',
      pollMs: 300_000,
      ssh: { keyFile: 'keys/a', knownHostsFile: '/etc/known' },
    });
    expect(config.status).toEqual({
      repository: 'https://git.example.com/acme/status.git',
      repositoryKind: 'https',
      branch: 'release/1',
      mode: 'branch',
      token: 't0ken',
      author: { name: 'Bot', email: 'bot@example.com' },
    });
    expect(config.orgs[0]).toMatchObject({
      environment: 'https://api.example.com/base',
      orgId: ORG_ID,
      auth: { style: 'form-basic', url: 'https://login.example.com/oauth/token', scope: '' },
      paths: { flow: '/f/{flowId}/x', flows: '/api/v2/architect/flows' },
      pageSize: 25,
      timeouts: { connectMs: 1_000, answerMs: 500, callMs: 120_000 },
    });
    expect(config.server).toEqual({ host: '::1', port: 0, webhooks: {} });
  });

  test("the source's credentials serve the status branch of the same repository, and no other", () => {
    const same = load(aConfig({ source: 'token: ${TOKEN}' }));
    expect(same.status.token).toBe('t0ken');
    const own = load(aConfig({ source: 'token: a', more: 'status: { token: b }' }));
    expect(own.status.token).toBe('b');
    const other = load(aConfig({ source: 'token: a', more: 'status: { repository: ../other }' }));
    expect(other.status).not.toHaveProperty('token');
  });

  test('mode same-branch takes the branch of the source', () => {
    const config = load(
      aConfig({ source: 'branch: trunk', more: 'status: { mode: same-branch }' }),
    );
    expect(config.status).toMatchObject({ mode: 'same-branch', branch: 'trunk' });
  });

  test('equal ids in different environments are different orgs', () => {
    const other = aConfig({ url: 'https://api.other.com', name: 'acme-2' })
      .split('\n')
      .slice(4, -1);
    expect(load(aConfig({ more: other.join('\n') })).orgs.map(({ name }) => name)).toEqual([
      'acme',
      'acme-2',
    ]);
  });
});

describe('variables', () => {
  test.each([
    ['${SECRET}', 's3cret'],
    ['"a${SECRET}b${TOKEN}"', 'as3cretbt0ken'],
    ['$${SECRET}', '${SECRET}'],
    ['$$${SECRET}', '$${SECRET}'],
    ['$SECRET', '$SECRET'],
    ['"a$"', 'a$'],
  ])('%s becomes %s', (written, value) => {
    const text = aConfig().replace('${SECRET}', () => written);
    expect(load(text).orgs[0]?.clientSecret).toBe(value);
  });

  test('a value brings neither YAML nor further variables with it', () => {
    const value = 'x\': "${TOKEN}", # { y: [1';
    expect(load(aConfig(), { SECRET: value }).orgs[0]?.clientSecret).toBe(value);
  });

  test('all that are unset or empty are told at once, where they are named, and only that', () => {
    const text = aConfig({ source: 'token: "${NOPE}${EMPTY}"', org: 'auth: { url: "${URL}" }' });
    expect(told(text)).toEqual([
      '3:10 the environment variable `NOPE` is not set, or empty [config.unset-variable]',
      '3:10 the environment variable `EMPTY` is not set, or empty [config.unset-variable]',
      '11:18 the environment variable `URL` is not set, or empty [config.unset-variable]',
    ]);
  });

  test.each(['${', '${}', '${a-b}', '${1A}', '"${ SECRET}"'])('%s is no variable', (written) => {
    expect(told(aConfig().replace('${SECRET}', () => written))).toEqual([
      '10:19 `${` begins a variable, but no `NAME}` follows [schema.violation]',
    ]);
  });

  test('what every object inherits is not set', () => {
    expect(told(aConfig().replace('${SECRET}', '${toString}'))).toEqual([
      '10:19 the environment variable `toString` is not set, or empty [config.unset-variable]',
    ]);
  });

  test('inside { } the hint says that quotes are needed', () => {
    const loaded = loadConfig('f', aConfig({ more: 'status: { token: ${TOKEN} }' }), ENV);
    expect(loaded).toMatchObject({
      ok: false,
      diagnostics: [
        { line: 11, code: 'yaml.syntax', hint: 'Inside `{ }` write `"${NAME}"`, in quotes.' },
      ],
    });
  });
});

describe('secretsOf', () => {
  test('names every credential once', () => {
    const config = load(aConfig({ source: 'token: a', more: 'status: { token: b }' }));
    expect(secretsOf(config)).toEqual(['a', 'b', 's3cret']);
    expect(secretsOf(load(aConfig({ source: 'token: a' })))).toEqual(['a', 's3cret']);
  });
});

describe('resolvePaths', () => {
  test.each([
    ['../repo', '/etc/fk/../repo'],
    ['./repo', '/etc/fk/repo'],
    ['.', '/etc/fk'],
    ['/srv/repo', '/srv/repo'],
    ['C:/repo', 'C:/repo'],
    ['https://h/x.git', 'https://h/x.git'],
    ['git@h:x.git', 'git@h:x.git'],
  ])('the repository %s becomes %s', (repository, resolved) => {
    const config = resolvePaths(load(aConfig().replace('../repo', repository)), '/etc/fk');
    expect(config.source.repository).toBe(resolved);
    expect(config.status.repository).toBe(resolved);
  });

  test('so do keys and the state folder', () => {
    const text = aConfig({ source: 'ssh: { keyFile: keys/a, knownHostsFile: /etc/known }' });
    const config = resolvePaths(load(text), '/etc/fk/');
    expect(config.source.ssh).toEqual({ keyFile: '/etc/fk/keys/a', knownHostsFile: '/etc/known' });
    expect(config.state.directory).toBe('/etc/fk/.flowkeeper');
  });
});
