import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { flowFile, flowPath } from '../support/desired-files.ts';
import { expectDocument } from '../support/document-schemas.ts';
import { ACME, IntegrationRig, STATUS_BRANCH } from '../support/integration-rig.ts';
import { runRigCli } from '../support/run-cli.ts';

interface Proof {
  readonly revision: string;
  readonly exportSha256: string;
  readonly orgs: readonly {
    readonly org: string;
    readonly records: number;
    readonly first: { readonly seq: number; readonly previousHash: string };
    readonly last: { readonly seq: number; readonly hash: string };
    readonly anchor: { readonly revision: string; readonly trailer: string; readonly seq: number };
  }[];
}

interface Line {
  readonly seq: number;
  readonly hash: string;
  readonly previousHash: string;
}

const ALWAYS = ['--from', '2020-01-01', '--to', '2099-12-31'];

describe('audit export', () => {
  let rig: IntegrationRig;
  let proofFile: string;

  beforeAll(async () => {
    rig = await IntegrationRig.start({ orgs: [{ flows: 3 }] });
    proofFile = rig.repository.beside('proof.json');
    for (const [nth, flow] of rig.flows().entries()) {
      const name = nth === 2 ? { rest: { name: flow.name } } : {};
      const file = flowFile(flow, { routing: { maxWaitTime: 100 + nth }, ...name });
      await rig.repository.commit(
        { [flowPath(ACME, flow.id)]: file },
        { author: { name: '=cmd()|x', email: 'a@example.com' } },
      );
      await rig.reconcile();
    }
  });

  afterAll(() => rig.close());

  const exported = (...argv: readonly string[]) => runRigCli(rig, 'audit', 'export', ...argv);

  /** What docs/audit.md tells an auditor to do, with nothing of ours. */
  async function check(text: string, proof: Proof): Promise<string[]> {
    const faults: string[] = [];
    const sha = (of: string): string => createHash('sha256').update(of).digest('hex');
    if (sha(text) !== proof.exportSha256) faults.push('bytes');
    const [org] = proof.orgs;
    let previous = org!.first.previousHash;
    for (const line of text.trimEnd().split('\n')) {
      const { hash, seq, previousHash } = JSON.parse(line) as Line;
      if (sha(line.replace(`"hash":"${hash}",`, '')) !== hash) faults.push(`hash ${String(seq)}`);
      if (previousHash !== previous) faults.push(`link ${String(seq)}`);
      if (seq === org!.anchor.seq && !org!.anchor.trailer.endsWith(hash)) faults.push('anchor');
      previous = hash;
    }
    if (previous !== org!.last.hash) faults.push('end');
    const message = await rig.repository.run('log', '-1', '--format=%B', org!.anchor.revision);
    if (!message.split('\n').includes(org!.anchor.trailer)) faults.push('git');
    return faults;
  }

  test('each record as it stands on the branch, with a proof that holds by the described procedure', async () => {
    const { exitCode, stdout, stderr } = await exported(...ALWAYS, '--proof', proofFile);
    expect([exitCode, stderr]).toEqual([
      0,
      'acme: 3 records, 1 to 3; the whole chain is as it was written\n',
    ]);
    const files = [...(await rig.statusFiles())].filter(([path]) => path.startsWith('audit/'));
    expect(stdout).toBe(files.map(([, text]) => text).join(''));
    const proof = JSON.parse(await readFile(proofFile, 'utf8')) as Proof;
    expectDocument('audit-proof', proof);
    expect(await check(stdout, proof)).toEqual([]);
    const forged = stdout.replace('"status":"applied"', '"status":"failed"');
    expect(await check(forged, proof)).toEqual(['bytes', 'hash 1']);
    const cut = stdout.split('\n').toSpliced(1, 1).join('\n');
    expect(await check(cut, proof)).toEqual(['bytes', 'link 3']);
  });

  test('of a time: from its first record to its last, and the proof says where the part begins', async () => {
    const records = await rig.audit();
    const from = records[1]!.timestamp;
    const { stdout } = await exported('--from', from, '--to', '2099-12-31', '--proof', proofFile);
    expect(stdout.trimEnd().split('\n')).toHaveLength(2);
    const proof = JSON.parse(await readFile(proofFile, 'utf8')) as Proof;
    expect(proof.orgs).toMatchObject([{ records: 2, first: { previousHash: records[0]!.hash } }]);
    expect(await check(stdout, proof)).toEqual([]);
    const none = await exported('--from', '2020-01-01', '--to', '2020-12-31');
    expect([none.exitCode, none.stdout]).toEqual([0, '']);
  });

  test('as CSV no cell is one that a spreadsheet would compute', async () => {
    const { stdout } = await exported(...ALWAYS, '--output', 'csv');
    const [head, ...rows] = stdout.trimEnd().split('\r\n');
    expect(head).toMatch(/^org,seq,timestamp,event,status,flowId,name,fields,author,/);
    expect(rows).toHaveLength(3);
    expect(rows[0]).toContain(",'=cmd()|x <a@example.com>,");
    expect(rows[0]).toContain('/routing/maxWaitTime: ');
    expect(
      rows
        .join(',')
        .split(',')
        .filter((cell) => /^"?[=+@]/.test(cell)),
    ).toEqual([]);
  });

  test('a chain that was tampered with is exported, and told: 1', async () => {
    const [path, text] = [...(await rig.statusFiles())].find(([each]) =>
      each.startsWith('audit/'),
    )!;
    const forged = text.replace('"status":"applied"', '"status":"stuck"');
    await rig.repository.commit({ [path]: forged }, { branch: STATUS_BRANCH });
    const { exitCode, stderr } = await exported(...ALWAYS);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('`flowkeeper audit verify`')]);
  });

  test.each([
    { argv: ['--from', 'yesterday', '--to', 'now'], says: 'no instant' },
    { argv: ['--from', '2026-02-01', '--to', '2026-01-01'], says: 'is not before' },
    { argv: ['--from', '2026-02-01'], says: '--to' },
  ])('$argv: $says', async ({ argv, says }) => {
    const { exitCode, stderr } = await exported(...argv);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining(says)]);
  });
});
