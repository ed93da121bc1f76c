import type { LiveFlow, Settings } from '../../src/domain/flow.ts';
import { canonicalText, hashOf } from '../../src/domain/hash.ts';
import { applyBlocks } from '../../src/plan/make-blocks.ts';
import type { Snapshot } from '../../src/ports/state-store.ts';
import { mustHold } from './breach.ts';
import { checkGates, isFrozen } from './check-gates.ts';
import type { ControllerRun } from './controller-run.ts';
import { validSpec } from './git-model.ts';
import { changedLeaves, isSameLeaf, leavesOf } from './leaves.ts';
import type { LedgerWrite } from './ledger.ts';
import { isIgnoredAt } from './standing.ts';
import { ORG } from './world.ts';

/** An attempt as the journal has it at the moment of a write. */
interface OpenAttempt {
  readonly attemptId: string;
  readonly step: 'patch' | 'rollback';
  readonly data: Readonly<Record<string, unknown>>;
}

/** What must hold right when a write leaves. @throws Breach */
export async function checkWrite(
  run: ControllerRun,
  base: LiveFlow,
  blocks: Settings,
): Promise<Pick<LedgerWrite, 'attemptId' | 'step'>> {
  const attempt = openAttempt(run, base.id);
  const what = `the write of ${base.name} over version ${String(base.version)}`;
  const known = run.world.service.ledger.at(base.id, base.version);
  mustHold(
    known !== undefined && isSame(known.settings, base.settings ?? {}),
    () => `${what} is based on settings that the flow never had`,
  );
  const asked = applyBlocks(base.settings ?? {}, blocks);
  if (attempt.step === 'rollback') {
    checkRestore(run, attempt, { base, asked, what });
  } else {
    await checkSnapshot(run, base, what);
    checkBody(run, { base, asked, what });
    checkGates(run, base, attempt.data['kind'] === 'revert');
    run.written.add(base.id);
  }
  return { attemptId: attempt.attemptId, step: attempt.step };
}

/** No reload is asked for where nothing may change, but for a write that was begun. */
export function checkReload(run: ControllerRun): void {
  const { world, git } = run;
  const isQuiet =
    git.policy === 'faulty' || git.policy.isReportOnly === true || isFrozen(run, false);
  const hasOpen = [...world.state.attempts.values()].some(({ ended }) => !ended);
  mustHold(!isQuiet || hasOpen, () => 'a reload was asked for where nothing may change');
}

function openAttempt({ world }: ControllerRun, flowId: string): OpenAttempt {
  const open = [...world.state.attempts.values()].filter(
    ({ start, ended }) => !ended && start.flowId === flowId,
  );
  const [attempt] = open;
  mustHold(attempt !== undefined && open.length === 1, () => `a write of ${flowId} has no attempt`);
  const { start, entries } = attempt;
  const step = entries.at(-1)?.to;
  mustHold(
    step === 'patch' || step === 'rollback',
    () => `a write of ${flowId} is sent while the journal is at ${step ?? 'nothing'}`,
  );
  const data = entries.reduce((all, { data: more }) => ({ ...all, ...more }), start.data);
  return { attemptId: start.attemptId, step, data };
}

/** A snapshot of the very version that is written over is stored, whole, and was read back since. */
async function checkSnapshot(run: ControllerRun, base: LiveFlow, what: string): Promise<void> {
  const { world, ports } = run;
  const snapshot = await world.state.snapshots.get(ORG, base.id, base.version);
  const settings = base.settings ?? {};
  mustHold(
    snapshot !== undefined &&
      isSame(snapshot.settings, settings) &&
      snapshot.hash === hashOf(settings),
    () => `${what} has no snapshot of what it writes over`,
  );
  const isOf = ({ name, args }: (typeof ports.calls)[number]): boolean => {
    const [first, flowId, version] = args;
    if (name === 'state.snapshots.get') return flowId === base.id && version === base.version;
    if (name !== 'state.snapshots.put') return false;
    const put = first as Snapshot;
    return put.flowId === base.id && put.version === base.version;
  };
  const last = ports.calls.filter(isOf).at(-1);
  mustHold(last?.name === 'state.snapshots.get', () => `${what}: its snapshot was not read back`);
}

interface Body {
  readonly base: LiveFlow;
  readonly asked: Settings;
  readonly what: string;
}

/** The body is what is there with what git declares over it: no more, no less. */
function checkBody(run: ControllerRun, { base, asked, what }: Body): void {
  const n = run.world.flowIds.indexOf(base.id) + 1;
  const spec = validSpec(run.git, n);
  mustHold(spec !== undefined, () => `${what}: git does not say what it should be`);
  const wanted = leavesOf(asked);
  for (const [path, value] of Object.entries(spec.declared)) {
    const isLeft =
      isIgnoredAt(spec, path, run.world.clock.now()) || isIgnoredAt(spec, path, run.startedAt);
    mustHold(
      isLeft || isSameLeaf(path, wanted.get(path), value),
      () => `${what} does not set ${path} to what git says`,
    );
  }
  for (const path of changedLeaves(base.settings ?? {}, asked)) {
    const isDeclared = Object.hasOwn(spec.declared, path);
    // a revert gives it back, and again when somebody moves it before the revert is verified
    const wasDeclared = run.world.git.everDeclared(n, path);
    mustHold(
      isDeclared || wasDeclared,
      () => `${what} changes ${path}, which git does not declare`,
    );
    mustHold(
      !isDeclared ||
        !isIgnoredAt(spec, path, run.startedAt) ||
        !isIgnoredAt(spec, path, run.world.clock.now()),
      () => `${what} changes ${path}, which is ignored`,
    );
  }
}

/** What is put back is the snapshot, whole, and what is written over is what this attempt wrote. */
function checkRestore(run: ControllerRun, attempt: OpenAttempt, { base, asked, what }: Body): void {
  const { ledger } = run.world.service;
  const over = ledger.at(base.id, base.version)?.write;
  mustHold(
    over?.attemptId === attempt.attemptId,
    () => `${what} puts a snapshot back over what it did not write itself`,
  );
  const version = attempt.data['snapshotVersion'];
  const before = ledger.at(base.id, Number(version));
  mustHold(
    before !== undefined && changedLeaves(before.settings, asked).length === 0,
    () => `${what} puts back something else than version ${String(version)}`,
  );
  const { policy } = run.git;
  mustHold(
    policy !== 'faulty' && policy.isReportOnly !== true,
    () => `${what} is made although the org only reports`,
  );
}

function isSame(a: Settings, b: Settings): boolean {
  return canonicalText(a) === canonicalText(b);
}
