import { rename } from 'node:fs/promises';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { makeGitCommitVerifier } from '../../../../src/adapters/git/git-commit-verifier.ts';
import { MemoryLog } from '../../../support/fakes/memory-log.ts';
import { git } from '../../../support/git-repository.ts';
import { aGitSourceRig } from '../../../support/git-source-rig.ts';
import type { GitSourceRig } from '../../../support/git-source-rig.ts';
import { commitSigned, Signing } from '../../../support/signing.ts';
import { describeWithTool } from '../../../support/tool.ts';

jest.setTimeout(60_000);

const { signal } = new AbortController();
let rig: GitSourceRig;
let signing: Signing;

beforeEach(async () => {
  rig = await aGitSourceRig();
  signing = await Signing.create();
});
afterEach(async () => {
  await rig.repository.remove();
  await signing.remove();
});

describeWithTool('ssh-keygen', 'openssh-client')(
  'a remote that gives only part of its history',
  () => {
    test('cannot hide an unsigned commit below a signed head', async () => {
      const { repository, mirror } = rig;
      const ada = await signing.ssh('ada');
      const files = { allowedSigners: await signing.file('allowed', `* ${ada.publicKey}\n`) };
      const verifier = makeGitCommitVerifier(
        { repository: repository.path, mirrorDirectory: mirror, files },
        { log: new MemoryLog() },
      );
      const since = await repository.commit({ 'desired-state/a.yaml': '1' });
      const source = rig.source();
      await source.pinHead(signal);
      const hidden = await repository.commit({ 'desired-state/a.yaml': '2' });
      const tip = await commitSigned(repository, ada, { parents: [hidden] });

      const whole = repository.beside('whole.git');
      await rename(repository.path, whole);
      await git(['clone', '-q', '--bare', '--depth', '1', `file://${whole}`, repository.path]);

      // whether the head can be pinned is one thing, whether it is verified another
      const judged = source
        .pinHead(signal)
        .then(() => verifier.findFault({ tip, since }, signal))
        .then((fault) => fault?.fault ?? 'verified')
        .catch((error: unknown) => (error as { readonly code?: string }).code);
      expect(['git.failed', 'rewritten']).toContain(await judged);
    });
  },
);
