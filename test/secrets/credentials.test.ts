import { describe, expect, test } from '@jest/globals';
import { secretsOf } from '../../src/config/config.ts';
import { configWith, CREDENTIALS, NO_CREDENTIALS } from './credentials.ts';
import { ENCODINGS, tellTale } from './encodings.ts';
import { configLeaves } from './schema-leaves.ts';
import { SINKS } from './sinks.ts';

const LEAVES = configLeaves();
const isCredential = ({ description }: (typeof LEAVES)[number]): boolean =>
  description.includes('Never printed');
/** By its name, or because an example takes it from the environment. */
const soundsLikeOne = ({ path, examples }: (typeof LEAVES)[number]): boolean =>
  examples.includes('${') ||
  /token|secret|password|passphrase|credential|key/i.test(path.split('/').at(-1) ?? '');
const pathsOf = (leaves: typeof LEAVES): readonly string[] =>
  leaves.map(({ path }) => path).toSorted();

describe('the table of credentials', () => {
  test('has every credential of the config schema, and no other', () => {
    const rows = CREDENTIALS.map(({ path }) => path).toSorted();
    expect(rows).toEqual(pathsOf(LEAVES.filter(isCredential)));
  });

  test('says of everything else that sounds like one why it is none', () => {
    const others = LEAVES.filter((leaf) => soundsLikeOne(leaf) && !isCredential(leaf));
    expect(Object.keys(NO_CREDENTIALS).toSorted()).toEqual(pathsOf(others));
  });
});

describe.each(CREDENTIALS)('$path', (credential) => {
  const { canary } = credential;
  const config = configWith(credential);

  test('is known to the redactor', () => {
    expect(secretsOf(config)).toContain(canary);
  });

  test.each(Object.keys(SINKS))('does not come out of %s, however it is encoded', async (name) => {
    const forms = Object.entries(ENCODINGS).map(([encoding, encode]) => {
      const form = encode(canary);
      return { encoding, form, tells: tellTale(encoding, form) };
    });
    const told = await SINKS[name]!(
      `before ${forms.map(({ form }) => form).join(' | ')} after`,
      config,
    );
    expect(told).toMatch(/before.*after/s);
    const leaks = forms.filter(({ tells }) => told.includes(tells));
    expect(leaks.map(({ encoding }) => encoding)).toEqual([]);
  });
});
