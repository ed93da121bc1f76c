import { makeSimpleGitSource } from '../../src/adapters/git/simple-git-source.ts';
import { FakeDesiredSource } from '../support/fakes/fake-desired-source.ts';
import { MemoryLog } from '../support/fakes/memory-log.ts';
import { GitRepository } from '../support/git-repository.ts';
import { describeDesiredSource } from './desired-source.contract.ts';

describeDesiredSource('FakeDesiredSource', () => {
  const source = new FakeDesiredSource();
  return {
    source,
    commit: (files, options) => source.commit(files, options),
    tag: (name, revision) => source.tag(name, revision),
    moveBranch: (name, revision) => source.moveBranch(name, revision),
    stop: () => undefined,
  };
});

describeDesiredSource('simple-git on a bare repository', async () => {
  const repository = await GitRepository.create();
  return {
    source: makeSimpleGitSource(
      {
        repository: repository.path,
        branch: 'main',
        directory: 'desired-state',
        mirrorDirectory: repository.beside('mirrors/source.git'),
      },
      { log: new MemoryLog() },
    ),
    commit: (files, options) => repository.commit(files, options),
    tag: (name, revision) => repository.run('tag', name, revision),
    moveBranch: (name, revision) =>
      repository.run(
        'update-ref',
        ...(revision === null ? ['-d'] : []),
        `refs/heads/${name}`,
        ...(revision === null ? [] : [revision]),
      ),
    stop: () => repository.remove(),
  };
});
