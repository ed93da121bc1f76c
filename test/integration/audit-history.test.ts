import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import type { FlowHistory } from '../../src/app/read-history.ts';
import { expectDocument } from '../support/document-schemas.ts';
import { flowPath } from '../support/desired-files.ts';
import { ACME, IntegrationRig, STATUS_BRANCH } from '../support/integration-rig.ts';
import { runRigCli } from '../support/run-cli.ts';

const STEPS = ['gate', 'intent', 'snapshot', 'patch', 'reload', 'verify'];

let rig: IntegrationRig;
let id: string;
let name: string;

/** A hand edit that was corrected, and a merged change with a review. */
beforeAll(async () => {
  rig = await IntegrationRig.start({ orgs: [{ flows: 3 }, { flows: 1 }] });
  ({ id, name } = rig.flows()[1]!);
  await rig.reconcile();
  const { settings } = rig.flows()[1]!;
  rig
    .org()
    .edit(
      id,
      { routing: { ...(settings['routing'] as object), maxWaitTime: 7 } },
      { by: 'Sam Supervisor' },
    );
  await rig.reconcile();
  const wanted = { routing: { maxWaitTime: 4321 } };
  await rig.repository.commit(
    { [flowPath(ACME, id)]: stringify({ flowId: id, name, settings: wanted }) },
    {
      author: { name: 'Pat Platform', email: 'pat@example.com' },
      message: 'Wait longer\n\nReviewed-by: Rea Viewer <rea@example.com>',
    },
  );
  await rig.reconcile();
});

afterAll(() => rig.close());

const history = async (...argv: readonly string[]): Promise<FlowHistory> => {
  const end = await runRigCli(rig, 'history', ...argv, '--output', 'json');
  expect(end).toMatchObject({ exitCode: 0, stderr: '' });
  const document = JSON.parse(end.stdout) as FlowHistory;
  expectDocument('flow-history', document);
  return document;
};

describe('history', () => {
  test('tells every attempt on a flow, the newest last: who, what, before and after, how long', async () => {
    const { entries, ...flow } = await history(id);
    expect(flow).toMatchObject({ org: ACME, flowId: id, name, unreadable: 0 });
    const seed = (rig.flows()[1]!.settings['routing'] as { readonly maxWaitTime: number })
      .maxWaitTime;
    const [head] = await rig.repository.log();
    expect(entries).toMatchObject([
      {
        status: 'applied',
        event: 'flow.updated',
        author: 'Ada Lovelace <ada@example.com>',
        liveChangedBy: 'Sam Supervisor',
        fields: [{ path: '/routing/maxWaitTime', before: 7, after: seed }],
      },
      {
        status: 'applied',
        revision: head?.revision,
        author: 'Pat Platform <pat@example.com>',
        approvedBy: ['Rea Viewer <rea@example.com>'],
        file: flowPath(ACME, id),
        fields: [{ path: '/routing/maxWaitTime', before: seed, after: 4321 }],
      },
    ]);
    expect(entries[0]).not.toHaveProperty('approvedBy');
    const [first, second] = entries;
    expect(second?.versionBefore).toBe(first?.versionAfter);
    expect(Object.keys(second?.steps ?? {})).toEqual(STEPS);
  });

  test('names who merged a pull request, and whom the merge names', async () => {
    const { repository } = rig;
    const main = (await repository.head()) ?? '';
    const flow = rig.flows()[2]!;
    const wanted = stringify({ flowId: flow.id, settings: { routing: { maxWaitTime: 777 } } });
    const author = { name: 'Pat Platform', email: 'pat@example.com' };
    const options = { branch: 'topic', parent: main, author, message: 'Wait a bit' };
    const topic = await repository.commit({ [flowPath(ACME, flow.id)]: wanted }, options);
    const max = ['-c', 'user.name=Max Merger', '-c', 'user.email=max@example.com'];
    const message = 'Merge pull request #7 from acme/topic\n\nApproved-by: Rea Viewer';
    const parents = ['-p', main, '-p', topic];
    const tree = [`${topic}^{tree}`, ...parents, '-m', message];
    const merge = (await repository.run(...max, 'commit-tree', ...tree)).trim();
    await repository.run('update-ref', 'refs/heads/main', merge);
    await rig.reconcile();

    const { entries } = await history(flow.id);
    expect(entries).toMatchObject([
      {
        revision: merge,
        author: 'Pat Platform <pat@example.com>',
        approvedBy: ['Rea Viewer', 'Max Merger <max@example.com>'],
      },
    ]);
  });

  test('finds the flow by its name, and in capitals by its id', async () => {
    expect(await history(name, '--org', ACME)).toEqual(await history(id.toUpperCase()));
  });

  test('prints for people what it prints for programs', async () => {
    const { stdout } = await runRigCli(rig, 'history', id);
    expect(stdout).toContain(`${name} (${id}) in ${ACME}\n`);
    expect(stdout).toContain('applied (flow.updated) in ');
    expect(stdout).toContain(
      'of Pat Platform <pat@example.com>, approved by Rea Viewer <rea@example.com>',
    );
    expect(stdout).toContain('  changed before by Sam Supervisor\n');
    expect(stdout).toMatch(/ {2}\/routing\/maxWaitTime: \d+ → 4321\n/);
    expect(stdout).toMatch(/patch \d+ ms, /);
  });

  test('of a flow that was never written is empty, and of an unknown one an error', async () => {
    const other = rig.flows()[0]!;
    for (const flow of [other.id, other.name])
      expect(await history(flow, '--org', ACME)).toMatchObject({ flowId: other.id, entries: [] });
    const { stdout } = await runRigCli(rig, 'history', other.id);
    expect(stdout).toContain('flowkeeper has never written to it');
    const unknown = await runRigCli(rig, 'history', 'No Such Flow');
    expect(unknown).toMatchObject({ exitCode: 1, stdout: '' });
    expect(unknown.stderr).toContain('[cli.unknown-flow]');
  });

  test('tells what it can when lines are no record, and when the commits are gone', async () => {
    // the last of all: it leaves the branch tampered with
    const files = await rig.statusFiles();
    const path = [...files.keys()].find((each) => each.startsWith(`audit/${ACME}/`)) ?? '';
    const text = `what is this\n${files.get(path) ?? ''}`;
    const gone = text.replaceAll(/"revision":"[0-9a-f]+"/g, `"revision":"${'ab'.repeat(20)}"`);
    await rig.repository.commit({ [path]: gone }, { branch: STATUS_BRANCH });
    const told = await history(id);
    expect(told).toMatchObject({ unreadable: 1, approvals: { code: 'git.no-revision' } });
    expect(told.entries).toHaveLength(2);
    const { stdout } = await runRigCli(rig, 'history', id);
    expect(stdout).toContain('that are no record: 1; see `flowkeeper audit verify`');
    expect(stdout).toContain('could not be asked of the repository [git.no-revision]');
  });
});
