import { makeSimpleGitStatusBranch } from '../../src/adapters/git/simple-git-status-branch.ts';
import { FakeStatusBranch } from '../support/fakes/fake-status-branch.ts';
import { MemoryLog } from '../support/fakes/memory-log.ts';
import { GitRepository } from '../support/git-repository.ts';
import { SkippingClock } from '../support/skipping-clock.ts';
import { describeStatusBranch } from './status-branch.contract.ts';

const BRANCH = 'flowkeeper/status';

describeStatusBranch('FakeStatusBranch', () => {
  const branch = new FakeStatusBranch({ pushAttempts: 3 });
  return {
    branch,
    commitByHand: (files) => branch.commitByHand(files),
    files: () => branch.files,
    commits: () => branch.commits.map(({ revision, subject }) => ({ revision, subject })),
    stop: () => undefined,
  };
});

describeStatusBranch('simple-git on a bare repository', async () => {
  const repository = await GitRepository.create();
  return {
    branch: makeSimpleGitStatusBranch(
      {
        repository: repository.path,
        branch: BRANCH,
        mirrorDirectory: repository.beside('mirrors/status.git'),
        author: { name: 'flowkeeper', email: 'flowkeeper@example.com' },
        pushAttempts: 3,
      },
      { log: new MemoryLog(), clock: new SkippingClock(), random: () => 0.5 },
    ),
    commitByHand: (files) => repository.commit(files, { branch: BRANCH }),
    files: () => repository.files(BRANCH),
    commits: async () =>
      (await repository.head(BRANCH)) === undefined
        ? []
        : (await repository.log(BRANCH))
            .toReversed()
            .map(({ revision, subject }) => ({ revision, subject })),
    stop: () => repository.remove(),
  };
});
