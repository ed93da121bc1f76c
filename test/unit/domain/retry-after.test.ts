import { describe, expect, test } from '@jest/globals';
import { parseRetryAfter } from '../../../src/domain/retry-after.ts';

const NOW = Date.parse('2026-03-01T12:00:00.250Z');

describe('parseRetryAfter', () => {
  test.each([
    { name: 'seconds', header: '42', ms: 42_000 },
    { name: 'seconds with spaces around', header: ' 42 ', ms: 42_000 },
    { name: 'a fraction of a second', header: '0.5', ms: 500 },
    { name: 'no time at all', header: '0', ms: 0 },
    { name: 'a day', header: '86400', ms: 86_400_000 },
    { name: 'more than a day', header: '86401', ms: undefined },
    { name: 'an absurd number', header: '999999999999999', ms: undefined },
    { name: 'a negative number', header: '-1', ms: undefined },
    { name: 'an HTTP date', header: 'Sun, 01 Mar 2026 12:00:30 GMT', ms: 29_750 },
    { name: 'a date as RFC 850 wrote it', header: 'Sunday, 01-Mar-26 12:00:30 GMT', ms: 29_750 },
    { name: 'a date as asctime wrote it', header: 'Sun Mar  1 12:00:30 2026', ms: 29_750 },
    { name: 'a date that is over', header: 'Sun, 01 Mar 2026 11:00:00 GMT', ms: 0 },
    { name: 'a date days away', header: 'Thu, 05 Mar 2026 12:00:00 GMT', ms: undefined },
    { name: 'a date that is none', header: 'Sun, 99 Foo 2026 12:00:00 GMT', ms: undefined },
    { name: 'words', header: 'in a while', ms: undefined },
    { name: 'a number with a unit', header: '30s', ms: undefined },
    { name: 'an exponent', header: '1e3', ms: undefined },
    { name: 'an empty header', header: '', ms: undefined },
    { name: 'no header', header: undefined, ms: undefined },
  ])('$name ($header): $ms ms', ({ header, ms }) => {
    expect(parseRetryAfter(header, NOW)).toBe(ms);
  });
});
