import { beforeEach, describe, expect, test } from '@jest/globals';
import { explainRevision } from '../../../src/engine/explain-revision.ts';
import type { RevisionView } from '../../../src/engine/explain-revision.ts';
import { FakeDesiredSource } from '../../support/fakes/fake-desired-source.ts';
import { FakeTriggerLog } from '../../support/fakes/fake-trigger-log.ts';
import { aRunEntry } from '../../support/run-entries.ts';

const { signal } = new AbortController();
const FILE = 'desired-state/acme/flows/a.yaml';
let source: FakeDesiredSource;
let triggers: FakeTriggerLog;
let commits: string[];

beforeEach(() => {
  source = new FakeDesiredSource();
  triggers = new FakeTriggerLog();
  commits = ['1', '2', '3'].map((text) => source.commit({ [FILE]: text }));
});

async function explain(revision: string): Promise<RevisionView> {
  const pinned = await source.pin(revision, signal);
  const [view] = await explainRevision({ source, triggers }, { pinned, orgs: ['acme'] }, signal);
  return view!;
}

async function ran(runId: string, revision: string, failed = false): Promise<void> {
  const error = { code: 'api.unreachable', message: 'nobody' } as const;
  const entry = aRunEntry({ org: 'acme', runId, revision, ...(failed && { error, exitCode: 1 }) });
  await triggers.runEnded(entry, undefined);
}

describe('explainRevision', () => {
  test('the first run on the commit or a later one covered it; the last tells how it is now', async () => {
    await ran('run-1', commits[0]!);
    await ran('run-2', commits[2]!);
    await ran('run-3', commits[2]!);
    expect(await explain(commits[1]!)).toMatchObject({
      kind: 'covered',
      run: { runId: 'run-2' },
      isOldest: false,
      last: { runId: 'run-3' },
    });
    expect(await explain(commits[0]!)).toMatchObject({ run: { runId: 'run-1' }, isOldest: true });
  });

  test('a run that ended early covered nothing, and is told', async () => {
    await ran('run-1', commits[0]!);
    await triggers.accept([{ org: 'acme', reason: 'push', at: 7 }]);
    await ran('run-2', commits[2]!, true);
    expect(await explain(commits[2]!)).toMatchObject({
      kind: 'waiting',
      pending: [{ reason: 'push', at: 7 }],
      last: { runId: 'run-2', error: { code: 'api.unreachable' } },
    });
  });

  test('without any run it waits', async () => {
    expect(await explain(commits[2]!)).toEqual({ org: 'acme', kind: 'waiting', pending: [] });
  });

  test('a commit of another branch is not merged', async () => {
    const other = source.commit({ [FILE]: 'x' }, { branch: 'feature' });
    await ran('run-1', commits[2]!);
    expect(await explain(other)).toMatchObject({ kind: 'not-merged', head: commits[2] });
  });

  test('a commit that leaves the desired state as it was needs no run', async () => {
    await ran('run-1', commits[2]!);
    const readme = source.commit({ 'README.md': 'more' });
    expect(await explain(readme)).toMatchObject({ kind: 'no-change', last: { runId: 'run-1' } });
  });

  test('what a run worked with may be gone from the repository', async () => {
    await ran('run-1', 'f'.repeat(40));
    expect(await explain(commits[2]!)).toMatchObject({ kind: 'waiting' });
  });
});
