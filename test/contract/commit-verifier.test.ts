import { jest } from '@jest/globals';
import { makeGitCommitVerifier } from '../../src/adapters/git/git-commit-verifier.ts';
import { FakeCommitVerifier } from '../support/fakes/fake-commit-verifier.ts';
import { FakeDesiredSource } from '../support/fakes/fake-desired-source.ts';
import { MemoryLog } from '../support/fakes/memory-log.ts';
import { aGitSourceRig } from '../support/git-source-rig.ts';
import { commitSigned, Signing } from '../support/signing.ts';
import { describeCommitVerifier } from './commit-verifier.contract.ts';

jest.setTimeout(60_000);

const { signal } = new AbortController();

describeCommitVerifier('FakeCommitVerifier', async () => {
  const source = new FakeDesiredSource();
  const verifier = new FakeCommitVerifier(source).allow('ada');
  const first = source.commit({ a: '1' });
  return {
    verifier,
    first,
    async commit(signer) {
      const revision = source.commit({ a: String(Math.random()) });
      if (signer !== undefined) verifier.sign(signer, revision);
      return revision;
    },
    async moveTo(parent) {
      source.moveBranch('main', parent);
      return source.commit({ a: 'moved' });
    },
    async swap() {
      verifier.allow('eve');
    },
    stop: () => Promise.resolve(),
  };
});

describeCommitVerifier('git with SSH keys', async () => {
  const signing = await Signing.create();
  const rig = await aGitSourceRig();
  const { repository, mirror } = rig;
  const first = await repository.commit({ a: '1' });
  const signers = { ada: await signing.ssh('ada'), eve: await signing.ssh('eve') };
  const allow = (who: 'ada' | 'eve'): Promise<string> =>
    signing.file('allowed', `${who}@example.com ${signers[who].publicKey}\n`);
  const files = { allowedSigners: await allow('ada') };
  const options = { repository: repository.path, mirrorDirectory: mirror, files };
  const fetched = async (revision: string): Promise<string> => {
    await rig.source().pinHead(signal);
    return revision;
  };
  return {
    verifier: makeGitCommitVerifier(options, { log: new MemoryLog() }),
    first,
    async commit(signer) {
      if (signer === undefined) return fetched(await repository.commit({ a: 'again' }));
      const parents = [(await repository.head()) ?? ''];
      return fetched(await commitSigned(repository, signers[signer], { parents }));
    },
    moveTo: async (parent) => fetched(await repository.commit({ a: 'moved' }, { parent })),
    swap: () => allow('eve'),
    async stop() {
      await repository.remove();
      await signing.remove();
    },
  };
});
