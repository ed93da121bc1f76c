import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { LanguageClient } from '../support/language-client.ts';

jest.setTimeout(60_000);

const SCHEMAS = fileURLToPath(new URL('../../schemas', import.meta.url));

/** What an editor with the YAML language server makes of files that begin as `export` lets them begin. */
describe('in an editor', () => {
  let folder: string;
  let client: LanguageClient;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'flowkeeper-editor-'));
    cpSync(SCHEMAS, join(folder, 'schemas'), { recursive: true });
    mkdirSync(join(folder, 'desired-state/acme/flows'), { recursive: true });
    client = await LanguageClient.start(folder);
  });

  afterAll(async () => {
    await client.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const flow = (name: string): string => join(folder, 'desired-state/acme/flows', name);
  const FLOW = `# yaml-language-server: $schema=../../../schemas/flow.schema.json
flowId: a1b2c3d4-e5f6-7890-abcd-ef1234567890
`;
  const policy = (): string => join(folder, 'desired-state/acme/policy.yaml');
  const POLICY = '# yaml-language-server: $schema=../../schemas/policy.schema.json\n';

  test('a good flow file is underlined nowhere; keys and values are offered, and a key says what it is in which unit', async () => {
    const text = `${FLOW}settings:\n  routing:\n    maxWaitTime: 600\n    \n  scopeDirectives:\n    applyTo: []\n`;
    expect(await client.open(flow('good.yaml'), text)).toEqual([]);
    expect(await client.completions(flow('good.yaml'), 5, 4)).toEqual(
      expect.arrayContaining(['type', 'scope']),
    );
    expect(await client.completions(flow('good.yaml'), 7, 14)).toEqual(['queue', 'user', 'team']);
    expect(await client.hover(flow('good.yaml'), 4, 6)).toMatch(/Longest wait in seconds\.[^]*600/);
  });

  test('wrong values and unknown keys are underlined at their lines', async () => {
    const text = `${FLOW}setings: {}\nsettings:\n  routing: { maxWaitTime: soon }\nmode: dry\n`;
    const found = await client.open(flow('bad.yaml'), text);
    const lines = found.map(({ range, message }) => `${String(range.start.line)} ${message}`);
    expect(lines.toSorted()).toEqual([
      expect.stringMatching(/^2 .*setings/),
      expect.stringMatching(/^4 .*integer/),
      expect.stringMatching(/^5 .*"enforce", "report"/),
    ]);
  });

  test('a key of the policy says what it is for, and with its examples in which unit', async () => {
    const found = await client.open(policy(), `${POLICY}interval: often\n`);
    expect(found).toHaveLength(1);
    expect(await client.hover(policy(), 1, 2)).toMatch(
      /Time between two full reads of the live org\.[^]*30s/,
    );
  });
});
