import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { renderSarif } from '../../../../src/cli/fault-reports/sarif.ts';
import type { Diagnostic } from '../../../../src/domain/diagnostic.ts';

/** As @microsoft/jest-sarif 1.0.0-beta.0 (MIT) carries it, unchanged. */
const FILE = new URL('../../../golden/sarif-2.1.0-rtm.5.json', import.meta.url);

const fault = (overrides: Partial<Diagnostic> = {}): Diagnostic => ({
  file: 'desired-state/acme/flows/a ü %20.yaml',
  line: 4,
  column: 18,
  code: 'schema.violation',
  message: '`maxWaitTime` must be a whole number',
  ...overrides,
});

describe('SARIF', () => {
  // draft-04 calls it `id`
  const { $schema, id, ...schema } = JSON.parse(readFileSync(FILE, 'utf8')) as Record<
    string,
    unknown
  >;
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    validateFormats: false,
    unicodeRegExp: false,
  });
  const validate = ajv.compile(schema);

  test('the schema is the published one, and refuses what is none', () => {
    expect([$schema, id]).toEqual([
      'http://json-schema.org/draft-04/schema#',
      expect.stringMatching(/sarif-2\.1\.0-rtm\.5\.json$/),
    ]);
    expect(validate({ version: '2.1.0' })).toBe(false);
    expect(validate({ version: '2.1.0', runs: [{ tool: {} }] })).toBe(false);
  });

  test.each([
    { name: 'no faults', faults: [] },
    { name: 'a fault', faults: [fault()] },
    {
      name: 'faults of several files and codes',
      faults: [fault(), fault({ file: 'b.yaml', code: 'yaml.syntax', hint: 'x' })],
    },
  ])('of $name is what the published schema says', ({ faults }) => {
    validate(JSON.parse(renderSarif(faults, '1.0.0')));
    expect(validate.errors ?? []).toEqual([]);
  });
});
