import { describe, expect, test } from '@jest/globals';
import { filesThatExtend } from '../../../src/app/files-that-extend.ts';
import { parseDesiredFile } from '../../../src/config/parse-desired-file.ts';

const ID = 'a1b2c3d4-e5f6-4890-abcd-00000000000';
const flow = (n: number, extended?: string) =>
  parseDesiredFile(
    'flow',
    Buffer.from(
      `flowId: ${ID}${String(n)}\n${extended === undefined ? '' : `extends: ${extended}\n`}settings: {}\n`,
    ),
  );

describe('filesThatExtend', () => {
  const parsed = new Map([
    ['d/_shared/base.yaml', parseDesiredFile('base', Buffer.from('settings: {}\n'))],
    ['d/dev/flows/a.yaml', flow(1, '../../_shared/base.yaml')],
    ['d/prod/flows/a.yaml', flow(2, '../../dev/flows/a.yaml')],
    ['d/prod/flows/b.yaml', flow(3)],
    ['d/prod/flows/c.yaml', flow(4, '../../../up.yaml')],
  ]);
  const found = (file: string) => filesThatExtend({ directory: 'd', parsed }, file);

  test.each([
    {
      file: 'd/_shared/base.yaml',
      expected: ['d/dev/flows/a.yaml', 'd/prod/flows/a.yaml'],
    },
    { file: 'd/dev/flows/a.yaml', expected: ['d/prod/flows/a.yaml'] },
    { file: 'd/prod/flows/b.yaml', expected: [] },
  ])('$file: $expected', ({ file, expected }) => {
    expect(found(file)).toEqual(expected);
  });
});
