import { afterEach, describe, expect, test } from '@jest/globals';
import type { Revision } from '../../src/domain/flow.ts';
import type { CommitVerifier } from '../../src/ports/commit-verifier.ts';

/** Commits in one line, the first of them not signed by anybody, and a verifier that knows them. */
export interface SignedWorld {
  readonly verifier: CommitVerifier;
  readonly first: Revision;
  /** A commit on the branch's tip; undefined: nobody signs it. `ada` may sign, `eve` may not. */
  readonly commit: (signer?: 'ada' | 'eve') => Promise<Revision>;
  /** Another commit on top of an older one: the branch is there now. */
  readonly moveTo: (parent: Revision) => Promise<Revision>;
  /** From now on eve may sign, and ada may not. */
  readonly swap: () => Promise<unknown>;
  readonly stop: () => Promise<void>;
}

const { signal } = new AbortController();

/** What every CommitVerifier owes the engine. Run on the fake and on git with real keys. */
export function describeCommitVerifier(name: string, start: () => Promise<SignedWorld>): void {
  describe(`CommitVerifier contract: ${name}`, () => {
    let world: SignedWorld;
    afterEach(() => world.stop());

    test('only a commit that somebody signed who may is good', async () => {
      world = await start();
      const { verifier, commit } = world;
      const good = await commit('ada');
      const unknown = await commit('eve');
      const unsigned = await commit();
      const faultOf = (tip: Revision): ReturnType<CommitVerifier['findFault']> =>
        verifier.findFault({ tip }, signal);

      expect(await faultOf(good)).toBeUndefined();
      expect(await faultOf(unknown)).toMatchObject({ commit: unknown, fault: 'unknown-signer' });
      expect(await faultOf(unsigned)).toMatchObject({ commit: unsigned, fault: 'unsigned' });
    });

    test('since another, the oldest commit at fault is told, and that one itself does not count', async () => {
      world = await start();
      const { verifier, commit, first } = world;
      const bad = await commit('eve');
      await commit();
      const tip = await commit('ada');

      const since = (revision: Revision): ReturnType<CommitVerifier['findFault']> =>
        verifier.findFault({ tip, since: revision }, signal);
      expect(await since(first)).toMatchObject({ commit: bad });
      expect(await since(bad)).toMatchObject({ fault: 'unsigned' });
      expect(await since(tip)).toBeUndefined();
    });

    test('a tip that does not have the other is a branch that was rewritten', async () => {
      world = await start();
      const { verifier, commit, moveTo, first } = world;
      const before = await commit('ada');
      const tip = await moveTo(first);
      expect(await verifier.findFault({ tip, since: before }, signal)).toMatchObject({
        commit: tip,
        fault: 'rewritten',
      });
    });

    test('the ground is another one when others may sign, and then they count', async () => {
      world = await start();
      const { verifier, commit, swap } = world;
      const tip = await commit('ada');
      const before = await verifier.ground();
      expect(await verifier.ground()).toBe(before);
      await swap();
      expect(await verifier.ground()).not.toBe(before);
      expect(await verifier.findFault({ tip }, signal)).toMatchObject({ fault: 'unknown-signer' });
    });
  });
}
