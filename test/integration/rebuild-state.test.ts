import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import { openSqliteStateStore } from '../../src/adapters/state/sqlite-state-store.ts';
import { rebuildState } from '../../src/app/rebuild-state.ts';
import type { RebuildDocument } from '../../src/app/rebuild-state.ts';
import { isError } from '../../src/domain/errors.ts';
import { exitCodeOf } from '../../src/engine/run-report.ts';
import type { FlowRecord } from '../../src/ports/state-store.ts';
import { flowPath } from '../support/desired-files.ts';
import { expectDocument } from '../support/document-schemas.ts';
import { ACME, IntegrationRig, LIST_ROUTE, SWIFT_POLICY } from '../support/integration-rig.ts';
import { revertByGit } from '../support/revert-by-git.ts';
import { runRigCli } from '../support/run-cli.ts';

const HOUR_MS = 3_600_000;
const POLICY = {
  ...SWIFT_POLICY,
  rate: { ...SWIFT_POLICY.rate, perFlow: '1h' },
  massChange: { maxFlows: 50, maxShare: 1 },
};
const signal = new AbortController().signal;

let rig: IntegrationRig;
let merged: string;
let narrowed: string;

const idOf = (nth: number): string => rig.flows()[nth]!.id;
const seedOf = (nth: number): { readonly type?: string } =>
  rig.flows()[nth]!.settings['routing'] as { readonly type?: string };
const stateFile = (): string => join(rig.stateFolder, 'state.db');

/** A commit after which git declares these routing settings of a flow, and nothing else. */
function routing(nth: number, settings: object): Promise<string> {
  const { id, name } = rig.flows()[nth]!;
  const file = stringify({ flowId: id, name, settings: { routing: settings } });
  return rig.repository.commit({ [flowPath(ACME, id)]: file });
}

/**
 * A while in the life of an installation: flow 0 changed by a merge, flow 1 drifted and corrected, flow 2 rolled back and
 * held back, flow 3 declares a field more than before. The other two were always in sync.
 */
beforeEach(async () => {
  rig = await IntegrationRig.start({ speed: 20, orgs: [{ flows: 6, policy: POLICY }] });
  await routing(3, { maxWaitTime: 600 });
  await rig.reconcile();
  rig.clock.advance(2 * HOUR_MS);
  merged = await routing(0, { maxWaitTime: 111 });
  rig.org().edit(idOf(1), { routing: { maxWaitTime: 9 } }, { by: 'Sam Supervisor' });
  expect(exitCodeOf(await rig.reconcile())).toBe(0);
  const type = seedOf(3).type === 'skillBased' ? 'roundRobin' : 'skillBased';
  narrowed = await routing(3, { maxWaitTime: 600, type });
  await routing(2, { maxWaitTime: 222 });
  const pointer = '/routing/maxWaitTime';
  rig.simulator.faults.add({
    kind: 'store-differently',
    method: 'PATCH',
    flowId: idOf(2),
    nth: 1,
    pointer,
    value: 1,
  });
  const report = await rig.reconcile();
  expect(report.outcomes.map(({ status }) => status).sort()).toEqual(['applied', 'rolled-back']);
  await rig.stop();
  rig.simulator.faults.clear();
});

afterEach(() => rig.close());

/** All that is remembered of the flows. */
async function records(): Promise<ReadonlyMap<string, FlowRecord>> {
  const store = await openSqliteStateStore({
    directory: rig.stateFolder,
    clock: rig.clock,
    log: rig.log,
  });
  try {
    return await store.flows.load(ACME, [...(await store.flows.index(ACME)).keys()]);
  } finally {
    await store.close();
  }
}

/** The record of an attempt is made a moment after its write. */
function expectRemembered(again: FlowRecord | undefined, known: FlowRecord): void {
  const { applied, lastUpdateAt = 0, fight, ...rest } = known;
  expect(again).toMatchObject(JSON.parse(JSON.stringify(rest)) as object);
  expect({ ...again?.applied, at: 0 }).toEqual({ ...applied, at: 0 });
  const namesIn = (one: typeof fight) => one?.corrections.map(({ by }) => by);
  expect(namesIn(again?.fight)).toEqual(namesIn(fight));
  const lateMs = (again?.lastUpdateAt ?? 0) - lastUpdateAt;
  expect(lateMs).toBeGreaterThanOrEqual(0);
  expect(lateMs).toBeLessThan(HOUR_MS / 2);
}

function rebuild(): Promise<RebuildDocument> {
  return rebuildState(rig.config, { log: rig.log, clock: rig.clock }, signal);
}

function lose(): void {
  for (const name of readdirSync(rig.stateFolder))
    if (name.startsWith('state.db')) rmSync(join(rig.stateFolder, name));
}

function damage(): void {
  writeFileSync(stateFile(), readFileSync(stateFile()).fill(0x5a, 4096, 20_000));
}

/** Only the page where a table begins. */
function damageTable(table: string): void {
  const database = new DatabaseSync(stateFile());
  const row = database.prepare('select rootpage from sqlite_schema where name = ?').get(table);
  database.close();
  const at = (Number(row?.['rootpage']) - 1) * 4096;
  writeFileSync(stateFile(), readFileSync(stateFile()).fill(0x5a, at, at + 4096));
}

/** Of the files that make up the state; not the lock, nor what SQLite makes at each look. */
function stateBytes(): Readonly<Record<string, string>> {
  const names = readdirSync(rig.stateFolder).filter(
    (name) => /^state\.db(?!-shm)/.test(name) && statSync(join(rig.stateFolder, name)).size > 0,
  );
  return Object.fromEntries(
    names.map((name) => {
      const bytes = readFileSync(join(rig.stateFolder, name));
      return [name, createHash('sha256').update(bytes).digest('hex')];
    }),
  );
}

describe.each([
  ['lost', lose],
  ['damaged', damage],
])('a state file that was %s', (_how, harm) => {
  test('is rebuilt: what was applied, what is a revert, what is held back, and when each flow was written', async () => {
    const before = await records();
    harm();
    const document = await rebuild();
    expectDocument('state-rebuild', document);
    expect(document.orgs).toEqual([
      {
        org: ACME,
        flows: 6,
        heldBack: [idOf(2)],
        reloadPending: [],
        withoutApplied: [],
        unreadable: [],
        changes: 1,
      },
    ]);
    const after = await records();
    expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
    for (const [id, record] of before) expectRemembered(after.get(id), record);
    expect(after.get(idOf(3))?.applied?.displaced).toEqual(before.get(idOf(3))?.applied?.displaced);
  });

  test('is followed by a run as without the loss: nothing is written, and nothing is recorded twice', async () => {
    const audits = await rig.audit();
    const patches = rig.patches().length;
    harm();
    await rebuild();
    const report = await rig.reconcile();

    expect(report.outcomes).toMatchObject([{ flowId: idOf(2), status: 'blocked' }]);
    expect(report.outcomes[0]?.reason).toContain('held back');
    expect(report.publishing).toEqual({ kind: 'nothing' });
    expect(rig.patches()).toHaveLength(patches);
    expect(await rig.audit()).toEqual(audits);
    expect((await runRigCli(rig, 'audit', 'verify')).exitCode).toBe(0);
  });

  test('knows the interval of each flow, and a revert that need not wait for it', async () => {
    harm();
    await rebuild();
    rig.org().edit(idOf(1), { routing: { maxWaitTime: 8 } }, { by: 'Sam Supervisor' });
    await revertByGit(rig.repository, merged);
    await revertByGit(rig.repository, narrowed);
    const report = await rig.reconcile();

    const kinds = report.plan?.changes.map(({ flowId, kind }) => [flowId, kind]);
    expect(kinds).toEqual(
      expect.arrayContaining([
        [idOf(0), 'revert'],
        [idOf(3), 'revert'],
        [idOf(1), 'drift'],
      ]),
    );
    const ended = new Map(report.outcomes.map((outcome) => [outcome.flowId, outcome.status]));
    expect(ended.get(idOf(0))).toBe('applied');
    expect(ended.get(idOf(3))).toBe('applied');
    expect(ended.get(idOf(1))).toBe('deferred');
    expect(ended.get(idOf(2))).toBe('blocked');
    // what stood there before it was declared comes back
    const { routing: after } = rig.org().flow(idOf(3)).settings;
    expect(after).toEqual({ ...seedOf(3), maxWaitTime: 600 });
  });
});

describe('doctor --rebuild-state', () => {
  test('keeps the damaged file, says what was found, what is known again, and what is lost', async () => {
    const damaged = (damage(), readFileSync(stateFile()));
    const end = await runRigCli(rig, 'doctor', '--rebuild-state');
    expect(end).toMatchObject({ exitCode: 0, stderr: '' });
    const kept = /The old file is kept as (\S+)\.\n/.exec(end.stdout)?.[1] ?? '';
    expect(readFileSync(kept).equals(damaged)).toBe(true);
    expect(end.stdout).toContain('[state.corrupt]');
    expect(end.stdout).toContain(`${ACME}: 6 flows known again, of which 1 differs from git now`);
    expect(end.stdout).toContain(`held back still: ${idOf(2)}`);
    expect(end.stdout).toContain('Not known any more: what was never pushed');
    expect((await runRigCli(rig, 'doctor', '--output', 'json')).stdout).toContain('is whole');
  });

  test('tells how many records the old file still shows that were never pushed', async () => {
    await rig.repository.installHook('pre-receive', 'exit 1');
    rig.clock.advance(2 * HOUR_MS);
    rig.org().edit(idOf(4), { routing: { maxWaitTime: 9 } }, { by: 'Sam Supervisor' });
    expect((await rig.reconcile()).publishing).toMatchObject({ kind: 'kept' });
    await rig.stop();
    damageTable('parse_cache');
    const document = await rebuild();
    expect(document.lost).toEqual({ audits: 1, snapshots: 1, attempts: 0 });
    // the write that was never recorded may have been ours: so a reload is asked for, and the interval holds
    expect(document.orgs).toMatchObject([{ reloadPending: [idOf(4)] }]);
    rig.org().edit(idOf(4), { routing: { maxWaitTime: 7 } }, { by: 'Sam Supervisor' });
    const reloads = rig.org().reloads().length;
    const report = await rig.reconcile();
    expect(report.outcomes).toContainEqual(
      expect.objectContaining({ flowId: idOf(4), status: 'deferred' }),
    );
    expect(rig.org().reloads()).toHaveLength(reloads + 1);
  });

  test('refuses a state that is whole, and leaves every byte of it', async () => {
    const before = stateBytes();
    const end = await runRigCli(rig, 'doctor', '--rebuild-state');
    expect(end).toMatchObject({ exitCode: 1, stdout: '' });
    expect(end.stderr).toContain('[state.whole]');
    expect(stateBytes()).toEqual(before);
  });

  test('refuses while another process has the state open, and works once that has ended', async () => {
    damage();
    const { log, clock } = rig;
    const open = { directory: rig.stateFolder, clock, log };
    // a process that came before the damage
    const aside = readFileSync(stateFile());
    rmSync(stateFile());
    const store = await openSqliteStateStore(open);
    const failure: unknown = await rebuild().catch((error: unknown) => error);
    expect(isError(failure, 'state.in-use')).toBe(true);
    await store.close();
    writeFileSync(stateFile(), aside);
    expect((await rebuild()).orgs).toMatchObject([{ flows: 6 }]);
  });

  test.each([
    ['the org', () => rig.simulator.faults.add({ kind: 'status', status: 503, path: LIST_ROUTE })],
    ['the repository', () => rig.repository.run('update-ref', '-d', 'refs/heads/main')],
  ])('changes nothing when %s cannot be read', async (_what, fail) => {
    damage();
    const before = stateBytes();
    await fail();
    const failure: unknown = await rebuild().catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: expect.stringMatching(/^(api|git)\./) as unknown });
    expect(stateBytes()).toEqual(before);
  });

  test('takes no single org: a state file holds all of them', async () => {
    const end = await runRigCli(rig, 'doctor', '--rebuild-state', '--org', ACME);
    expect(end).toMatchObject({ exitCode: 1, stdout: '' });
    expect(end.stderr).toContain('[cli.usage]');
  });

  test('says of what is not in git any more that it is not known', async () => {
    // the history is rewritten: what was applied to flow 0, and what flow 2 was in sync with, is gone
    const files = Object.fromEntries(await rig.repository.files());
    const { id, name } = rig.flows()[0]!;
    const other = stringify({ flowId: id, name, settings: { routing: { maxWaitTime: 5 } } });
    await rig.repository.commit({ ...files, [flowPath(ACME, id)]: other }, { parent: null });
    await rig.repository.run('reflog', 'expire', '--expire=now', '--all');
    await rig.repository.run('gc', '-q', '--prune=now');
    for (const name of ['source.git', 'status.git'])
      rmSync(join(rig.stateFolder, name), { recursive: true });
    lose();
    expect((await rebuild()).orgs).toMatchObject([
      { flows: 6, withoutApplied: [idOf(0), idOf(2)].sort() },
    ]);
  });
});
