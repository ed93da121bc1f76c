import { describe, expect, test } from '@jest/globals';
import { makeRedactor } from '../../../../src/adapters/git/redact.ts';

const redact = makeRedactor(['s3cr3t/+', 'user:s3cr3t/+', '']);
const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('makeRedactor', () => {
  test.each([
    ['the secret itself', 'got s3cr3t/+ here', 'got [redacted] here'],
    ['every occurrence', 's3cr3t/+s3cr3t/+', '[redacted][redacted]'],
    ['the form in a URL', 'x=s3cr3t%2F%2B', 'x=[redacted]'],
    ['the form in a header', `Basic ${base64('user:s3cr3t/+')}`, 'Basic [redacted]'],
    ['user and password together', 'user:s3cr3t/+', '[redacted]'],
    [
      'the userinfo of any URL',
      'at https://a:b@host/x and ssh://git@h/y',
      'at https://[redacted]@host/x and ssh://git@h/y',
    ],
    ['terminal sequences', 'remote: \u001b[31mred\u001b[0m\u0007\u009b', 'remote: red'],
    ['carriage returns, but not line ends', 'a\r\nb', 'a\nb'],
    ['nothing else', 'plain words: a@b.example', 'plain words: a@b.example'],
  ])('hides %s', (_name, text, expected) => {
    expect(redact(text)).toBe(expected);
  });
});
