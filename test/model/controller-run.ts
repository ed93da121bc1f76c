import { reconcileAll } from '../../src/engine/run-all.ts';
import { exitCodeOf } from '../../src/engine/run-report.ts';
import type { OrgRunReport } from '../../src/engine/run-report.ts';
import { ORG_ID } from '../support/builders.ts';
import { MortalPorts } from '../support/mortal-ports.ts';
import type { Cut } from '../support/mortal-ports.ts';
import { someDeadlines } from '../support/some-limits.ts';
import type { Breach } from './breach.ts';
import { checkReload, checkWrite } from './check-write.ts';
import { checkRun } from './check-run.ts';
import type { GitState } from './git-model.ts';
import { DIRECTORY, ORG } from './world.ts';
import type { World } from './world.ts';

/** One run, as the checks see it. */
export interface ControllerRun {
  readonly world: World;
  /** What git says at the commit that the run is pinned to. */
  readonly git: GitState;
  /** Epoch ms. */
  readonly startedAt: number;
  /** Version of each flow at the start. */
  readonly versions: ReadonlyMap<string, number>;
  readonly isApproved: boolean;
  readonly ports: MortalPorts;
  /** Flows that a change was sent for, in this run. */
  readonly written: Set<string>;
  /** The list of flows was not whole. */
  isListPartial: boolean;
}

/** What comes between, and when: the process dies, is cancelled, loses its lease, meets a full disk. */
export interface RunOptions {
  readonly cut?: Omit<Cut, 'act'> & { readonly act?: (abort: AbortController) => void };
  readonly approvedDigest?: string;
}

/**
 * One run of the controller, with everything looked at that must hold during it and at its end.
 *
 * @returns undefined when the process died
 */
export async function runController(
  world: World,
  { cut, approvedDigest }: RunOptions = {},
): Promise<OrgRunReport | undefined> {
  const abort = new AbortController();
  const ports = new MortalPorts(cutOf(cut, abort), 'silence');
  const pinned = await world.source.pinHead(abort.signal);
  const live = world.flowIds.flatMap((id) => world.service.live(id) ?? []);
  const run: ControllerRun = {
    world,
    git: world.git.at(pinned.revision),
    startedAt: world.clock.now(),
    versions: new Map(live.map(({ id, version }) => [id, version])),
    isApproved: approvedDigest !== undefined,
    ports,
    written: new Set(),
    isListPartial: false,
  };
  const breaches: Breach[] = [];
  const backend = world.service.as({
    isAlive: () => !ports.isDead,
    onWrite: (base, blocks) => checkWrite(run, base, blocks),
    onReload: () => {
      checkReload(run);
    },
    onBreach: (breach) => void breaches.push(breach),
    onPartialList: () => {
      run.isListPartial = true;
    },
  });
  const { loader, pages } = world.process;
  const before = await world.records();
  const work = reconcileAll(
    [
      {
        org: ORG,
        orgId: ORG_ID,
        ports: ports.of(world.sabotage({ ...world.ports, backend })),
        pages,
      },
    ],
    loader,
    {
      directory: DIRECTORY,
      pinned,
      deadlines: someDeadlines(),
      ...(approvedDigest !== undefined && { approval: { digest: approvedDigest, by: 'Ada' } }),
    },
    abort.signal,
  );
  const ended = await world.clock.until(Promise.race([work, ports.died]));
  if (breaches[0]) throw breaches[0];
  const [report] = ended ?? [];
  if (!report) world.restart();
  world.story.push(`    -> ${wordsOf(report)}`);
  if (report) await checkRun(run, report, before);
  return report;
}

function cutOf(cut: RunOptions['cut'], abort: AbortController): Cut {
  const { act, ...place } = cut ?? { at: 0, time: 'before' as const };
  const actNow = (): void => {
    act?.(abort);
  };
  return act ? { ...place, act: actNow } : place;
}

/** What the run came to, in a line. */
function wordsOf(report: OrgRunReport | undefined): string {
  if (!report) return 'it died';
  const { outcomes, error, verdict, publishing } = report;
  const ends = outcomes.map(({ name, status, reason = '' }) =>
    `${name} ${status} ${reason}`.trim(),
  );
  return [
    `exit ${String(exitCodeOf(report))}`,
    ...ends,
    ...(error ? [`${error.code}: ${error.message}`] : []),
    ...(verdict && verdict.kind !== 'allow' ? [`${verdict.kind}: ${verdict.reason}`] : []),
    `published: ${publishing.kind}`,
  ].join('; ');
}
