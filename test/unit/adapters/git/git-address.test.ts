import { describe, expect, test } from '@jest/globals';
import { parseGitAddress } from '../../../../src/adapters/git/git-address.ts';

describe('parseGitAddress', () => {
  test.each([
    {
      repository: 'https://git.example.com/acme/cc.git',
      kind: 'http',
      url: 'https://git.example.com/acme/cc.git',
      protocols: 'https:ssh',
    },
    {
      repository: 'http://localhost:3000/acme/cc',
      kind: 'http',
      url: 'http://localhost:3000/acme/cc',
      protocols: 'https:ssh:http',
    },
    {
      repository: 'ssh://git@git.example.com:2222/acme/cc.git',
      kind: 'ssh',
      url: 'ssh://git@git.example.com:2222/acme/cc.git',
      protocols: 'https:ssh',
    },
    {
      repository: 'git@git.example.com:acme/cc.git',
      kind: 'ssh',
      url: 'git@git.example.com:acme/cc.git',
      protocols: 'https:ssh',
    },
    {
      repository: '/srv/git/cc.git',
      kind: 'local',
      url: '/srv/git/cc.git',
      protocols: 'https:ssh:file',
    },
    {
      repository: '/srv/odd:name/cc',
      kind: 'local',
      url: '/srv/odd:name/cc',
      protocols: 'https:ssh:file',
    },
    {
      repository: 'file:///srv/git/with%20space.git/',
      kind: 'local',
      url: 'file:///srv/git/with%20space.git/',
      protocols: 'https:ssh:file',
    },
  ])('$repository is $kind', ({ repository, kind, url, protocols }) => {
    expect(parseGitAddress(repository)).toMatchObject({ kind, url, display: url, protocols });
  });

  test('user and password of an https address are taken out of what git and people are told', () => {
    const address = parseGitAddress('https://dep%40loy:p%2Fw@git.example.com/cc.git?x=1#y');

    expect(address).toMatchObject({
      url: 'https://git.example.com/cc.git?x=1',
      display: 'https://git.example.com/cc.git',
      origin: 'https://git.example.com',
      user: 'dep@loy',
      password: 'p/w',
    });
  });

  test('the password of an ssh address is dropped, and its user kept', () => {
    expect(parseGitAddress('ssh://git:secret@host/cc.git').url).toBe('ssh://git@host/cc.git');
  });

  test('a local repository may be reached as it is, and by its .git folder', () => {
    expect(parseGitAddress('/srv/cc/').localPaths).toEqual(['/srv/cc', '/srv/cc/.git']);
    expect(parseGitAddress('file:///srv/a%20b').localPaths).toEqual(['/srv/a b', '/srv/a b/.git']);
  });

  test.each([
    'git://git.example.com/cc.git',
    'ext::sh -c touch% /tmp/x',
    'ftp://git.example.com/cc.git',
    '--upload-pack=touch /tmp/x',
    'relative/path',
    './relative',
    'file://other-host/srv/cc.git',
    'https://',
    'https://us%er:pw@host/cc.git',
    'file:///srv/%zz',
    'https://host/\nline',
    '',
  ])('%j cannot be used', (repository) => {
    expect(() => parseGitAddress(repository)).toThrow(
      expect.objectContaining({ code: 'git.unreachable' }),
    );
  });

  test('an address that cannot be used is not repeated, since a password may be anywhere in it', () => {
    expect(() => parseGitAddress('gopher://user:hunter2@host')).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('hunter2') }),
    );
  });
});
