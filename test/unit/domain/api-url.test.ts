import { expect, test } from '@jest/globals';
import { urlWithoutValues } from '../../../src/domain/api-url.ts';

test.each([
  { url: 'https://api.example/api/v2/flows', shown: 'https://api.example/api/v2/flows' },
  { url: 'https://a.example:8443/x?name=Secret&b=2', shown: 'https://a.example:8443/x?name&b' },
  { url: 'https://user:pass@a.example/x#frag', shown: 'https://a.example/x' },
  { url: 'https://a.example/x?', shown: 'https://a.example/x' },
  { url: 'not a url', shown: '' },
])('$url is shown as "$shown"', ({ url, shown }) => {
  expect(urlWithoutValues(url)).toBe(shown);
});
