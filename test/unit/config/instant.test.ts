import { expect, test } from '@jest/globals';
import { parseInstant } from '../../../src/config/instant.ts';

test.each([
  ['2026-12-01T00:00:00Z', 'end', '2026-12-01T00:00:00.000Z'],
  ['2026-12-01T00:00Z', 'end', '2026-12-01T00:00:00.000Z'],
  ['2026-12-01T01:30:00.5+01:30', 'start', '2026-12-01T00:00:00.500Z'],
  ['2026-12-31', 'start', '2026-12-31T00:00:00.000Z'],
  ['2026-12-31', 'end', '2027-01-01T00:00:00.000Z'],
  ['2028-02-29', 'end', '2028-03-01T00:00:00.000Z'],
] as const)('%s as an %s is %s', (text, side, instant) => {
  expect(new Date(parseInstant(text, side) ?? Number.NaN).toISOString()).toBe(instant);
});

test.each([
  '2026-12-01T00:00:00',
  '2026-12-01 00:00:00Z',
  '2026-02-29',
  '2026-02-30T00:00:00Z',
  '2026-13-01',
  '2026-12-01T24:00:00Z',
  '2026-12-01T00:60:00Z',
  '2026-12-01T00:00:60Z',
  '20261201',
  'tomorrow',
  '',
])('%j is no instant', (text) => {
  expect(parseInstant(text, 'end')).toBeUndefined();
});
