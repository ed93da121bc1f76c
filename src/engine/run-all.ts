import type { Deadlines } from '../domain/deadlines.ts';
import type { OrgName } from '../domain/flow.ts';
import type { PageMemory } from '../plan/page-memory.ts';
import type { PinnedRevision } from '../ports/desired-source.ts';
import type { Ports } from '../ports/ports.ts';
import type { DesiredLoader } from './load-desired.ts';
import type { NewsDesk } from './notify/news-desk.ts';
import { reconcileOrg } from './reconcile-org.ts';
import type { OrgRunReport } from './run-report.ts';
import type { Approval } from './org-run.ts';
import { TimeLimits } from './time-limits.ts';

/** One org of this installation, with its own ports. */
export interface OrgSetup {
  readonly org: OrgName;
  readonly orgId: string;
  readonly ports: Ports;
  /** Kept from run to run. */
  readonly pages?: PageMemory;
  /** Writes down what is to be told of a run; undefined: nobody is told. */
  readonly news?: NewsDesk;
}

export interface RunAllOptions {
  readonly directory: string;
  readonly pinned: PinnedRevision;
  readonly approval?: Approval;
  /** Compare every page of the live org, whatever earlier runs know of it. */
  readonly fullCompare?: boolean;
  readonly deadlines: Deadlines;
}

/** One run of each org, side by side on one pinned revision; no org waits for another or fails with it. */
export async function reconcileAll(
  orgs: readonly OrgSetup[],
  loader: DesiredLoader,
  options: RunAllOptions,
  signal: AbortSignal,
): Promise<readonly OrgRunReport[]> {
  return Promise.all(orgs.map((setup) => reconcileOne(setup, loader, options, signal)));
}

/** One run of one org, which has to end in time. What is to be told of it is written down, and delivered by others. */
export async function reconcileOne(
  { ports, news, ...setup }: OrgSetup,
  loader: DesiredLoader,
  { deadlines, ...options }: RunAllOptions,
  signal: AbortSignal,
): Promise<OrgRunReport> {
  const limits = new TimeLimits(ports.clock, setup.org, deadlines);
  const run = { ...setup, ...options, limits };
  await news?.runStarted(setup.org, options.pinned.revision);
  const report = await limits.run(signal, (alive) => reconcileOrg(ports, loader, run, alive));
  await news?.runEnded(report);
  return report;
}
