import { expect, test } from '@jest/globals';
import { isIpNetwork } from '../../../src/config/ip-network.ts';

test.each([
  { text: '127.0.0.1', is: true },
  { text: '255.255.255.255', is: true },
  { text: '256.0.0.1', is: false },
  { text: '10.0.0', is: false },
  { text: '10.0.0.0/32', is: true },
  { text: '10.0.0.0/33', is: false },
  { text: '10.0.0.0/', is: false },
  { text: '10.0.0.0/8/8', is: false },
  { text: '10.0.0.0/-1', is: false },
  { text: '::1', is: true },
  { text: 'fd00::/8', is: true },
  { text: 'fd00::/128', is: true },
  { text: 'fd00::/129', is: false },
  { text: 'fd00:::', is: false },
  { text: '::ffff:10.0.0.1', is: true },
  { text: 'localhost', is: false },
  { text: '', is: false },
])('$text is an address or a network: $is', ({ text, is }) => {
  expect(isIpNetwork(text)).toBe(is);
});
