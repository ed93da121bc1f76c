import { describe, expect, test } from '@jest/globals';
import { parseGitAddress } from '../../../../src/adapters/git/git-address.ts';
import { gitEnvironment, secretsOf } from '../../../../src/adapters/git/git-environment.ts';
import type { Environment, GitIdentity } from '../../../../src/adapters/git/git-environment.ts';

const TIMEOUTS = { checkMs: 9500, transferMs: 60_000, localMs: 1000 };
const HTTPS = 'https://git.example.com:8443/acme/cc.git';

function environmentFor(
  repository: string,
  identity: GitIdentity = {},
  own: Environment = {},
): Record<string, string> {
  return gitEnvironment(parseGitAddress(repository), identity, TIMEOUTS, own);
}

/** The settings in the GIT_CONFIG_* variables. */
function settingsFor(repository: string, identity: GitIdentity = {}): Map<string, string> {
  const env = environmentFor(repository, identity);
  const count = Number(env['GIT_CONFIG_COUNT']);
  return new Map(
    Array.from({ length: count }, (_, index) => [
      env[`GIT_CONFIG_KEY_${String(index)}`]!,
      env[`GIT_CONFIG_VALUE_${String(index)}`]!,
    ]),
  );
}

const basic = (credential: string): string =>
  `Authorization: Basic ${Buffer.from(credential).toString('base64')}`;

describe('gitEnvironment', () => {
  test('switches off the machine’s configuration, prompts, hooks and work in the background', () => {
    expect(environmentFor(HTTPS)).toMatchObject({
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      GIT_ALLOW_PROTOCOL: 'https:ssh',
      LC_ALL: 'C',
    });
    expect(Object.fromEntries(settingsFor(HTTPS))).toMatchObject({
      'core.hooksPath': '/dev/null',
      'gc.auto': '0',
      'maintenance.auto': 'false',
      'protocol.version': '2',
      'transfer.bundleURI': 'false',
      'http.lowSpeedLimit': '1',
      'http.lowSpeedTime': '11',
    });
  });

  test('passes on where things are and how to get out, and nothing else', () => {
    const own = {
      PATH: '/bin',
      HOME: '/home/x',
      SSH_AUTH_SOCK: '/tmp/agent',
      https_proxy: 'http://proxy:3128',
      GIT_DIR: '/elsewhere',
      GIT_TRACE: '1',
      GIT_SSH_COMMAND: 'evil',
      EDITOR: 'evil',
      AWS_SECRET_ACCESS_KEY: 'secret',
    };

    const env = environmentFor(HTTPS, {}, own);

    expect(env).toMatchObject({
      PATH: '/bin',
      HOME: '/home/x',
      SSH_AUTH_SOCK: '/tmp/agent',
      https_proxy: 'http://proxy:3128',
    });
    expect(Object.values(env).join(' ')).not.toMatch(/evil|secret|elsewhere/);
    expect(Object.keys(env)).not.toContain('GIT_TRACE');
  });

  test.each([
    { name: 'the token', address: HTTPS, token: 'tok', credential: 'x-access-token:tok' },
    {
      name: 'the token, without the line end of its file, for the user of the address',
      address: HTTPS.replace('//', '//deploy@'),
      token: 'tok\n',
      credential: 'deploy:tok',
    },
    {
      name: 'the password of the address',
      address: HTTPS.replace('//', '//deploy:p%40w@'),
      token: undefined,
      credential: 'deploy:p@w',
    },
    {
      name: 'the token rather than the password of the address',
      address: HTTPS.replace('//', '//deploy:pw@'),
      token: 'tok',
      credential: 'deploy:tok',
    },
  ])('sends $name to that origin alone', ({ address, token, credential }) => {
    const settings = settingsFor(address, token === undefined ? {} : { token });

    expect(settings.get('http.https://git.example.com:8443/.extraHeader')).toBe(basic(credential));
    expect(settings.get('http.followRedirects')).toBe('false');
  });

  test.each(['ssh://git@git.example.com/cc.git', '/srv/git/cc.git'])(
    'has no credential for %s, whatever the token',
    (address) => {
      const env = environmentFor(address, { token: 'tok' });
      expect(Object.values(env).join(' ')).not.toMatch(/tok|Authorization/);
    },
  );

  test('follows redirects where there is nothing to lose', () => {
    expect(settingsFor(HTTPS).get('http.followRedirects')).toBe('initial');
    expect(settingsFor(HTTPS, { token: ' ' }).get('http.followRedirects')).toBe('initial');
  });
});

test('secrets are token, password and what is made of them', () => {
  const address = parseGitAddress(HTTPS.replace('//', '//deploy:pw@'));

  expect(secretsOf(address, { token: 'tok\n' })).toEqual(['tok', 'pw', 'deploy:tok']);
  expect(secretsOf(parseGitAddress(HTTPS), {})).toEqual([]);
});
