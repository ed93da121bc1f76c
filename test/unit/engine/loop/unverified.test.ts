import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { explainRevision } from '../../../../src/engine/explain-revision.ts';
import type { RevisionView } from '../../../../src/engine/explain-revision.ts';
import { verifiedSource } from '../../../../src/engine/verified-source.ts';
import type { DesiredSource } from '../../../../src/ports/desired-source.ts';
import { aFlowId } from '../../../support/builders.ts';
import {
  FakeCommitVerifier,
  FakeVerifiedHeads,
} from '../../../support/fakes/fake-commit-verifier.ts';
import { LoopRig } from '../../../support/loop-rig.ts';

const MINUTE = 60_000;
const { signal } = new AbortController();

let rig: LoopRig;
let verifier: FakeCommitVerifier;
let source: DesiredSource;

/** A loop that goes by commits of ada alone; nobody has signed what is there. */
beforeEach(() => {
  const heads = new FakeVerifiedHeads();
  const signers: { known?: FakeCommitVerifier } = {};
  rig = new LoopRig({
    through: ({ source: fake, clock, log }) => {
      verifier = signers.known ??= new FakeCommitVerifier(fake).allow('ada');
      source = verifiedSource({ source: fake, verifier, heads, clock, log, mode: 'strict' });
      return source;
    },
  });
});
afterEach(() => rig.stop());

function signed(revision: string): string {
  verifier.sign('ada', revision);
  return revision;
}

async function explain(revision: string): Promise<RevisionView | undefined> {
  const pinned = await rig.source.pin(revision, signal);
  const asked = { pinned, orgs: ['acme'] };
  const [view] = await explainRevision({ source, triggers: rig.triggers }, asked, signal);
  return view;
}

const waits = (): unknown => rig.org().live().settings['routing'];

describe('a head that nobody signed who may', () => {
  test('is not applied, and the org and its history say why', async () => {
    signed(rig.org().wants(600));
    await rig.start();
    const writes = rig.org().writes().length;
    expect(waits()).toMatchObject({ maxWaitTime: 600 });

    const bad = rig.org().wants(30);
    await rig.pass(MINUTE);
    expect(rig.org().writes()).toHaveLength(writes);
    expect(await rig.org().state.flows.loadOrg('acme')).toMatchObject({
      state: 'Held',
      code: 'git.unverified',
      conditions: [{ type: 'Unverified', status: true, reason: 'Unsigned' }],
    });
    expect(rig.triggers.ended.at(-1)).toMatchObject({ exitCode: 4 });
    expect(rig.triggers.ended.at(-1)?.held).toContain(bad.slice(0, 10));
    expect(await explain(bad)).toMatchObject({
      kind: 'unverified',
      unverified: { revision: bad, commit: bad, fault: 'unsigned' },
    });
  });

  test('leaves what was verified before in force: drift is corrected, also after a restart', async () => {
    const good = signed(rig.org().wants(600));
    await rig.start();
    rig.org().wants(30);
    await rig.pass(MINUTE);
    await rig.stop();
    rig.org().backend.edit(aFlowId(1), { routing: { maxWaitTime: 5 } });
    await rig.start();
    await rig.pass(MINUTE);
    expect(waits()).toMatchObject({ maxWaitTime: 600 });
    expect(await explain(good)).toMatchObject({ kind: 'covered' });
  });

  test('is told of by one run, and then only what else calls for one', async () => {
    signed(rig.org().wants(600));
    await rig.start();
    rig.org().wants(30);
    await rig.pass(MINUTE);
    const runs = rig.runs();
    await rig.pass(3 * MINUTE);
    expect(rig.runs()).toBe(runs);
  });

  test('gives way to one that was signed instead of it, and the org is well again', async () => {
    const good = signed(rig.org().wants(600));
    await rig.start();
    rig.org().wants(30);
    await rig.pass(MINUTE);
    rig.source.moveBranch('main', good);
    const next = signed(rig.org().wants(700));
    await rig.pass(MINUTE);
    expect(waits()).toMatchObject({ maxWaitTime: 700 });
    const org = await rig.org().state.flows.loadOrg('acme');
    expect(org).toMatchObject({ state: 'Ready' });
    expect(org?.conditions).toBeUndefined();
    expect(await explain(next)).toMatchObject({ kind: 'covered' });
  });

  test('where none was ever verified, nothing runs until one is', async () => {
    const bad = rig.org().wants(600);
    await rig.start();
    await rig.pass(30 * MINUTE);
    expect(rig.runs()).toBe(0);
    expect(rig.loop.view().head.error).toMatchObject({ code: 'git.unverified' });
    expect(await explain(bad)).toMatchObject({ kind: 'unverified' });
    signed(rig.org().wants(601));
    await rig.pass(6 * MINUTE);
    expect(waits()).toMatchObject({ maxWaitTime: 601 });
  });
});
