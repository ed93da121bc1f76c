import { beforeEach, describe, expect, test } from '@jest/globals';
import { isError } from '../../../src/domain/errors.ts';
import { verifiedSource } from '../../../src/engine/verified-source.ts';
import type { DesiredSource } from '../../../src/ports/desired-source.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import { FakeCommitVerifier, FakeVerifiedHeads } from '../../support/fakes/fake-commit-verifier.ts';
import { FakeDesiredSource } from '../../support/fakes/fake-desired-source.ts';
import { MemoryLog } from '../../support/fakes/memory-log.ts';

const { signal } = new AbortController();
const HOUR = 3_600_000;

let repository: FakeDesiredSource;
let verifier: FakeCommitVerifier;
let heads: FakeVerifiedHeads;
let clock: FakeClock;
let log: MemoryLog;

beforeEach(() => {
  repository = new FakeDesiredSource();
  verifier = new FakeCommitVerifier(repository).allow('ada');
  heads = new FakeVerifiedHeads();
  clock = new FakeClock();
  log = new MemoryLog();
});

/** As a process that starts now has it. */
function source(mode: 'head' | 'strict' = 'head'): DesiredSource {
  return verifiedSource({ source: repository, verifier, heads, clock, log, mode });
}

let count = 0;
function commit(signer?: string): string {
  const revision = repository.commit({ 'desired-state/a.yaml': String((count += 1)) });
  if (signer !== undefined) verifier.sign(signer, revision);
  return revision;
}

async function refusal(of: DesiredSource): Promise<unknown> {
  const failure: unknown = await of.pinHead(signal).catch((error: unknown) => error);
  return isError(failure, 'git.unverified') ? failure.details : failure;
}

describe.each(['head', 'strict'] as const)('mode %s', (mode) => {
  test('pins a head that somebody signed who may', async () => {
    commit();
    const head = commit('ada');
    const pinned = await source(mode).pinHead(signal);
    expect(pinned).toMatchObject({ revision: head });
    expect(pinned.unverified).toBeUndefined();
  });

  test('refuses all while no head was ever verified', async () => {
    const head = commit('eve');
    expect(await refusal(source(mode))).toMatchObject({ revision: head, fault: 'unknown-signer' });
    const signed = commit('ada');
    expect(await source(mode).pinHead(signal)).toMatchObject({ revision: signed });
  });

  test('the last verified head stands in for one that is not, also for a process that starts', async () => {
    const good = commit('ada');
    const running = source(mode);
    await running.pinHead(signal);
    const bad = commit();
    const expected = {
      revision: good,
      unverified: { revision: bad, commit: bad, fault: 'unsigned' },
    };
    expect(await running.pinHead(signal)).toMatchObject(expected);
    expect(await source(mode).pinHead(signal)).toMatchObject(expected);
  });

  test('a head that stays is asked about once, and told of once', async () => {
    commit('ada');
    const running = source(mode);
    await running.pinHead(signal);
    commit();
    await running.pinHead(signal);
    const asked = verifier.asked.length;
    for (let i = 0; i < 5; i += 1) await running.pinHead(signal);
    expect(verifier.asked).toHaveLength(asked);
    expect(log.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
  });

  test('it is asked about again after an hour: keys expire', async () => {
    commit('ada');
    const running = source(mode);
    await running.pinHead(signal);
    await clock.advance(HOUR - 1);
    await running.pinHead(signal);
    expect(verifier.asked).toHaveLength(1);
    await clock.advance(1);
    await running.pinHead(signal);
    expect(verifier.asked).toHaveLength(2);
  });

  test('taking a key away takes effect at once, and leaves nothing to go by', async () => {
    const head = commit('ada');
    const running = source(mode);
    await running.pinHead(signal);
    verifier.allow('eve');
    expect(await refusal(running)).toMatchObject({ revision: head, fault: 'unknown-signer' });
    commit();
    expect(await refusal(running)).toMatchObject({
      fault: mode === 'head' ? 'unsigned' : 'unsigned',
    });
    const next = commit('eve');
    if (mode === 'head') expect(await running.pinHead(signal)).toMatchObject({ revision: next });
  });

  test('allowing a key lets a waiting head in', async () => {
    commit('ada');
    const running = source(mode);
    await running.pinHead(signal);
    const waiting = commit('eve');
    await running.pinHead(signal);
    verifier.allow('ada', 'eve');
    const pinned = await running.pinHead(signal);
    expect(pinned).toMatchObject({ revision: waiting });
    expect(pinned.unverified).toBeUndefined();
  });

  test('a revision that is asked for by name is not judged', async () => {
    const head = commit();
    expect(await source(mode).pin(head, signal)).toMatchObject({ revision: head });
  });

  test('that nothing can be known is no verdict: the next look asks again', async () => {
    const head = commit('ada');
    const running = source(mode);
    verifier.failNext(new Error('disk'));
    await expect(running.pinHead(signal)).rejects.toThrow('disk');
    expect(await running.pinHead(signal)).toMatchObject({ revision: head });
  });
});

describe('every commit since the last verified head', () => {
  test('a good head lets no bad commit below it in', async () => {
    const good = commit('ada');
    const strict = source('strict');
    await strict.pinHead(signal);
    const bad = commit();
    const head = commit('ada');
    expect(await strict.pinHead(signal)).toMatchObject({
      revision: good,
      unverified: { revision: head, commit: bad },
    });
    expect(await source('head').pinHead(signal)).toMatchObject({ revision: head });
  });

  test('what was below the first verified head is not looked at', async () => {
    commit();
    const head = commit('ada');
    expect(await source('strict').pinHead(signal)).toMatchObject({ revision: head });
  });

  test('a branch that was put back by force is not followed; a revert is', async () => {
    const first = commit('ada');
    const strict = source('strict');
    await strict.pinHead(signal);
    const second = commit('ada');
    await strict.pinHead(signal);
    repository.moveBranch('main', first);
    expect(await strict.pinHead(signal)).toMatchObject({
      revision: second,
      unverified: { revision: first, fault: 'rewritten' },
    });
    repository.moveBranch('main', second);
    const revert = repository.revert(second);
    verifier.sign('ada', revert);
    expect(await strict.pinHead(signal)).toMatchObject({ revision: revert });
  });

  test('the same head again is verified itself, though nothing is since', async () => {
    const head = commit('ada');
    await source('strict').pinHead(signal);
    verifier.allow();
    expect(await refusal(source('strict'))).toMatchObject({ revision: head });
  });

  test('mode head, for a while, is the way out', async () => {
    commit('ada');
    await source('strict').pinHead(signal);
    commit();
    const head = commit('ada');
    await source('head').pinHead(signal);
    expect(await source('strict').pinHead(signal)).toMatchObject({ revision: head });
    const next = commit('ada');
    expect(await source('strict').pinHead(signal)).toMatchObject({ revision: next });
  });

  test('a last verified head that nobody has any more stands in for nothing', async () => {
    await heads.save('f'.repeat(40));
    const head = commit('ada');
    expect(await refusal(source('strict'))).toMatchObject({ revision: head, fault: 'rewritten' });
  });
});
