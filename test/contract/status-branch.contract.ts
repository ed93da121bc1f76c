import { afterEach, describe, expect, test } from '@jest/globals';
import { isError } from '../../src/domain/errors.ts';
import type { BranchCommit, BranchTip, StatusBranch } from '../../src/ports/status-branch.ts';

export interface StatusCommit {
  readonly revision: string;
  readonly subject: string;
}

/** A status branch, empty at first, that pushes at most three times; and a way behind it. */
export interface StatusWorld {
  readonly branch: StatusBranch;
  /** Somebody else commits to the branch. */
  readonly commitByHand: (files: Readonly<Record<string, string | null>>) => unknown;
  /** Every file of the branch, text by path. */
  readonly files: () => ReadonlyMap<string, string> | Promise<ReadonlyMap<string, string>>;
  /** The oldest first. */
  readonly commits: () => readonly StatusCommit[] | Promise<readonly StatusCommit[]>;
  readonly stop: () => unknown;
}

const signal = new AbortController().signal;

function aCommit(files: Readonly<Record<string, string | null>>): BranchCommit {
  return {
    subject: 'flowkeeper(acme): 1 applied [skip ci]',
    trailers: [{ key: 'Flowkeeper-Run', value: 'run-1' }],
    files: new Map(Object.entries(files)),
  };
}

const building = (files: Readonly<Record<string, string | null>>) => (): Promise<BranchCommit> =>
  Promise.resolve(aCommit(files));

const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

/** What every StatusBranch owes the engine. Run on the fake and on the adapter with a real repository. */
export function describeStatusBranch(
  name: string,
  start: () => StatusWorld | Promise<StatusWorld>,
): void {
  describe(`StatusBranch contract: ${name}`, () => {
    let world: StatusWorld | undefined;
    const begin = async (): Promise<StatusWorld> => (world = await start());

    afterEach(async () => {
      await world?.stop();
      world = undefined;
    });

    test('the tip of a branch that does not exist is empty', async () => {
      const { branch } = await begin();
      const tip = await branch.tip(signal);

      expect(tip.revision).toBeUndefined();
      expect(await tip.read('status/a.yaml')).toBeUndefined();
      expect(await tip.list('status')).toEqual([]);
      expect(await tip.readAll('')).toEqual(new Map());
      expect(await tip.trailers('Flowkeeper-Run')).toEqual([]);
      for await (const version of tip.history('status', 10)) throw new Error(version.path);
    });

    test('tells how the branch was at a time', async () => {
      const { branch } = await begin();
      await branch.commit(building({ 'status/a.yaml': 'a: 1\n' }), signal);
      const now = await branch.tip(signal);
      const later = await branch.tip(signal, Date.UTC(2100, 0, 1));
      const earlier = await branch.tip(signal, Date.UTC(2020, 0, 1));

      expect(later.revision).toBe(now.revision);
      expect(await later.read('status/a.yaml')).toBe('a: 1\n');
      expect(earlier.revision).toBeUndefined();
      expect(await earlier.readAll('status')).toEqual(new Map());
    });

    test('the first commit makes the branch', async () => {
      const { branch, files, commits } = await begin();

      const result = await branch.commit(
        building({ 'status/acme/a.yaml': 'state: InSync\n' }),
        signal,
      );

      expect(await files()).toEqual(new Map([['status/acme/a.yaml', 'state: InSync\n']]));
      expect(await commits()).toEqual([
        {
          revision: result.kind === 'pushed' ? result.revision : undefined,
          subject: 'flowkeeper(acme): 1 applied [skip ci]',
        },
      ]);
    });

    test('a commit changes, adds and deletes the named files and leaves the others', async () => {
      const { branch, files } = await begin();
      await branch.commit(building({ 'a/keep': '1', 'a/change': '1', 'a/drop': '1' }), signal);

      await branch.commit(building({ 'a/change': '2', 'a/drop': null, 'b/new é': 'ü' }), signal);

      const expected = { 'a/change': '2', 'a/keep': '1', 'b/new é': 'ü' };
      expect(Object.fromEntries(await files())).toEqual(expected);
    });

    test('the tip reads, lists sorted and below the folder only, and reads all', async () => {
      const { branch } = await begin();
      await branch.commit(
        building({ 'audit/b.jsonl': 'b', 'audit/a/x.jsonl': 'x', auditor: 'no', z: '' }),
        signal,
      );

      const tip = await branch.tip(signal);

      expect(await tip.list('audit')).toEqual(['audit/a/x.jsonl', 'audit/b.jsonl']);
      expect(await tip.list('')).toEqual(['audit/a/x.jsonl', 'audit/b.jsonl', 'auditor', 'z']);
      expect(await tip.list('nowhere')).toEqual([]);
      expect(await tip.read('audit/a/x.jsonl')).toBe('x');
      expect(await tip.read('z')).toBe('');
      expect(await tip.read('audit/a')).toBeUndefined();
      expect(await tip.read('audit/none')).toBeUndefined();
      expect([...(await tip.readAll('audit'))]).toEqual([
        ['audit/a/x.jsonl', 'x'],
        ['audit/b.jsonl', 'b'],
      ]);
    });

    test.each<readonly [string, () => Promise<BranchCommit | undefined>]>([
      ['no commit', () => Promise.resolve(undefined)],
      ['no files', building({})],
      ['files equal to those of the tip', building({ a: '1', 'b/c': '2' })],
      ['the deletion of what is not there', building({ none: null })],
    ])('a build of %s ends with nothing', async (_name, build) => {
      const { branch, commits } = await begin();
      await branch.commit(building({ a: '1', 'b/c': '2' }), signal);

      expect(await branch.commit(build, signal)).toEqual({ kind: 'nothing' });
      expect(await commits()).toHaveLength(1);
    });

    test('a first build that only deletes ends with nothing', async () => {
      const { branch, commits } = await begin();
      expect(await branch.commit(building({ none: null }), signal)).toEqual({ kind: 'nothing' });
      expect(await commits()).toEqual([]);
    });

    test('the tip tells the trailers of a key, of the newest commit first', async () => {
      const { branch, commitByHand } = await begin();
      const commit = async (
        n: number,
        ...trailers: readonly [string, string][]
      ): Promise<string> => {
        const result = await branch.commit(async () => {
          const named = trailers.map(([key, value]) => ({ key, value }));
          return { ...aCommit({ count: String(n) }), body: 'Head: not a trailer', trailers: named };
        }, signal);
        return result.kind === 'pushed' ? result.revision : '';
      };
      const first = await commit(1, ['Head', 'acme 1 abc'], ['Run', 'run-1']);
      await commit(2, ['Run', 'run-2']);
      await commitByHand({ other: 'by hand' });
      const last = await commit(
        3,
        ['Head', 'acme 2 def'],
        ['Head', 'other 1 ghi'],
        ['Header', 'x'],
      );

      const tip = await branch.tip(signal);
      await commit(4, ['Head', 'later than this tip']);

      expect(await tip.trailers('Head')).toEqual([
        { revision: last, value: 'acme 2 def' },
        { revision: last, value: 'other 1 ghi' },
        { revision: first, value: 'acme 1 abc' },
      ]);
      expect(await tip.trailers('Nobody')).toEqual([]);
    });

    test('tells what each file below a folder came to say, the oldest first, of so many commits', async () => {
      const { branch, commitByHand } = await begin();
      await branch.commit(building({ 'a/x': '1', 'a/y': '1', 'ab/z': '1' }), signal);
      await branch.commit(building({ 'a/x': '2', 'a/y': '1' }), signal);
      await commitByHand({ 'b/other': '1' });
      await branch.commit(building({ 'a/y': null, 'a/ü é': '"quoted"\n' }), signal);
      await branch.commit(building({ 'a/x': '1' }), signal);

      const tip = await branch.tip(signal);
      const told = async (commits: number): Promise<readonly string[]> => {
        const found: string[] = [];
        for await (const { path, text } of tip.history('a', commits)) found.push(`${path}=${text}`);
        return found;
      };

      const [first, second, ...later] = await told(10);
      expect([first, second].sort()).toEqual(['a/x=1', 'a/y=1']);
      expect(later).toEqual(['a/x=2', 'a/ü é="quoted"\n', 'a/x=1']);
      expect(await told(2)).toEqual(later.slice(1));
    });

    test('sees what somebody else committed meanwhile, and builds on it', async () => {
      const { branch, commitByHand, files } = await begin();
      await branch.commit(building({ a: '1' }), signal);
      await commitByHand({ b: 'by hand' });

      const append = async (tip: BranchTip): Promise<BranchCommit> =>
        aCommit({ b: `${(await tip.read('b')) ?? ''} and more` });
      await branch.commit(append, signal);

      expect(Object.fromEntries(await files())).toEqual({ a: '1', b: 'by hand and more' });
    });

    test('a push that somebody outran is built again on the new tip', async () => {
      const { branch, commitByHand, files, commits } = await begin();
      await branch.commit(building({ count: '1' }), signal);
      const seen: (string | undefined)[] = [];

      const result = await branch.commit(async (tip) => {
        const count = await tip.read('count');
        seen.push(count);
        if (seen.length === 1) await commitByHand({ count: '10' });
        return aCommit({ count: String(Number(count) + 1) });
      }, signal);

      expect(seen).toEqual(['1', '10']);
      expect(result.kind).toBe('pushed');
      expect(Object.fromEntries(await files())).toEqual({ count: '11' });
      expect(await commits()).toHaveLength(3);
    });

    test('the race for the first commit of the branch is lost without harm', async () => {
      const { branch, commitByHand, files } = await begin();
      let builds = 0;

      await branch.commit(async () => {
        builds += 1;
        if (builds === 1) await commitByHand({ theirs: '1' });
        return aCommit({ ours: '1' });
      }, signal);

      expect(builds).toBe(2);
      expect(Object.fromEntries(await files())).toEqual({ ours: '1', theirs: '1' });
    });

    test('after as many lost races as it may have it gives up with git.push-rejected', async () => {
      const { branch, commitByHand, files } = await begin();
      let builds = 0;

      const error = await failure(
        branch.commit(async () => {
          builds += 1;
          await commitByHand({ rival: String(builds) });
          return aCommit({ ours: '1' });
        }, signal),
      );

      expect(isError(error, 'git.push-rejected') && error.details.attempts).toBe(3);
      expect(builds).toBe(3);
      expect(Object.fromEntries(await files())).toEqual({ rival: '3' });
    });

    test('commits asked for at once come one after the other', async () => {
      const { branch, files, commits } = await begin();
      const increment = async (tip: BranchTip): Promise<BranchCommit> =>
        aCommit({ count: String(Number((await tip.read('count')) ?? '0') + 1) });

      await Promise.all([1, 2, 3].map(() => branch.commit(increment, signal)));

      expect(Object.fromEntries(await files())).toEqual({ count: '3' });
      expect(await commits()).toHaveLength(3);
    });

    test('an error of build ends the commit, and the next one goes on', async () => {
      const { branch, files } = await begin();
      const reason = new Error('cannot be built');

      expect(await failure(branch.commit(() => Promise.reject(reason), signal))).toBe(reason);
      await branch.commit(building({ a: '1' }), signal);

      expect(Object.fromEntries(await files())).toEqual({ a: '1' });
    });

    test.each([
      ['does not exist yet', {}],
      ['is there', { a: '1' }],
    ])('a probe of a branch that %s leaves nothing behind', async (_name, before) => {
      const { branch, commits } = await begin();
      await branch.commit(building(before), signal);
      const kept = await commits();

      await branch.probe(signal);

      expect(await commits()).toEqual(kept);
      await branch.commit(building({ b: '1' }), signal);
      expect(await commits()).toHaveLength(kept.length + 1);
    });

    test('does nothing for a signal that has aborted', async () => {
      const { branch, commits } = await begin();
      const reason = new Error('enough');
      const aborted = AbortSignal.abort(reason);

      expect(await failure(branch.commit(building({ a: '1' }), aborted))).toBe(reason);
      expect(await failure(branch.tip(aborted))).toBe(reason);
      expect(await failure(branch.probe(aborted))).toBe(reason);
      expect(await commits()).toEqual([]);
    });
  });
}
