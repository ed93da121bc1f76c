import { describe, expect, test } from '@jest/globals';
import { sourceFileOf } from '../../../../src/adapters/git/source-path.ts';

const ID = 'a'.repeat(40);
const file = (over: { path?: string; mode?: string; sizeBytes?: number }) =>
  sourceFileOf(
    { mode: '100644', id: ID, sizeBytes: 10, path: 'acme/a.yaml', ...over },
    'desired-state',
  );

describe('sourceFileOf', () => {
  test.each(['100644', '100755', '100664'])('a regular file of mode %s is taken', (mode) => {
    expect(file({ mode })).toEqual({
      path: 'desired-state/acme/a.yaml',
      blobId: ID,
      sizeBytes: 10,
    });
  });

  test('at the root of the repository paths are as they are', () => {
    const entry = { mode: '100644', id: ID, sizeBytes: 0, path: 'a.yaml' };
    expect(sourceFileOf(entry, '').path).toBe('a.yaml');
  });

  test.each([
    ['a symbolic link', { mode: '120000' }, 'source.symlink'],
    ['a submodule', { mode: '160000' }, 'source.submodule'],
    ['a file of 256 KiB and a byte', { sizeBytes: 262_145 }, 'source.too-large'],
    ['a bad path, whatever else it is', { mode: '120000', path: '../a' }, 'source.bad-path'],
  ])('%s is refused', (_name, over, refused) => {
    expect(file(over).refused).toBe(refused);
  });

  test('a file of 256 KiB is taken', () => {
    expect(file({ sizeBytes: 262_144 }).refused).toBeUndefined();
  });

  test.each([
    '..',
    'a/../b.yaml',
    './a',
    'a//b',
    '/a',
    'a/',
    '.git/config',
    'a/.GIT',
    'a/.Git/b',
    'a\\b',
    'a\u0000b',
    'a\nb',
    'a\u001b[31m',
    'a\u007f',
    'a\u0085b',
    'a\u2028b',
    'a\u202eb',
    'a\u2066b',
    'a\ufffdb',
  ])('the path %j is refused, and shown without what could deceive', (path) => {
    const shown = file({ path });
    expect(shown.refused).toBe('source.bad-path');
    expect(shown.path).not.toMatch(/[\p{Cc}\u2028\u202e\u2066\ufffd]/u);
  });

  test.each(['.github/a', 'a.git', '.gitignore', '...', 'a..b', 'größe/ß.yaml', 'with space.yaml'])(
    'the path %s is taken',
    (path) => {
      expect(file({ path })).toEqual({ path: `desired-state/${path}`, blobId: ID, sizeBytes: 10 });
    },
  );
});
