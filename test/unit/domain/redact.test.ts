import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { makeRedactor } from '../../../src/domain/redact.ts';

/** With everything that some encoding changes. */
const CANARY = 'c4n&ry/+"s\\e<r>e t=ü';
const PLAIN = 'PlainCanary0123456789';

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

const once = (text: string): string => JSON.stringify(text).slice(1, -1);

describe('a secret that was given is taken out', () => {
  const redact = makeRedactor([CANARY, PLAIN]);

  test.each([
    ['as it is', CANARY],
    ['in a URL', encodeURIComponent(CANARY)],
    [
      'in a URL with small digits',
      encodeURIComponent(CANARY).replaceAll(/%../g, (x) => x.toLowerCase()),
    ],
    ['in a form', new URLSearchParams({ x: CANARY }).toString().slice(2)],
    ['in JSON', once(CANARY)],
    ['in JSON in JSON', once(once(CANARY))],
    ['in JSON in JSON in JSON', once(once(once(CANARY)))],
    ['in a URL in JSON', once(encodeURIComponent(CANARY))],
    ['in JSON that escapes slashes', CANARY.replaceAll('/', '\\/')],
    ['in HTML', 'c4n&amp;ry/+&quot;s\\e&lt;r&gt;e t=ü'],
    ['in Base64', base64(CANARY)],
    ['in Base64 of user and secret', base64(`client-id:${CANARY}`)],
    ['in Base64 of git', base64(`x-access-token:${CANARY}`)],
    ['in Base64 of JSON', base64(`{"p":"${PLAIN}"}`)],
    [
      'in Base64 for URLs',
      base64(`ab:${CANARY}`).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''),
    ],
    ['in Base64 in a URL', encodeURIComponent(base64(`abc:${CANARY}`))],
  ])('%s', (_, form) => {
    const text = redact(`before <${form}> after`);
    expect(text).toContain('[redacted]');
    for (const part of [form, form.slice(4, -4)]) expect(text).not.toContain(part);
    expect(text.startsWith('before <')).toBe(true);
    expect(text.endsWith('> after')).toBe(true);
  });

  test('wherever it begins in Base64 and whatever surrounds it', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const text = redact(base64(before + PLAIN + after));
        // the eight characters in its middle are of the secret alone
        expect(text).not.toContain(base64(before + PLAIN).slice(base64(before).length + 4, -8));
      }),
    );
  });

  test('several times, and one that is part of another', () => {
    const both = makeRedactor(['secret-one', 'secret-one-and-two']);
    expect(both('secret-one-and-two, secret-one, secret-one')).toBe(
      '[redacted], [redacted], [redacted]',
    );
  });

  test('with the white space around it, and without', () => {
    expect(makeRedactor([' from-a-file\n'])('x=from-a-file;')).toBe('x=[redacted];');
  });

  test.each([
    ['3 characters are left', 'abc', 'abc abcabc'],
    ['an empty one is left', '', 'abc'],
    ['white space is left', '    ', 'a      b'],
  ])('%s', (_, secret, text) => {
    expect(makeRedactor([secret])(text)).toBe(text);
  });

  test('4 characters are taken out', () => {
    expect(makeRedactor(['abcd'])('abcde abc')).toBe('[redacted]e abc');
  });

  test('characters that mean something in patterns and replacements mean nothing', () => {
    expect(makeRedactor(['$&.*(x', "$'$`$1"])('a $&.*(x b')).toBe('a [redacted] b');
    expect(makeRedactor(['plain'])('plain').includes('$')).toBe(false);
  });
});

describe('what stands where credentials stand is taken out, known or not', () => {
  const redact = makeRedactor([]);

  test.each([
    ['Authorization: Bearer abc.def-1', 'Authorization: [redacted]'],
    ['authorization: token abc def\nnext', 'authorization: [redacted]\nnext'],
    ['PRIVATE-TOKEN: glpat-abc', 'PRIVATE-TOKEN: [redacted]'],
    ['Cookie: a=b; c=d', 'Cookie: [redacted]'],
    ["{ Authorization: 'Bearer abc', a: 1 }", "{ Authorization: '[redacted]', a: 1 }"],
    [
      '{"headers":{"Authorization":"Basic YTpi","a":"b"}}',
      '{"headers":{"Authorization":"[redacted]","a":"b"}}',
    ],
    ['sent Bearer eyJhbGciOiJIUzI1NiJ9.e30.x_-y= to', 'sent Bearer [redacted] to'],
    ['Basic YTpi', 'Basic [redacted]'],
    ['bearer a1b2', 'bearer [redacted]'],
    [
      '{"access_token":"abc","expires_in":86400}',
      '{"access_token":"[redacted]","expires_in":86400}',
    ],
    ['{"client_secret" : "abc"}', '{"client_secret" : "[redacted]"}'],
    ['{"password":"a\\"b\\\\","next":"c"}', '{"password":"[redacted]","next":"c"}'],
    ['{"password":""}', '{"password":""}'],
    ['{"password":12345,"a":1}', '{"password":"[redacted]","a":1}'],
    ['{"token":"abc"}', '{"token":"[redacted]"}'],
    ['{"gitToken":"a","accessToken":"abc"}', '{"gitToken":"a","accessToken":"[redacted]"}'],
    ['{"set-cookie":["a=b"]}', '{"set-cookie":["[redacted]"]}'],
    ['{"token":"cut o', '{"token":"[redacted]'],
    ['?client_id=a&client_secret=b%20c&d=e', '?client_id=a&client_secret=[redacted]&d=e'],
    ['grant_type=x&password=y', 'grant_type=x&password=[redacted]'],
    ['FLOWKEEPER_GIT_TOKEN=abc flowkeeper run', 'FLOWKEEPER_GIT_TOKEN=[redacted] flowkeeper run'],
    ['password: hunter2, next', 'password: [redacted], next'],
    ['https://user:pa@ss@host/path', 'https://[redacted]@host/path'],
    ['https://ghp_token@github.com/a/b', 'https://[redacted]@github.com/a/b'],
    [
      '-----BEGIN RSA PRIVATE KEY-----\nMII\nabc=\n-----END RSA PRIVATE KEY-----\nrest',
      '[redacted]\nrest',
    ],
    ['{"key":"-----BEGIN PRIVATE KEY-----\\nMII\\n","a":1}', '{"key":"[redacted]","a":1}'],
  ])('%s', (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  test.each([0, 1, 2, 3])('in JSON that is a text in %i other JSON texts', (depth) => {
    let text = JSON.stringify({ a: 1, password: 'x"y\\z\\', token: 'q', b: 'left' });
    for (let i = 0; i < depth; i += 1) text = JSON.stringify({ in: text, after: 'kept' });
    let read: unknown = JSON.parse(redact(text));
    for (let i = 0; i < depth; i += 1) {
      const { in: inner, after } = read as { in: string; after: string };
      expect(after).toBe('kept');
      read = JSON.parse(inner);
    }
    expect(read).toEqual({ a: 1, password: '[redacted]', token: '[redacted]', b: 'left' });
  });

  test.each([
    'The basic settings of the flow, and the bearer token was refused',
    '{"fencingToken":3,"continuationToken":"eyJ4IjoxfQ"}',
    'git@github.com:acme/repo.git ssh://git@host/repo https://host/path?page=2',
    'Unexpected token: x at line 3',
    '{"parameter_01":{"key":"queue_affinity","value":true}}',
    'a@b.example wrote https://x/y',
  ])('%s is left as it is', (text) => {
    expect(redact(text)).toBe(text);
  });
});

describe('the redactor', () => {
  test('leaves JSON that is JSON', () => {
    const redact = makeRedactor([CANARY, PLAIN]);
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(CANARY, PLAIN, '"', '\\', 'password=', 'Bearer ', ': ', '://', '@', 'x'),
        ),
        fc.constantFrom('password', 'a', CANARY),
        (pieces, key) => {
          const line = redact(JSON.stringify({ [key]: pieces.join(''), more: { pieces } }));
          expect(() => JSON.parse(line) as unknown).not.toThrow();
          expect(line).not.toContain(PLAIN);
          expect(line).not.toContain(once(CANARY));
        },
      ),
    );
  });

  test('takes time in proportion to the text, also for texts made to slow it down', () => {
    const redact = makeRedactor([CANARY, PLAIN]);
    for (const piece of [
      '-----BEGIN PRIVATE KEY-----\n',
      '"password\\\\\\',
      '{"password":"',
      'Authorization: ',
      'token=',
      '://',
      'a@',
      'Bearer ',
      PLAIN.slice(0, -1),
      '\\',
    ]) {
      const startMs = performance.now();
      redact(piece.repeat(50_000));
      // some ten milliseconds; what is quadratic takes minutes
      expect(performance.now() - startMs).toBeLessThan(5_000);
    }
  });
});
