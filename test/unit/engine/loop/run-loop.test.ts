import { afterEach, describe, expect, test } from '@jest/globals';
import { FlowkeeperError } from '../../../../src/domain/errors.ts';
import { aFlowId } from '../../../support/builders.ts';
import { LoopRig } from '../../../support/loop-rig.ts';
import type { LoopRigOptions } from '../../../support/loop-rig.ts';

const MINUTE = 60_000;

let rig: LoopRig;
afterEach(() => rig.stop());

async function started(options?: LoopRigOptions): Promise<LoopRig> {
  rig = new LoopRig(options);
  return rig.start();
}

const away = (): FlowkeeperError =>
  new FlowkeeperError('git.unreachable', 'git is away', { remote: 'r', reason: 'test' });

function gitIsAway(looks: number): void {
  for (let i = 0; i < looks; i += 1) rig.source.failNext('pinHead', away());
}

describe('time', () => {
  test('each org runs at the start, and once an interval after that', async () => {
    await started({ orgs: ['acme', 'other'] });
    expect([rig.runs('acme'), rig.runs('other')]).toEqual([1, 1]);
    await rig.pass(5 * MINUTE - 1);
    expect(rig.runs()).toBe(1);
    await rig.pass(1);
    expect([rig.runs('acme'), rig.runs('other')]).toEqual([2, 2]);
    await rig.pass(50 * MINUTE);
    expect(rig.runs()).toBe(12);
  });

  test.each([
    { name: 'earliest', chance: 0, ms: 0.9 * 5 * MINUTE },
    { name: 'latest', chance: 1, ms: 1.1 * 5 * MINUTE },
  ])('the interval is spread by a tenth: the $name', async ({ chance, ms }) => {
    await started({ chance: () => chance });
    await rig.pass(Math.floor(ms) - 1);
    expect(rig.runs()).toBe(1);
    await rig.pass(2);
    expect(rig.runs()).toBe(2);
  });

  test('the interval is the one that the policy says now', async () => {
    await started();
    rig.org().policy({ interval: '1h' });
    await rig.pass(MINUTE);
    const runs = rig.runs();
    await rig.pass(59 * MINUTE);
    expect(rig.runs()).toBe(runs);
    await rig.pass(2 * MINUTE);
    expect(rig.runs()).toBe(runs + 1);
  });

  test('git is looked at once a poll, however many orgs there are', async () => {
    await started({ orgs: ['a', 'b', 'c', 'd'] });
    expect(rig.looks).toBe(1);
    await rig.pass(10 * MINUTE);
    expect(rig.looks).toBe(11);
  });

  test('a flow that a gate deferred is tried when the gate said', async () => {
    await started({ policy: { rate: { perFlow: '90s' } } });
    rig.org().wants(300);
    await rig.pass(MINUTE);
    expect(rig.org().writes()).toHaveLength(1);
    rig.org().wants(301);
    // found after a minute, while the flow may not be written again for 30 more seconds
    await rig.pass(MINUTE);
    expect(rig.org().writes()).toHaveLength(1);
    await rig.pass(29_000);
    expect(rig.org().writes()).toHaveLength(1);
    await rig.pass(1_000);
    expect(rig.org().writes()).toHaveLength(2);
  });
});

describe('triggers', () => {
  test('a push starts a run at once, on what git says then', async () => {
    await started();
    rig.org().wants(300);
    await rig.loop.accept('push', { by: 'github' });
    await rig.pass(0);
    expect(rig.org().writes()).toHaveLength(1);
    expect(rig.looks).toBe(2);
    expect(rig.runs()).toBe(2);
    expect(await rig.triggers.pending('acme')).toEqual([]);
  });

  test('polling finds what no hook told of, and counts it', async () => {
    await started();
    rig.org().wants(300);
    await rig.pass(MINUTE);
    expect(rig.runs()).toBe(2);
    expect(rig.moves).toEqual([false]);
    rig.org().wants(301);
    await rig.loop.accept('push');
    await rig.pass(0);
    expect(rig.moves).toEqual([false, true]);
    // a push that moved nothing explains no later move
    await rig.loop.accept('push');
    await rig.pass(0);
    rig.org().wants(302);
    await rig.pass(MINUTE);
    expect(rig.moves).toEqual([false, true, false]);
  });

  test('a commit that leaves the desired state as it is causes no run', async () => {
    await started();
    rig.source.commit({ 'README.md': 'more\n' });
    await rig.pass(2 * MINUTE);
    expect([rig.runs(), rig.looks]).toEqual([1, 3]);
  });

  test.each([1, 2, 50])('%i pushes during a run cause exactly one more', async (pushes) => {
    await started();
    const held = rig.holdReads();
    await rig.loop.accept('push');
    await rig.pass(0);
    for (let i = 0; i < pushes; i += 1) await rig.loop.accept('push');
    await rig.pass(1_000);
    expect(rig.runs()).toBe(1);
    held.go();
    await rig.pass(1_000);
    expect(rig.runs()).toBe(3);
    expect(await rig.triggers.pending('acme')).toEqual([]);
  });

  test('the run that is under way does not answer a push that came meanwhile', async () => {
    await started();
    const held = rig.holdReads();
    await rig.loop.accept('push');
    await rig.pass(0);
    rig.org().wants(300);
    await rig.loop.accept('push');
    await rig.pass(0);
    const number = rig.triggers.accepted.length;
    held.go();
    await rig.pass(0);
    const answer = rig.triggers.accepted[number - 1]?.answeredBy;
    const run = rig.triggers.ended.find(({ runId }) => runId === answer);
    expect(run?.outcomes).toEqual({ applied: 1 });
    expect(rig.triggers.ended.indexOf(run!)).toBe(2);
  });

  test('one org is asked for alone', async () => {
    await started({ orgs: ['acme', 'other'] });
    await rig.loop.accept('person', { orgs: ['other'], by: 'Ola Operator' });
    await rig.pass(0);
    expect([rig.runs('acme'), rig.runs('other')]).toEqual([1, 2]);
    expect(rig.triggers.accepted.at(-1)).toMatchObject({ reason: 'person', by: 'Ola Operator' });
  });

  test('what another process accepted is found, and answered by a run that looked at git after it', async () => {
    await started();
    rig.org().wants(300);
    await rig.triggers.accept([{ org: 'acme', reason: 'person', at: rig.clock.now() }]);
    await rig.pass(2_000);
    expect(rig.org().writes()).toHaveLength(1);
    expect(await rig.triggers.pending('acme')).toEqual([]);
  });

  test('an earlier process died: the next one answers what was accepted', async () => {
    await started();
    rig.holdReads();
    await rig.loop.accept('push');
    await rig.pass(0);
    await rig.stop();
    expect((await rig.triggers.pending('acme')).map(({ reason }) => reason)).toEqual(['push']);
    rig.org().stub('pages', (signal) => rig.org().backend.pages(signal));
    await rig.start();
    expect(await rig.triggers.pending('acme')).toEqual([]);
  });

  test('what cannot be stored is not accepted, and the loop goes on', async () => {
    await started();
    const full = new FlowkeeperError('state.unwritable', 'disk full', { file: 'f', reason: 'r' });
    rig.triggers.failNext(full);
    await expect(rig.loop.accept('push')).rejects.toBe(full);
    rig.triggers.failNext(full);
    await rig.pass(5 * MINUTE);
    expect(rig.log.lines.some(({ fields }) => fields['code'] === 'state.unwritable')).toBe(true);
    await rig.pass(2_000);
    expect(rig.runs()).toBe(2);
  });
});

describe('orgs', () => {
  test('never two runs of one org at once, and no org waits for another', async () => {
    await started({ orgs: ['slow', 'swift'] });
    const held = rig.holdReads('slow');
    await rig.loop.accept('push');
    await rig.pass(20 * MINUTE);
    expect(rig.runs('slow')).toBe(1);
    expect(rig.runs('swift')).toBe(6);
    held.go();
    await rig.pass(0);
    expect(rig.runs('slow')).toBe(2);
  });

  test('while another process is at work on the org, it is asked again every other second', async () => {
    rig = new LoopRig();
    rig.org().lease.takenBy('acme', 'host there, process 2');
    await rig.start();
    await rig.pass(9_000);
    expect(rig.triggers.ended.map(({ error }) => error?.code)).toEqual(Array(5).fill('state.busy'));
    rig.org().lease.freed('acme');
    await rig.pass(2_000);
    expect(rig.triggers.ended.at(-1)?.error).toBeUndefined();
    expect(await rig.triggers.pending('acme')).toEqual([]);
  });

  test('an org that fails is tried ever less often, at most once an interval, and its triggers wait', async () => {
    rig = new LoopRig();
    const unreachable = new FlowkeeperError('api.unreachable', 'nobody', {
      ...{ method: 'GET', url: 'u', reason: 'r' },
    });
    let isAway = true;
    rig.org().stub('pages', (signal) => {
      if (isAway) throw unreachable;
      return rig.org().backend.pages(signal);
    });
    await rig.start();
    const starts = (): number[] => rig.triggers.ended.map((run) => run.startedAt);
    await rig.pass(12 * MINUTE);
    const gaps = starts().flatMap((at, i, all) => (i === 0 ? [] : [(at - all[i - 1]!) / 1000]));
    expect(gaps).toEqual([5, 10, 20, 40, 80, 160, 300]);
    expect((await rig.triggers.pending('acme')).length).toBeGreaterThan(0);

    // a trigger resets it
    await rig.loop.accept('push');
    await rig.pass(0);
    await rig.pass(5_000);
    expect(starts()).toHaveLength(10);
    // and so does success
    isAway = false;
    await rig.pass(10_000);
    expect(starts()).toHaveLength(11);
    expect(await rig.triggers.pending('acme')).toEqual([]);
    await rig.pass(4 * MINUTE);
    expect(starts()).toHaveLength(11);
  });
});

describe('git is away', () => {
  test('it is asked again soon, then ever less often, and at once when something calls for it', async () => {
    await started({ pollMs: MINUTE });
    gitIsAway(100);
    await rig.pass(MINUTE);
    expect(rig.looks).toBe(2);
    await rig.pass(7_000);
    // after 1, 2 and 4 seconds
    expect(rig.looks).toBe(5);
    await rig.pass(60 * MINUTE);
    const looks = rig.looks;
    expect(looks).toBeLessThan(24);
    await rig.loop.accept('push');
    await rig.pass(0);
    expect(rig.looks).toBe(looks + 1);
  });

  test('drift is corrected on what git said last, while a push waits for git', async () => {
    await started();
    gitIsAway(1_000);
    await rig.loop.accept('push');
    await rig.pass(0);
    const { backend } = rig.org();
    backend.edit(aFlowId(1), { routing: { maxWaitTime: 9 } });
    await rig.pass(6 * MINUTE);
    expect(rig.org().writes()).toHaveLength(1);
    expect((await rig.triggers.pending('acme')).map(({ reason }) => reason)).toContain('push');
  });

  test('when it is back, what waited is answered at once', async () => {
    await started();
    gitIsAway(3);
    rig.org().wants(300);
    await rig.loop.accept('push');
    await rig.pass(3_000);
    expect(rig.org().writes()).toHaveLength(0);
    // the third retry, 1 + 2 + 4 seconds later
    await rig.pass(4_000);
    expect(rig.org().writes()).toHaveLength(1);
    expect(await rig.triggers.pending('acme')).toEqual([]);
  });

  test('away from the start, the first run waits for it', async () => {
    rig = new LoopRig();
    gitIsAway(4);
    await rig.start();
    await rig.pass(14_000);
    expect(rig.runs()).toBe(0);
    await rig.pass(1_000);
    expect(rig.runs()).toBe(1);
  });
});

describe('the end', () => {
  test('draining lets the run under way end, and starts no other', async () => {
    await started();
    const held = rig.holdReads();
    await rig.loop.accept('push');
    await rig.pass(0);
    await rig.loop.accept('push');
    let isOver = false;
    const over = rig.drain().then(() => (isOver = true));
    await rig.pass(10 * MINUTE);
    expect(isOver).toBe(false);
    held.go();
    await over;
    expect(rig.runs()).toBe(2);
    expect((await rig.triggers.pending('acme')).map(({ reason }) => reason)).toEqual(['push']);
  });

  test('cancelling ends the run under way, which answers nothing', async () => {
    await started();
    rig.holdReads();
    await rig.loop.accept('push');
    await rig.pass(0);
    await rig.stop();
    expect(rig.triggers.ended.at(-1)?.error?.code).toBe('run.cancelled');
    expect(await rig.triggers.pending('acme')).toHaveLength(1);
  });

  test('nobody sleeps on after the end', async () => {
    await started({ orgs: ['a', 'b'] });
    await rig.drain();
    expect(rig.clock.sleepers).toBe(0);
  });
});
