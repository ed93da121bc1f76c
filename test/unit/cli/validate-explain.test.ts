import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { expectDocument } from '../../support/document-schemas.ts';
import { expectGolden } from '../../support/golden.ts';
import { runProgramHere } from '../../support/run-cli.ts';

// the first use of a command loads most of the program
jest.setTimeout(60_000);

const ID = '3f6d1c52-8a0e-4b7b-9d4e-2c1a5e7f9b01';
const FILES: Readonly<Record<string, string>> = {
  'desired-state/_shared/all.yaml': `settings:
  routing:
    type: longestAvailable
    maxWaitTime: 600
  scopeDirectives: { applyTo: [queue, user] }
`,
  'desired-state/_shared/voice.yaml': `extends: all.yaml
settings:
  routing:
    maxWaitTime: 300
    scope: { type: org }
`,
  'desired-state/acme/policy.yaml': 'mode: report\ninterval: 2m\n',
  'desired-state/acme/flows/support.yaml': `flowId: ${ID}
name: Customer Support
extends: ../../_shared/voice.yaml
mode: enforce
settings:
  routing:
    maxWaitTime: 420 # seconds
    scope: null
  scopeDirectives:
    applyTo: [team]
`,
  'desired-state/acme/flows/bad.yaml': 'name: Bad\nsetings: {}\n',
  'desired-state/beta/flows/sales.yaml': 'name: "2nd line: sales"\nmode: report\n',
  'flowkeeper.yaml': `source: { repository: ., token: "\${GIT_TOKEN}" }
orgs:
  acme:
    backend: architect-settings
    environment: https://api.mypurecloud.com
    orgId: 0b1e5f0c-3c1c-4a52-9a0e-0f6b3e1f2a11
    clientId: \${CLIENT_ID}
    clientSecret: not-so-secret$\${x}
    paths: { token: /oauth/token }
server: { webhooks: { github: { secrets: ["\${HOOK}", hush-hush-hush-hush] } } }
`,
};
const ENV = {
  GIT_TOKEN: 'sesame-open',
  CLIENT_ID: 'client-of-acme',
  HOOK: 'hooked-secret-of-github',
};
const SECRETS = /sesame-open|client-of-acme|hooked-secret|hush-hush|not-so-secret/;

describe('validate --explain', () => {
  let folder: string;
  const home = process.cwd();

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'flowkeeper-explain-'));
    for (const [path, text] of Object.entries(FILES)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    process.chdir(folder);
  });

  afterAll(() => {
    process.chdir(home);
    rmSync(folder, { recursive: true, force: true });
  });

  test('tells every value in effect and the line that says it; faults go to stderr: 3', async () => {
    const { exitCode, stdout, stderr } = await runProgramHere(['validate', '--explain']);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('desired-state/acme/flows/bad.yaml:2:1: `setings` is not known');
    await expectGolden('explain-values.txt', stdout);
  });

  test('the text is YAML that says what is in effect', async () => {
    const { parseAllDocuments } = await import('yaml');
    const { stdout } = await runProgramHere(['validate', '--explain', 'Customer Support']);
    expect(parseAllDocuments(stdout).map((document) => document.toJS() as unknown)).toEqual([
      {
        // the policy only reports, whatever the flow says
        mode: 'report',
        flowId: ID,
        name: 'Customer Support',
        settings: {
          routing: { type: 'longestAvailable', maxWaitTime: 420, scope: null },
          scopeDirectives: { applyTo: ['team'] },
        },
      },
    ]);
  });

  test.each(['json', 'yaml'])('as %s it is what the schema describes', async (output) => {
    const { parse } = await import('yaml');
    const line = ['validate', '--explain', ID.toUpperCase(), '--output', output];
    const document = parse((await runProgramHere(line)).stdout) as object;
    expectDocument('effective-state', document);
    expect(document).toMatchObject({
      orgs: [
        {
          org: 'acme',
          flows: [
            {
              flowId: ID,
              values: expect.arrayContaining([
                {
                  path: '/settings/routing/maxWaitTime',
                  value: 420,
                  from: { file: 'desired-state/acme/flows/support.yaml', line: 7 },
                  over: [
                    { file: 'desired-state/_shared/voice.yaml', line: 4, value: 300 },
                    { file: 'desired-state/_shared/all.yaml', line: 4, value: 600 },
                  ],
                },
              ]) as unknown,
            },
          ],
        },
      ],
    });
  });

  test('of the config it names variables and shows no secret, wherever it comes from', async () => {
    const line = ['validate', '--explain', '--config', 'flowkeeper.yaml'];
    const { stdout, stderr } = await runProgramHere(line, ENV);
    const config = stdout.slice(0, stdout.indexOf('# policy'));
    for (const wanted of [
      /token: \$\{GIT_TOKEN\} +# the environment, at flowkeeper\.yaml:1/,
      /clientId: \$\{CLIENT_ID\} +# the environment, at flowkeeper\.yaml:7/,
      /clientSecret: "?\(hidden\)"? +# flowkeeper\.yaml:8/,
      /token: \/oauth\/token +# flowkeeper\.yaml:9/,
      /poll: 60s +# default/,
    ])
      expect(config).toMatch(wanted);
    expect(`${stdout}${stderr}`).not.toMatch(SECRETS);
    const json = await runProgramHere([...line, '--output', 'json'], ENV);
    expect(json.stdout).not.toMatch(SECRETS);
    expectDocument('effective-state', JSON.parse(json.stdout) as object);
  });

  test('--config alone checks the config too', async () => {
    const unset = await runProgramHere(['validate', '--config', 'flowkeeper.yaml']);
    expect([unset.exitCode, unset.stdout]).toEqual([3, '']);
    expect(unset.stderr).toContain('`GIT_TOKEN` is not set');
  });

  test.each([
    { name: 'a flow that nobody describes', line: ['--explain', 'Nobody'] },
    { name: 'a format of faults', line: ['--explain', '--output', 'sarif'] },
  ])('$name is refused', async ({ line }) => {
    const { exitCode, stdout, stderr } = await runProgramHere(['validate', ...line]);
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toContain('[cli.usage]');
  });
});
