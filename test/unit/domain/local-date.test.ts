import { expect, test } from '@jest/globals';
import { localDate } from '../../../src/domain/local-date.ts';

test.each([
  ['2026-11-24T06:00:00Z', 'Europe/Berlin', '2026-11-24'],
  ['2026-11-23T22:00:00Z', 'Asia/Tokyo', '2026-11-24'],
  ['2026-11-24T03:00:00Z', 'America/New_York', '2026-11-23'],
  ['2026-01-01T00:00:00Z', 'UTC', '2026-01-01'],
])('%s is in %s on %s', (at, timezone, date) => {
  expect(localDate(Date.parse(at), timezone)).toBe(date);
});
