import { describe, expect, test } from '@jest/globals';
import { FlowkeeperError } from '../../../../src/domain/errors.ts';
import { exitCodeOfChecks } from '../../../../src/engine/doctor/check.ts';
import { checkSource, checkStatusBranch } from '../../../../src/engine/doctor/check-git.ts';
import type { CheckedSource } from '../../../../src/engine/doctor/check-git.ts';
import { makeDesiredLoader } from '../../../../src/engine/load-desired.ts';
import { ORG_ID } from '../../../support/builders.ts';
import { EngineRig, ORG, waiting } from '../../../support/engine-rig.ts';
import { someLimits } from '../../../support/some-limits.ts';

const signal = new AbortController().signal;
const DIRECTORY = 'desired-state';
const AWAY = new FlowkeeperError('git.unreachable', 'no route', { remote: 'r', reason: 'x' });

function check(rig: EngineRig, orgs: readonly string[] = [ORG]): Promise<CheckedSource> {
  const { source } = rig;
  const loader = makeDesiredLoader(rig, DIRECTORY);
  const limitsOf = () => someLimits(rig.clock);
  const named = orgs.map((org) => ({ org, orgId: ORG_ID }));
  return checkSource({ source, loader, directory: DIRECTORY, orgs: named, limitsOf }, signal);
}

describe('checkSource', () => {
  test('tells the revision, and what git says of each org', async () => {
    const rig = new EngineRig();
    const revision = rig.commit({ 1: waiting(300), 2: waiting(300) });
    const { checks, desired } = await check(rig);
    expect(checks).toEqual([
      { check: 'source', result: 'ok', message: `read at ${revision.slice(0, 10)}` },
      {
        check: 'desired',
        org: ORG,
        result: 'ok',
        message: 'git describes 2 flows, mode enforce',
      },
    ]);
    expect(desired.get(ORG)?.flows).toHaveLength(2);
  });

  test('a repository that cannot be read fails, and of the orgs nothing is known', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.source.failNext('pinHead', AWAY);
    const { checks, desired } = await check(rig);
    expect(checks).toMatchObject([
      { check: 'source', result: 'fail', code: 'git.unreachable' },
      { check: 'desired', org: ORG, result: 'unchecked' },
    ]);
    expect(desired.size).toBe(0);
    expect(exitCodeOfChecks(checks)).toBe(1);
  });

  test('faults of files fail with each at its place, and exit code 3', async () => {
    const rig = new EngineRig();
    rig.commit({ 1: waiting(300), 2: 'flowId: [\n' });
    const { checks, desired } = await check(rig);
    expect(checks[1]).toMatchObject({
      result: 'fail',
      code: 'desired.invalid',
      message: expect.stringContaining('these flows stay as they are') as unknown,
      faults: [{ file: rig.pathOf(2), line: 2 }],
    });
    expect(exitCodeOfChecks(checks)).toBe(3);
    expect(desired.get(ORG)?.flows).toHaveLength(1);
  });

  test('a policy with faults is said to stop the org', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.policy({ mode: 'sometimes' });
    const { checks } = await check(rig);
    expect(checks[1]?.message).toContain('nothing is written');
  });

  test('an org that the repository does not have fails, and the others are looked at', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    const { checks } = await check(rig, ['nowhere', ORG]);
    expect(checks).toMatchObject([
      { result: 'ok' },
      { org: 'nowhere', result: 'fail', code: 'desired.no-org' },
      { org: ORG, result: 'ok' },
    ]);
  });

  test('an org of which git describes no flow is something to look at', async () => {
    const rig = new EngineRig();
    rig.policy({});
    expect((await check(rig)).checks[1]).toMatchObject({ result: 'warn' });
  });
});

describe('checkStatusBranch', () => {
  test('a branch that may be pushed is well, with what a dry run cannot tell', async () => {
    const { statusBranch } = new EngineRig();
    const found = await checkStatusBranch(statusBranch, signal);
    expect(found).toMatchObject({ result: 'ok' });
    expect(found.message).toContain('protected branches, hooks');
    expect(statusBranch.commits).toEqual([]);
  });

  test('one that may be read and not pushed fails', async () => {
    const { statusBranch } = new EngineRig();
    statusBranch.failNextProbe(
      new FlowkeeperError('git.auth-failed', 'read only', { remote: 'r' }),
    );
    expect(await checkStatusBranch(statusBranch, signal)).toMatchObject({
      result: 'fail',
      code: 'git.auth-failed',
      next: expect.stringContaining('git token') as unknown,
    });
  });
});
