import { rename } from 'node:fs/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { exitCodeOf } from '../../src/engine/run-report.ts';
import { readAuditChain } from '../support/audit-chain.ts';
import { flowFile, flowPath } from '../support/desired-files.ts';
import { GitRepository } from '../support/git-repository.ts';
import { ACME, IntegrationRig, LIST_ROUTE, STATUS_BRANCH } from '../support/integration-rig.ts';
import type { RigOptions } from '../support/integration-rig.ts';

describe('remotes that move, refuse and go away', () => {
  let rig: IntegrationRig;
  const others: GitRepository[] = [];

  afterEach(async () => {
    await Promise.all(others.splice(0).map((repository) => repository.remove()));
    await rig.close();
  });

  async function start(options: RigOptions = {}): Promise<void> {
    rig = await IntegrationRig.start({ speed: 50, ...options });
    expect(exitCodeOf(await rig.reconcile())).toBe(0);
  }

  /** Status in a repository of its own. */
  async function startApart(): Promise<GitRepository> {
    const status = await GitRepository.create();
    others.push(status);
    rig = await IntegrationRig.start({
      speed: 50,
      config: () => ({ status: { repository: status.path } }),
    });
    return status;
  }

  const idOf = (nth: number): string => rig.flows()[nth]!.id;
  const liveOf = (nth: number): object => rig.org().flow(idOf(nth)).inEffect;

  function drift(nth: number): void {
    rig.org().edit(idOf(nth), { routing: { maxWaitTime: 9 } }, { by: 'Sam Supervisor' });
  }

  test('somebody else’s commit on the status branch stays, and ours is built anew on it', async () => {
    await start();
    // it arrives while our push is on its way
    const other = await rig.repository.commit(
      { 'notes/hello.md': 'hello\n', [`status/${ACME}/README.md`]: 'by hand\n' },
      { branch: 'aside', parent: (await rig.repository.head(STATUS_BRANCH)) ?? null },
    );
    await rig.repository.installHook(
      'pre-receive',
      `unset GIT_QUARANTINE_PATH
       test -e met || git update-ref refs/heads/${STATUS_BRANCH} ${other}
       touch met`,
    );
    drift(0);
    const report = await rig.reconcile();
    expect(exitCodeOf(report)).toBe(0);
    const [ours, theirs] = await rig.repository.log(STATUS_BRANCH);
    expect(ours?.subject).toContain('1 applied');
    expect(theirs?.revision).toBe(other);
    expect((await rig.statusFiles()).get('notes/hello.md')).toBe('hello\n');
    expect(await rig.audit()).toHaveLength(1);
    expect((await rig.reconcile()).publishing).toEqual({ kind: 'nothing' });
  });

  test('what cannot be recorded is kept, and recorded once and in order when the remote is back', async () => {
    const status = await startApart();
    await rename(status.path, `${status.path}.away`);
    drift(0);
    const first = await rig.reconcile();
    expect(exitCodeOf(first)).toBe(1);
    expect(first.outcomes).toMatchObject([{ status: 'applied' }]);
    expect(first.publishing).toMatchObject({ kind: 'kept', error: { code: 'git.unreachable' } });

    drift(1);
    await rig.reconcile();
    // it ends and another takes over; nothing of what was kept is in memory only
    await rig.stop();
    drift(0);
    await rig.reconcile();
    expect(liveOf(0)).toEqual(rig.flows()[0]?.settings);

    await rename(`${status.path}.away`, status.path);
    const last = await rig.reconcile();
    expect(exitCodeOf(last)).toBe(0);
    expect(last.publishing.kind).toBe('pushed');
    const audit = await readAudit(status);
    expect(audit.map(({ flowId }) => flowId)).toEqual([idOf(0), idOf(1), idOf(0)]);
    const paths = [...(await status.files(STATUS_BRANCH)).keys()];
    expect(paths.filter((path) => path.startsWith('snapshots/'))).toHaveLength(3);
    expect(paths.filter((path) => path.startsWith('status/'))).toHaveLength(rig.flows().length);
    expect(await status.log(STATUS_BRANCH)).toHaveLength(1);
    expect((await rig.reconcile()).publishing).toEqual({ kind: 'nothing' });
    expect(rig.patches()).toHaveLength(3);
  });

  test('a push whose answer was lost is not recorded twice', async () => {
    const status = await startApart();
    await rig.reconcile();
    drift(0);
    // the remote takes the push and dies before it can say so
    await status.installHook('update', 'git update-ref --no-deref "$1" "$3" "$2"; kill -9 $PPID');
    const lost = await rig.reconcile();
    expect(lost.publishing.kind).toBe('kept');
    expect(await status.log(STATUS_BRANCH)).toHaveLength(2);
    await status.installHook('update', 'exit 0');
    expect(exitCodeOf(await rig.reconcile())).toBe(0);
    expect(await readAudit(status)).toHaveLength(1);
    expect(await status.log(STATUS_BRANCH)).toHaveLength(2);
  });

  test('a hook that declines is told in its own words, and the flows are kept all the same', async () => {
    await start();
    await rig.repository.installHook('pre-receive', 'echo "frozen until Monday" >&2; exit 1');
    drift(0);
    const report = await rig.reconcile();
    expect(exitCodeOf(report)).toBe(1);
    expect(liveOf(0)).toEqual(rig.flows()[0]?.settings);
    expect(report.publishing).toMatchObject({ kind: 'kept', error: { code: 'git.push-rejected' } });
    const { error } = report.publishing as { readonly error: { readonly message: string } };
    expect(error.message).toContain('frozen until Monday');

    await rig.repository.installHook('pre-receive', 'exit 0');
    expect(exitCodeOf(await rig.reconcile())).toBe(0);
    expect(await rig.audit()).toHaveLength(1);
  });

  test('while the source is away nothing is asked of the org, and nothing changes', async () => {
    await start();
    drift(0);
    rig.simulator.requests.clear();
    await rename(rig.repository.path, `${rig.repository.path}.away`);
    await expect(rig.reconcile()).rejects.toMatchObject({ code: 'git.unreachable' });
    expect(rig.simulator.requests.list()).toEqual([]);
    await rename(`${rig.repository.path}.away`, rig.repository.path);
    expect(exitCodeOf(await rig.reconcile())).toBe(0);
    expect(liveOf(0)).toEqual(rig.flows()[0]?.settings);
  });

  test('a rewritten main branch is followed', async () => {
    await start();
    const files = await rig.repository.files();
    const changed = flowFile(rig.flows()[0]!, { routing: { maxWaitTime: 77 } });
    await rig.repository.commit(
      { ...Object.fromEntries(files), [flowPath(ACME, idOf(0))]: changed },
      { parent: null },
    );
    expect(exitCodeOf(await rig.reconcile())).toBe(0);
    expect(liveOf(0)).toMatchObject({ routing: { maxWaitTime: 77 } });
  });

  test('a status branch that was deleted is begun anew', async () => {
    await start();
    drift(0);
    await rig.reconcile();
    await rig.repository.run('update-ref', '-d', `refs/heads/${STATUS_BRANCH}`);
    drift(1);
    expect(exitCodeOf(await rig.reconcile())).toBe(0);
    expect((await rig.statuses()).has(idOf(1))).toBe(true);
  });

  test('our own commit starts nothing: the next run finds the same revision and nothing to do', async () => {
    await start();
    const head = await rig.repository.head();
    drift(0);
    await rig.reconcile();
    expect(await rig.repository.head()).toBe(head);
    rig.simulator.requests.clear();
    const again = await rig.reconcile();
    expect(again).toMatchObject({ revision: head, publishing: { kind: 'nothing' } });
    expect(rig.simulator.stats().byRoute).toEqual({ [`GET ${LIST_ROUTE}`]: 1 });
  });

  test('on the watched branch itself, our commits change no desired file and cause no work', async () => {
    await start({ config: () => ({ status: { mode: 'same-branch' } }) });
    const desired = (files: ReadonlyMap<string, string>): object =>
      Object.fromEntries([...files].filter(([path]) => path.startsWith('desired-state/')));
    const before = desired(await rig.repository.files());
    expect(Object.keys(before)).toHaveLength(rig.flows().length + 1);
    const treeId = await rig.repository.run('rev-parse', 'main:desired-state');
    expect(await rig.statusCommits('main')).toBe(2);

    drift(0);
    expect(exitCodeOf(await rig.reconcile())).toBe(0);
    expect(await rig.statusCommits('main')).toBe(3);
    for (let round = 0; round < 3; round += 1)
      expect((await rig.reconcile()).publishing).toEqual({ kind: 'nothing' });
    expect(await rig.statusCommits('main')).toBe(3);
    expect(desired(await rig.repository.files())).toEqual(before);
    expect(await rig.repository.run('rev-parse', 'main:desired-state')).toBe(treeId);
    expect(await rig.audit(ACME, 'main')).toHaveLength(1);
    expect((await rig.statuses(ACME, 'main')).size).toBe(rig.flows().length);

    // a merge between our commits is read as ever
    const changed = flowFile(rig.flows()[2]!, { routing: { maxWaitTime: 77 } });
    await rig.repository.commit({ [flowPath(ACME, idOf(2))]: changed });
    expect(exitCodeOf(await rig.reconcile())).toBe(0);
    expect(liveOf(2)).toMatchObject({ routing: { maxWaitTime: 77 } });
    expect(rig.patches()).toHaveLength(2);
  });

  async function readAudit(repository: GitRepository) {
    return readAuditChain(await repository.files(STATUS_BRANCH), ACME);
  }
});
