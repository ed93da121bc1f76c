import { expect, test } from '@jest/globals';
import { FlowkeeperError } from '../../../src/domain/errors.ts';
import { makeAuthorLookup } from '../../../src/engine/author-lookup.ts';
import { REVISION } from '../../support/builders.ts';
import { EngineRig, waiting } from '../../support/engine-rig.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import { FakeDesiredSource } from '../../support/fakes/fake-desired-source.ts';
import { MemoryLog } from '../../support/fakes/memory-log.ts';
import { someLimits } from '../../support/some-limits.ts';

test('git is asked for an author while the flow is written, and once', async () => {
  const rig = new EngineRig();
  rig.commit({ 1: waiting(300) }, { author: 'Ada <ada@example.com>' });
  let askedBeforeWrite = 0;
  rig.backend.onNext('write', () => {
    askedBeforeWrite = rig.source.callsOf('lastChange');
  });

  await rig.run();

  expect([askedBeforeWrite, rig.source.callsOf('lastChange')]).toEqual([1, 1]);
  expect(rig.audits()).toMatchObject([{ author: 'Ada <ada@example.com>' }]);
});

test('a lookup that nobody waits for may fail when the run is stopped', async () => {
  const source = new FakeDesiredSource('desired-state');
  const stopped = new AbortController();
  const authorOf = makeAuthorLookup(
    { source, log: new MemoryLog() },
    someLimits(new FakeClock()),
    stopped.signal,
  );
  const reason = new FlowkeeperError('run.cancelled', 'stopped', { org: 'acme' });
  stopped.abort(reason);

  void authorOf('a.yaml', REVISION);

  await expect(authorOf('a.yaml', REVISION)).rejects.toBe(reason);
});
