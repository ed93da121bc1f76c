import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { classifyDesiredPath } from '../../../src/config/desired-path.ts';
import { loadOrg } from '../../../src/config/load-desired.ts';
import { parseDesiredFile } from '../../../src/config/parse-desired-file.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const PATHS = readdirSync(join(ROOT, 'desired-state'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'))
  .filter((path) => path.endsWith('.yaml'));

describe('the sample org', () => {
  test('has no faults', () => {
    const loaded = loadOrg({
      org: 'acme-demo',
      directory: 'desired-state',
      files: PATHS.map((path) => ({ path })),
      parsed: (path) => {
        const { kind } = classifyDesiredPath('desired-state', path);
        return kind === 'other'
          ? undefined
          : parseDesiredFile(kind, readFileSync(join(ROOT, path)));
      },
    });
    expect(loaded).toMatchObject({ orgExists: true, policyFaults: [], invalid: [] });
    expect(loaded.flows).toHaveLength(6);
    expect(
      loaded.flows.every(({ flowId, name }) => flowId !== undefined && name !== undefined),
    ).toBe(true);
  });

  test.each(PATHS)('%s names its schema, for editors', (path) => {
    const { kind } = classifyDesiredPath('desired-state', path);
    const line = readFileSync(join(ROOT, path), 'utf8').split('\n')[0] ?? '';
    const schema = /^# yaml-language-server: \$schema=(.+)$/.exec(line)?.[1] ?? '';
    const file = join(ROOT, dirname(path), schema);
    expect(relative(ROOT, file).split(sep).join('/')).toBe(`schemas/${kind}.schema.json`);
    expect(existsSync(file)).toBe(true);
  });
});
