import { afterEach, expect, test } from '@jest/globals';
import { exitCodeOf } from '../../src/engine/run-report.ts';
import { flowPath } from '../support/desired-files.ts';
import { ACME, IntegrationRig } from '../support/integration-rig.ts';
import { revertByGit } from '../support/revert-by-git.ts';

let rig: IntegrationRig;

afterEach(() => rig.close());

test('reverting a commit that began to declare fields restores what stood in them', async () => {
  rig = await IntegrationRig.start();
  const { id, name } = rig.flows()[1]!;
  const before = rig.org().flow(id).settings;
  const commit = (settings: string): Promise<string> =>
    rig.repository.commit(
      { [flowPath(ACME, id)]: `flowId: ${id}\nname: ${JSON.stringify(name)}\n${settings}` },
      { author: { name: 'Pat Platform', email: 'pat@example.com' }, message: 'Declare more' },
    );
  const { type } = before['routing'] as { readonly type: string };
  await commit(`settings:\n  routing: { type: ${type} }\n`);
  expect(exitCodeOf(await rig.reconcile())).toBe(0);

  const declared = await commit(
    `settings:\n  routing: { type: ${type}, maxWaitTime: 4321 }\n  surveys: { enabled: true }\n`,
  );
  expect(exitCodeOf(await rig.reconcile())).toBe(0);
  expect(rig.org().flow(id).inEffect).toMatchObject({
    routing: { maxWaitTime: 4321 },
    surveys: { enabled: true },
  });

  await revertByGit(rig.repository, declared);
  const report = await rig.reconcile();
  expect(exitCodeOf(report)).toBe(0);
  expect(report.plan?.changes).toMatchObject([{ flowId: id, kind: 'revert' }]);
  const { surveys, ...rest } = rig.org().flow(id).inEffect;
  expect(surveys ?? null).toBeNull();
  expect(rest).toEqual(before);

  // and that is that: what is not declared is left alone again
  rig.org().edit(id, { routing: { maxWaitTime: 77 } }, { by: 'Sam Supervisor' });
  expect((await rig.reconcile()).plan?.changes).toEqual([]);
});
