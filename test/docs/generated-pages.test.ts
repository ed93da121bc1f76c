import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { GENERATED_PAGES } from '../../scripts/lib/generated-pages.ts';

describe('pages that are made from code and schemas', () => {
  test.each(GENERATED_PAGES)('$file is up to date (npm run generate)', ({ file, render }) => {
    expect(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')).toBe(render());
  });
});
