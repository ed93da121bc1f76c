import { afterEach, describe, expect, test } from '@jest/globals';
import { isError } from '../../src/domain/errors.ts';
import type { DesiredSource } from '../../src/ports/desired-source.ts';

/** A source that watches `main` and `desired-state`, and a way behind it. */
export interface SourceWorld {
  readonly source: DesiredSource;
  /** Commits to a branch, `main` by default; text by path, null deletes. Resolves with the revision. */
  readonly commit: (
    files: Readonly<Record<string, string | null>>,
    options?: { readonly branch?: string; readonly message?: string },
  ) => string | Promise<string>;
  readonly tag: (name: string, revision: string) => unknown;
  /** Puts a branch elsewhere by force; null removes it. */
  readonly moveBranch: (name: string, revision: string | null) => unknown;
  readonly stop: () => unknown;
}

const signal = new AbortController().signal;
const AUTHOR = 'Ada Lovelace <ada@example.com>';

async function textsOf(source: DesiredSource, ids: readonly string[]): Promise<string[]> {
  const texts: string[] = [];
  for await (const { bytes } of source.blobs(ids, signal))
    texts.push(Buffer.from(bytes).toString('utf8'));
  return texts;
}

const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

/** What every DesiredSource owes the engine. Run on the fake and on the adapter with a real repository. */
export function describeDesiredSource(
  name: string,
  start: () => SourceWorld | Promise<SourceWorld>,
): void {
  describe(`DesiredSource contract: ${name}`, () => {
    let world: SourceWorld | undefined;
    const begin = async (): Promise<SourceWorld> => (world = await start());

    afterEach(async () => {
      await world?.stop();
      world = undefined;
    });

    test('pins the head of the branch, and pins it anew when it moved', async () => {
      const { source, commit } = await begin();
      const first = await commit({ 'desired-state/acme/a.yaml': 'a: 1\n' });
      expect((await source.pinHead(signal)).revision).toBe(first);
      expect((await source.pinHead(signal)).revision).toBe(first);

      const second = await commit({ 'desired-state/acme/a.yaml': 'a: 2\n' });
      expect((await source.pinHead(signal)).revision).toBe(second);
    });

    test('follows a branch that was moved by force', async () => {
      const { source, commit, moveBranch } = await begin();
      const first = await commit({ 'desired-state/a.yaml': 'a: 1\n' });
      await commit({ 'desired-state/a.yaml': 'a: 2\n' });
      await source.pinHead(signal);

      await moveBranch('main', first);

      const pinned = await source.pinHead(signal);
      expect(pinned.revision).toBe(first);
      const files = await source.files(pinned, signal);
      expect(await textsOf(source, [files[0]!.blobId])).toEqual(['a: 1\n']);
    });

    test('gives equal tree ids exactly where the directory is equal', async () => {
      const { source, commit } = await begin();
      await commit({ 'desired-state/a.yaml': 'a: 1\n' });
      const before = await source.pinHead(signal);
      await commit({ 'README.md': 'elsewhere' });
      const elsewhere = await source.pinHead(signal);
      await commit({ 'desired-state/a.yaml': 'a: 2\n' });
      const changed = await source.pinHead(signal);

      expect(before.treeId).toBeDefined();
      expect(elsewhere.revision).not.toBe(before.revision);
      expect(elsewhere.treeId).toBe(before.treeId);
      expect(changed.treeId).not.toBe(before.treeId);
    });

    test('has no tree and no files where the directory does not exist', async () => {
      const { source, commit } = await begin();
      await commit({ 'README.md': 'hello', 'desired-state-old/a.yaml': 'a: 1\n' });

      const pinned = await source.pinHead(signal);

      expect(pinned.treeId).toBeUndefined();
      expect(await source.files(pinned, signal)).toEqual([]);
    });

    test('lists the files below the directory only, sorted, with sizes in bytes', async () => {
      const { source, commit } = await begin();
      await commit({
        'desired-state/b.yaml': 'é\n',
        'desired-state/acme/flows/a.yaml': 'a: 1\n',
        'desired-state/acme.yaml': '',
        'other/x.yaml': 'x',
        'a.yaml': 'a',
      });

      const files = await source.files(await source.pinHead(signal), signal);

      expect(files.map(({ path, sizeBytes }) => [path, sizeBytes])).toEqual([
        ['desired-state/acme.yaml', 0],
        ['desired-state/acme/flows/a.yaml', 5],
        ['desired-state/b.yaml', 3],
      ]);
    });

    test('an old pin still shows the old files after the branch moved on', async () => {
      const { source, commit } = await begin();
      await commit({ 'desired-state/a.yaml': 'old' });
      const old = await source.pinHead(signal);
      await commit({ 'desired-state/a.yaml': null, 'desired-state/b.yaml': 'new' });
      await source.pinHead(signal);

      const files = await source.files(old, signal);

      expect(files.map(({ path }) => path)).toEqual(['desired-state/a.yaml']);
      expect(await textsOf(source, [files[0]!.blobId])).toEqual(['old']);
    });

    test('reads blobs in any number, each once', async () => {
      const { source, commit } = await begin();
      const texts = Array.from({ length: 600 }, (_, i) => `flow: ${String(i)}\n`);
      await commit(
        Object.fromEntries(texts.map((text, i) => [`desired-state/f${String(i)}.yaml`, text])),
      );
      const files = await source.files(await source.pinHead(signal), signal);

      const read = await textsOf(
        source,
        files.map(({ blobId }) => blobId),
      );

      expect(read.toSorted()).toEqual(texts.toSorted());
      expect(await textsOf(source, [])).toEqual([]);
    });

    test('a blob that the repository does not have is git.failed', async () => {
      const { source, commit } = await begin();
      await commit({ 'desired-state/a.yaml': 'a' });
      await source.pinHead(signal);

      expect(isError(await failure(textsOf(source, ['0'.repeat(40)])), 'git.failed')).toBe(true);
    });

    test('pins a branch, a tag, a commit and the beginning of its id', async () => {
      const { source, commit, tag } = await begin();
      const first = await commit({ 'desired-state/a.yaml': '1' });
      await commit({ 'desired-state/a.yaml': '2' });
      const aside = await commit({ 'desired-state/a.yaml': '3' }, { branch: 'topic/x' });
      await tag('v1', first);

      expect((await source.pin('topic/x', signal)).revision).toBe(aside);
      expect((await source.pin('v1', signal)).revision).toBe(first);
      expect((await source.pin(first, signal)).revision).toBe(first);
      expect((await source.pin(aside.slice(0, 12), signal)).revision).toBe(aside);
    });

    test.each(['nowhere', 'ffffffffffffffffffffffffffffffffffffffff', 'ffffffff', '--all', ''])(
      'pinning %j is git.no-revision',
      async (ref) => {
        const { source, commit } = await begin();
        await commit({ 'desired-state/a.yaml': '1' });

        expect(isError(await failure(source.pin(ref, signal)), 'git.no-revision')).toBe(true);
      },
    );

    test('a branch that does not exist is git.no-branch, until it does', async () => {
      const { source, commit, moveBranch } = await begin();
      expect(isError(await failure(source.pinHead(signal)), 'git.no-branch')).toBe(true);

      const made = await commit({ 'desired-state/a.yaml': '1' });
      expect((await source.pinHead(signal)).revision).toBe(made);

      await moveBranch('main', null);
      expect(isError(await failure(source.pinHead(signal)), 'git.no-branch')).toBe(true);
    });

    test('tells where two branches parted, and that others never met', async () => {
      const { source, commit, moveBranch } = await begin();
      const parted = await commit({ 'desired-state/a.yaml': '1' });
      await moveBranch('topic', parted);
      await commit({ 'desired-state/a.yaml': '2' }, { branch: 'topic' });
      await commit({ 'desired-state/a.yaml': '3' });
      await commit({ 'desired-state/a.yaml': '4' }, { branch: 'stranger' });
      const main = await source.pinHead(signal);
      const topic = await source.pin('topic', signal);

      const found = await source.mergeBase(main, topic, signal);

      expect(found).toEqual(await source.pin(parted, signal));
      expect(await source.mergeBase(topic, topic, signal)).toEqual(topic);
      const stranger = await source.pin('stranger', signal);
      expect(await source.mergeBase(main, stranger, signal)).toBeUndefined();
    });

    test('tells the commit that another was made on, and that the first has none', async () => {
      const { source, commit } = await begin();
      const first = await commit({ 'desired-state/a.yaml': 'a: 1\n' });
      await commit({ 'desired-state/a.yaml': 'a: 2\n' });

      const parent = await source.firstParent(await source.pinHead(signal), signal);

      expect(parent).toEqual(await source.pin(first, signal));
      expect(parent && (await source.firstParent(parent, signal))).toBeUndefined();
    });

    test('tells the last commit that touched a file', async () => {
      const { source, commit } = await begin();
      const first = await commit({ 'desired-state/a.yaml': '1' }, { message: 'Add a' });
      await commit({ 'desired-state/b.yaml': '1' }, { message: 'Add b' });
      const pinned = await source.pinHead(signal);
      await commit({ 'desired-state/a.yaml': '2' }, { message: 'Later' });
      await source.pinHead(signal);

      const told = await source.lastChange(pinned, 'desired-state/a.yaml', signal);

      expect(told).toEqual({ revision: first, author: AUTHOR, subject: 'Add a' });
      expect(await source.lastChange(pinned, 'desired-state/never.yaml', signal)).toBeUndefined();
    });

    test('the last change tells who approved it, where its trailers do', async () => {
      const { source, commit } = await begin();
      const trailers = ['Reviewed-by: Rea <rea@example.com>', 'Ticket: 1', 'Merged-by: Max'];
      const message = `Add a\n\nMerged-by: not in the trailers\n\n${trailers.join('\n')}`;
      const revision = await commit({ 'desired-state/a.yaml': '1' }, { message });
      const pinned = await source.pinHead(signal);

      expect(await source.lastChange(pinned, 'desired-state/a.yaml', signal)).toEqual({
        revision,
        author: AUTHOR,
        subject: 'Add a',
        approvedBy: ['Rea <rea@example.com>', 'Max'],
      });
    });

    test('a commit of the branch itself was brought in by no merge', async () => {
      const { source, commit } = await begin();
      const first = await commit({ 'desired-state/a.yaml': '1' });
      await commit({ 'desired-state/a.yaml': '2' });
      const pinned = await source.pinHead(signal);

      expect(await source.mergeOf(pinned, first, signal)).toBeUndefined();
      expect(await source.mergeOf(pinned, pinned.revision, signal)).toBeUndefined();
    });

    test('does nothing for a signal that has aborted', async () => {
      const { source, commit } = await begin();
      await commit({ 'desired-state/a.yaml': '1' });
      const reason = new Error('enough');

      expect(await failure(source.pinHead(AbortSignal.abort(reason)))).toBe(reason);
      expect(await failure(source.pin('main', AbortSignal.abort(reason)))).toBe(reason);
    });
  });
}
