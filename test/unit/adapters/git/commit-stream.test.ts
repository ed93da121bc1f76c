import { describe, expect, test } from '@jest/globals';
import {
  messageOf,
  parseCommitAnswer,
  renderCommitStream,
} from '../../../../src/adapters/git/commit-stream.ts';
import type { CommitPlan } from '../../../../src/adapters/git/commit-stream.ts';

const PARENT = 'a'.repeat(40);

function aPlan(
  files: Readonly<Record<string, string | null>>,
  over: Partial<CommitPlan> = {},
): CommitPlan {
  const commit = { subject: 'S', trailers: [], files: new Map(Object.entries(files)) };
  const author = { name: 'K', email: 'k@example.com' };
  return { commit, author, parent: PARENT, at: 1999, format: 'sha1', ...over };
}

const rendered = (plan: CommitPlan): string => renderCommitStream(plan).toString('utf8');

describe('renderCommitStream', () => {
  test('deletes before it writes, counts bytes, asks for the ids, and leaves no ref', () => {
    expect(rendered(aPlan({ 'a/b': 'ü\n', a: null, 'q"q': '' }))).toBe(
      [
        'commit refs/flowkeeper/new',
        'mark :1',
        'author K <k@example.com> 1 +0000',
        'committer K <k@example.com> 1 +0000',
        'data 2\nS\n',
        `from ${PARENT}`,
        'D "a"',
        'M 100644 inline "a/b"',
        'data 3\nü\n',
        String.raw`M 100644 inline "q\"q"`,
        'data 0\n',
        '',
        'get-mark :1',
        'ls :1 ""',
        `ls ${PARENT} ""`,
        'reset refs/flowkeeper/new',
        `from ${'0'.repeat(40)}`,
        '',
        'done\n',
      ].join('\n'),
    );
  });

  test('a first commit has no parent, and a sha256 repository longer ids', () => {
    const text = rendered(aPlan({ a: '1' }, { parent: undefined, format: 'sha256' }));

    expect(text).not.toMatch(/^ls [^:]/m);
    expect(text.match(/^from .*$/gm)).toEqual([`from ${'0'.repeat(64)}`]);
  });

  test.each(['../a', '/a', 'a/../b', '.git/config', 'a\nM x', 'a\\b', 'a//b', ''])(
    'refuses the path %j',
    (path) => {
      expect(() => renderCommitStream(aPlan({ [path]: 'x' }))).toThrow(
        expect.objectContaining({ code: 'bug.unexpected' }),
      );
    },
  );

  test('an author with odd characters stays one person', () => {
    const author = { name: 'Flow <keeper>\n"K"', email: 'a b@<example>.com' };
    expect(rendered(aPlan({}, { author }))).toContain(
      '\nauthor Flow keeper "K" <ab@example.com> 1 ',
    );
  });
});

describe('messageOf', () => {
  test.each([
    ['a subject alone', { subject: ' S\n[skip ci] ', trailers: [] }, 'S [skip ci]\n'],
    ['an empty body', { subject: 'S', body: ' \n', trailers: [] }, 'S\n'],
    [
      'body and trailers',
      {
        subject: 'S',
        body: 'a\u0007\nb',
        trailers: [
          { key: 'K', value: 'v\r\nw' },
          { key: 'L', value: 'x' },
        ],
      },
      'S\n\na\nb\n\nK: v w\nL: x\n',
    ],
  ])('has %s', (_name, parts, message) => {
    expect(messageOf({ ...parts, files: new Map() })).toBe(message);
  });
});

describe('parseCommitAnswer', () => {
  const REVISION = 'b'.repeat(40);
  const answer = (...lines: string[]): Buffer => Buffer.from(`${lines.join('\n')}\n`);
  const tree = (digit: string): string => `040000 tree ${digit.repeat(40)}\t`;

  test.each([
    [
      'another tree than the parent',
      aPlan({ a: '1' }),
      answer(REVISION, tree('1'), tree('2')),
      true,
    ],
    ['the tree of the parent', aPlan({ a: '1' }), answer(REVISION, tree('1'), tree('1')), false],
    ['a first file', aPlan({ a: '1' }, { parent: undefined }), answer(REVISION, tree('1')), true],
    [
      'no file at all',
      aPlan({ a: null }, { parent: undefined }),
      answer(REVISION, tree('1')),
      false,
    ],
  ])('%s', (_name, plan, output, changesFiles) => {
    expect(parseCommitAnswer(output, plan)).toEqual({ revision: REVISION, changesFiles });
  });

  test.each(['', 'nonsense\n', `${'b'.repeat(39)}\n`])('the answer %j is git.failed', (output) => {
    expect(() => parseCommitAnswer(Buffer.from(output), aPlan({ a: '1' }))).toThrow(
      expect.objectContaining({ code: 'git.failed' }),
    );
  });
});
