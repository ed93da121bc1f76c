import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import schema from '../../schemas/audit-verification.schema.json' with { type: 'json' };
import type { AuditVerificationDocument } from '../../src/app/verify-audits.ts';
import { ACME, IntegrationRig, STATUS_BRANCH } from '../support/integration-rig.ts';
import { runRigCli } from '../support/run-cli.ts';

const OTHER = `${ACME}-2`;

let rig: IntegrationRig;
/** Of the status branch, as the controller left it. */
let untouched: string;

/** Two runs of two orgs, each of which corrects what somebody did by hand. */
beforeAll(async () => {
  rig = await IntegrationRig.start({ orgs: [{ flows: 3 }, { flows: 2 }] });
  for (const maxWaitTime of [7, 8]) {
    for (const org of [ACME, OTHER])
      for (const { id } of rig.flows(org))
        rig.org(org).edit(id, { routing: { maxWaitTime } }, { by: 'Sam Supervisor' });
    await rig.reconcileAll();
  }
  untouched = (await rig.repository.head(STATUS_BRANCH)) ?? '';
});

afterEach(() => rig.repository.run('update-ref', `refs/heads/${STATUS_BRANCH}`, untouched));

afterAll(() => rig.close());

const verify = async (
  ...argv: readonly string[]
): Promise<{ readonly exitCode: number; readonly document: AuditVerificationDocument }> => {
  const end = await runRigCli(rig, 'audit', 'verify', '--output', 'json', ...argv);
  expect(end.stderr).toBe('');
  return { ...end, document: JSON.parse(end.stdout) as AuditVerificationDocument };
};

/** Changes the only month of an org by hand, as somebody who may push can. */
async function tamper(org: string, change: (lines: string[]) => unknown): Promise<string> {
  const files = await rig.statusFiles();
  const path = [...files.keys()].find((each) => each.startsWith(`audit/${org}/`)) ?? '';
  const lines = (files.get(path) ?? '').split('\n').slice(0, -1);
  change(lines);
  await rig.repository.commit(
    { [path]: lines.map((line) => `${line}\n`).join('') },
    { branch: STATUS_BRANCH },
  );
  return path;
}

describe('audit verify', () => {
  test('finds whole what the controller wrote, run after run and org beside org', async () => {
    const { exitCode, document } = await verify();
    expect(exitCode).toBe(0);
    expect(document).toMatchObject({
      isWhole: true,
      branch: STATUS_BRANCH,
      revision: await rig.repository.head(STATUS_BRANCH),
      orgs: [
        { org: ACME, isWhole: true, records: 6, heads: 2, end: { seq: 6 }, faults: [] },
        { org: OTHER, isWhole: true, records: 4, heads: 2, end: { seq: 4 }, faults: [] },
      ],
    });
    const { stdout } = await runRigCli(rig, 'audit', 'verify');
    expect(stdout).toContain(`${ACME}  whole  6 records in 1 month, the last is 6 of `);
    expect(stdout).toContain('every record is as it was written');
  });

  test('prints what its schema says, of whole chains and of broken ones', async () => {
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
    await tamper(ACME, (lines) => lines.splice(0, 3, 'nothing'));
    for (const argv of [[], ['--org', OTHER]]) {
      const { document } = await verify(...argv);
      expect([validate(document), validate.errors]).toEqual([true, null]);
    }
  });

  test.each<readonly [string, (lines: string[]) => unknown, string, number]>([
    [
      'altered',
      (lines) => (lines[1] = (lines[1] ?? '').replace('Sam Supervisor', 'Nobody')),
      'altered',
      2,
    ],
    ['removed', (lines) => lines.splice(2, 1), 'missing', 3],
    ['cut off', (lines) => lines.pop(), 'truncated', 5],
    ['put in', (lines) => lines.splice(3, 0, lines[0] ?? ''), 'out-of-order', 4],
  ])(
    'finds a record that was %s, names its line, and ends with 1',
    async (_name, change, kind, line) => {
      const file = await tamper(ACME, change);
      const { exitCode, document } = await verify();
      expect(exitCode).toBe(1);
      const [acme, other] = document.orgs;
      expect(acme?.faults).toEqual([{ file, line, kind, message: expect.any(String) as unknown }]);
      expect(other?.isWhole).toBe(true);

      const { stdout } = await runRigCli(rig, 'audit', 'verify');
      expect(stdout).toContain(`  ${file}:${String(line)}: `);
      expect((await verify('--org', OTHER)).exitCode).toBe(0);
    },
  );

  test('checks an org that is no longer in the config, and knows no other', async () => {
    await rig.repository.commit({ 'audit/gone/2026-01.jsonl': '{}\n' }, { branch: STATUS_BRANCH });
    const { exitCode, document } = await verify();
    expect(exitCode).toBe(1);
    expect(document.orgs.map(({ org }) => org)).toEqual([ACME, OTHER, 'gone']);
    const end = await runRigCli(rig, 'audit', 'verify', '--org', 'nobody');
    expect(end).toMatchObject({ exitCode: 1, stdout: '' });
    expect(end.stderr).toContain('the config has no org nobody');
  });

  test('still finds it when the controller has written on since', async () => {
    await tamper(ACME, (lines) => lines.pop());
    const [flow] = rig.flows();
    rig.org().edit(flow?.id ?? '', { routing: { maxWaitTime: 9 } }, { by: 'Sam Supervisor' });
    await rig.reconcile();
    const { exitCode, document } = await verify('--org', ACME);
    expect(exitCode).toBe(1);
    expect(document.orgs[0]?.faults).toMatchObject([{ line: 6, kind: 'rewritten' }]);
  });
});
