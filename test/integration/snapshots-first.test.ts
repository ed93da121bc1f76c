import { rename } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { silentObserver } from '../../src/app/silent.ts';
import { openSystemAdapters } from '../../src/app/system-adapters.ts';
import type { AppPorts } from '../../src/app/app-ports.ts';
import { snapshotPathOf } from '../../src/domain/flow-status.ts';
import { exitCodeOf } from '../../src/engine/run-report.ts';
import type { FlowBackend } from '../../src/ports/flow-backend.ts';
import type { Snapshot } from '../../src/ports/state-store.ts';
import { canonical, readAuditChain } from '../support/audit-chain.ts';
import { GitRepository } from '../support/git-repository.ts';
import { ACME, IntegrationRig, STATUS_BRANCH, SWIFT_POLICY } from '../support/integration-rig.ts';
import { runRigCli } from '../support/run-cli.ts';

const POLICY = {
  ...SWIFT_POLICY,
  apply: { ...SWIFT_POLICY.apply, concurrency: 1, pushSnapshotsFirst: true },
};

/** A write as it leaves the controller: where the status branch stood, and what the flow was. */
interface SentWrite {
  readonly flowId: string;
  readonly version: number;
  readonly branchHead: string | undefined;
  readonly settings: unknown;
}

let rig: IntegrationRig;
/** Its status branch is in a repository of its own. */
let status: GitRepository;
let adapters: AppPorts;
let sent: SentWrite[];
/** Happens once, right before the first write, which is to this flow. */
let beforeFirstWrite: (flowId: string) => unknown;

/** An installation in sync, whose writes are watched. */
beforeEach(async () => {
  status = await GitRepository.create();
  sent = [];
  beforeFirstWrite = () => undefined;
  rig = await IntegrationRig.start({
    speed: 50,
    orgs: [{ flows: 6, policy: POLICY }],
    config: () => ({ status: { repository: status.path } }),
  });
  adapters = await openSystemAdapters(rig.config, { log: rig.log, observer: silentObserver });
  await startWatched();
  expect(exitCodeOf(await rig.reconcile())).toBe(0);
});

afterEach(async () => {
  await adapters.close();
  await rig.close();
  await status.remove();
});

/** A process whose writes are watched. */
async function startWatched(): Promise<void> {
  await rig.app({ backendOf: (org, gate) => watched(adapters.backendOf(org, gate)) });
}

function watched(backend: FlowBackend): FlowBackend {
  return {
    ...backend,
    withPriority: (priority) => watched(backend.withPriority(priority)),
    write: async (base, blocks, signal) => {
      const act = beforeFirstWrite;
      beforeFirstWrite = () => undefined;
      const branchHead = await status.head(STATUS_BRANCH);
      const { id: flowId, version, settings } = base;
      sent.push({ flowId, version: version + 1, branchHead, settings });
      await act(flowId);
      return backend.write(base, blocks, signal);
    },
  };
}

const idOf = (nth: number): string => rig.flows()[nth]!.id;

function drift(...nths: readonly number[]): void {
  for (const nth of nths)
    rig.org().edit(idOf(nth), { routing: { maxWaitTime: 9 } }, { by: 'Sam Supervisor' });
}

/** Each PATCH that the service got: the branch held by then, whole, what the flow was. */
async function expectProtected(): Promise<void> {
  const patches = rig.patches();
  expect(patches).toHaveLength(sent.length);
  for (const { flowId, body } of patches) {
    const { version } = body as { readonly version: number };
    const write = sent.find((one) => one.flowId === flowId && one.version === version);
    const path = snapshotPathOf(ACME, write!.flowId, version - 1);
    const text = await status.run('show', `${String(write!.branchHead)}:${path}`);
    expect(canonical((JSON.parse(text) as Snapshot).settings)).toBe(canonical(write!.settings));
  }
}

/** How often each snapshot was committed: twice would be a version of a file that nobody needs. */
async function snapshotCommits(): Promise<readonly string[]> {
  const args = [
    'log',
    '--format=',
    '--name-only',
    '--no-renames',
    STATUS_BRANCH,
    '--',
    'snapshots',
  ];
  return (await status.run(...args)).split('\n').filter((line) => line !== '');
}

describe('apply.pushSnapshotsFirst with a real remote', () => {
  test('every PATCH finds its snapshot on the status branch, and each is committed once', async () => {
    drift(0, 1, 2);
    expect(exitCodeOf(await rig.reconcile())).toBe(0);
    await expectProtected();
    const paths = await snapshotCommits();
    expect(paths).toHaveLength(3);
    const [record, first] = await status.log(STATUS_BRANCH);
    expect(record?.subject).toContain('3 applied');
    expect(first?.subject).toContain('3 snapshots, before anything is written [skip ci]');
    expect(first?.message).toContain('Flowkeeper-Run: ');
    expect(readAuditChain(await status.files(STATUS_BRANCH), ACME)).toHaveLength(3);
  });

  test('so it does after a hand edit between the push and the PATCH', async () => {
    drift(0, 1);
    beforeFirstWrite = (flowId) => {
      rig.org().edit(flowId, { routing: { maxWaitTime: 5 } }, { by: 'Dana' });
    };
    const report = await rig.reconcile();
    expect(report.outcomes).toMatchObject([{ status: 'applied' }, { status: 'applied' }]);
    expect(rig.patches().map(({ status: answer }) => answer)).toEqual([409, 200, 200]);
    await expectProtected();
    expect(new Set(await snapshotCommits()).size).toBe(3);
    expect(await snapshotCommits()).toHaveLength(3);
  });

  test('so it does when somebody else pushes at the same time', async () => {
    const other = await status.commit(
      { 'notes/hello.md': 'hello\n' },
      { branch: 'aside', parent: (await status.head(STATUS_BRANCH)) ?? null },
    );
    await status.installHook(
      'pre-receive',
      `unset GIT_QUARANTINE_PATH
       test -e met || git update-ref refs/heads/${STATUS_BRANCH} ${other}
       touch met`,
    );
    drift(0, 1);
    expect(exitCodeOf(await rig.reconcile())).toBe(0);
    await expectProtected();
    expect((await status.files(STATUS_BRANCH)).get('notes/hello.md')).toBe('hello\n');
  });

  test('a remote that is away denies the run: no PATCH, no reload, and all goes once it is back', async () => {
    drift(0, 1);
    await rename(status.path, `${status.path}.away`);
    rig.simulator.requests.clear();
    const denied = await rig.reconcile();
    expect(exitCodeOf(denied)).toBe(4);
    expect(denied.verdict).toMatchObject({ kind: 'deny', gate: 'snapshots' });
    expect(rig.simulator.requests.list({ method: 'PATCH' })).toEqual([]);
    expect(rig.org().reloads()).toEqual([]);

    const cli = await runRigCli(rig, 'reconcile');
    expect(cli.exitCode).toBe(4);
    expect(cli.stdout).toContain('held by snapshots: the snapshots of 2 flows could not be pushed');
    expect(cli.stdout).toContain('to go on: mend the push and run again');

    await rename(`${status.path}.away`, status.path);
    await startWatched();
    expect(exitCodeOf(await rig.reconcile())).toBe(0);
    await expectProtected();
    expect(sent).toHaveLength(2);
  });

  test('a remote that refuses the push denies the run, and says why', async () => {
    drift(0);
    await status.installHook('pre-receive', 'echo "the branch is closed" >&2; exit 1');
    const denied = await rig.reconcile();
    expect(exitCodeOf(denied)).toBe(4);
    expect(denied.verdict).toMatchObject({
      reason: expect.stringMatching(/the branch is closed.*\[git\.push-rejected\]/) as unknown,
    });
    expect(rig.patches()).toEqual([]);
  });

  test('a remote that refuses later pushes lets go what is protected, and blocks what is not', async () => {
    drift(0, 1, 2);
    let edited = '';
    beforeFirstWrite = async (flowId) => {
      edited = flowId;
      rig.org().edit(flowId, { routing: { maxWaitTime: 5 } }, { by: 'Dana' });
      await status.installHook('pre-receive', 'exit 1');
    };
    const report = await rig.reconcile();
    // on a busy machine another flow than the plan's first may write first
    const blocked = report.outcomes.find(({ flowId }) => flowId === edited);
    const reason = expect.stringContaining('[git.push-rejected]') as unknown;
    expect(blocked).toMatchObject({ status: 'blocked', reason });
    expect(blocked).not.toHaveProperty('code');
    const others = report.outcomes.filter((outcome) => outcome !== blocked);
    expect(others).toMatchObject([{ status: 'applied' }, { status: 'applied' }]);
    const statusesOf = (id: string): readonly unknown[] =>
      rig.patches().flatMap(({ flowId, status: code }) => (flowId === id ? [code] : []));
    expect(statusesOf(edited)).toEqual([409]);
    expect(others.map(({ flowId }) => statusesOf(flowId))).toEqual([[200], [200]]);
    await expectProtected();
    const { settings } = rig.org().flow(edited);
    expect(settings).toMatchObject({ routing: { maxWaitTime: 5 } });
  });
});
