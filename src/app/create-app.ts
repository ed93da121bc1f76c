import type { Config, OrgConfig } from '../config/config.ts';
import { rememberRun } from '../engine/loop/run-entry.ts';
import { makeDesiredLoader } from '../engine/load-desired.ts';
import type { Approval } from '../engine/org-run.ts';
import { planOnly } from '../engine/plan-only.ts';
import { planMerge } from '../engine/plan-merge.ts';
import type { MergePlanReport } from '../engine/plan-merge.ts';
import { reconcileAll } from '../engine/run-all.ts';
import type { OrgSetup } from '../engine/run-all.ts';
import type { OrgRunReport } from '../engine/run-report.ts';
import { TimeLimits, withinTime } from '../engine/time-limits.ts';
import { makePageMemory } from '../plan/page-memory.ts';
import type { CommitInfo } from '../ports/desired-source.ts';
import type { BranchTip } from '../ports/status-branch.ts';
import type { AppPorts } from './app-ports.ts';
import { chooseOrgs } from './choose-orgs.ts';
import { makeFlowsByHand } from './flows-by-hand.ts';
import type { ByHandParts, FlowsByHand } from './flows-by-hand.ts';
import { makeNotifying } from './notifying.ts';
import type { Notifying } from './notifying.ts';
import { pinAsked } from './pin-asked.ts';
import { makeLiveReads } from './read-live.ts';
import type { LiveReads } from './read-live.ts';
import { makeReverts } from './prepare-revert.ts';
import type { Reverts } from './prepare-revert.ts';
import { makeResident } from './resident.ts';
import type { Resident } from './resident.ts';
import { makeReportDesk } from './report-desk.ts';
import type { ReportDesk } from './report-desk.ts';
import { openSystemAdapters } from './system-adapters.ts';
import { timedSource } from './timed-source.ts';
import { withMerge } from './with-merge.ts';

export interface App extends FlowsByHand, LiveReads, Resident, Reverts, Notifying {
  readonly reports: ReportDesk;
  readonly config: Config;
  /** @param orgs names; undefined: all of the config. @throws git.*, cli.usage for an unknown name */
  reconcile(
    options: {
      readonly orgs?: readonly string[];
      readonly approval?: Approval;
      /** Compare every page of the live org, as every tenth run does anyway. */
      readonly fullCompare?: boolean;
    },
    signal: AbortSignal,
  ): Promise<readonly OrgRunReport[]>;
  plan(
    options: {
      readonly orgs?: readonly string[];
      readonly revision?: string;
      /** Only what merging the revision into this branch or commit would change. */
      readonly base?: string;
    },
    signal: AbortSignal,
  ): Promise<readonly MergePlanReport[]>;
  /** Who last changed a file of the desired state, up to a revision; undefined where history does not tell. @throws git.* */
  lastChange(
    at: { readonly revision: string; readonly file: string },
    signal: AbortSignal,
  ): Promise<CommitInfo | undefined>;
  /** Those of the config that are asked for. @throws cli.usage for an unknown name */
  orgNames(orgs: readonly string[] | undefined): readonly string[];
  /** @param at as it was then; by default as it is now */
  statusTip(signal: AbortSignal, at?: number): Promise<BranchTip>;
  /** For what only looks at what is recorded: all of it within `deadlines.command`. @throws deadline.command */
  inTime<T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/**
 * The only place that builds adapters.
 *
 * @param config with absolute paths (see `loadConfigFile`)
 * @param given where to log and whom to tell; and ports that replace the real ones, in tests
 */
export async function createApp(
  config: Config,
  given: Pick<AppPorts, 'log' | 'observer'> & Partial<AppPorts>,
): Promise<App> {
  const { deadlines } = config;
  const { directory } = config.source;
  const adapters: AppPorts = { ...(await openSystemAdapters(config, given)), ...given };
  const shared = { ...adapters, source: timedSource(adapters.source, adapters.clock, deadlines) };
  const loader = makeDesiredLoader(shared, directory);
  const { news, ...notifying } = makeNotifying(config, shared);
  const setups = config.orgs.map((org) => ({ ...setupFor(shared, org), news }));
  const parts = { shared, setups, loader, directory, deadlines };

  return {
    config,
    async reconcile({ orgs, ...asked }, signal) {
      const chosen = chooseOrgs(setups, orgs);
      // before git is looked at: what comes later is for another run
      const accepted = await shared.triggers.latest();
      const pinned = await shared.source.pinHead(signal);
      const options = { ...asked, directory, pinned, deadlines };
      const reports = await reconcileAll(chosen, loader, options, signal);
      for (const report of reports) await rememberRun(shared, report, accepted.get(report.org));
      return reports;
    },
    async plan({ orgs, ...asked }, signal) {
      const chosen = chooseOrgs(setups, orgs);
      const pins = await pinAsked(shared.source, asked, signal);
      return Promise.all(chosen.map((setup) => planOne(parts, setup, pins, signal)));
    },
    ...makeFlowsByHand(parts),
    ...makeResident(parts, config.source.pollMs),
    ...notifying,
    reports: makeReportDesk(config, parts),
    async lastChange({ revision, file }, signal) {
      const pinned = await shared.source.pin(revision, signal);
      const change = await shared.source.lastChange(pinned, file, signal);
      return withMerge(shared.source, pinned, change, signal);
    },
    ...makeLiveReads(setups, deadlines),
    orgNames: (orgs) => chooseOrgs(setups, orgs).map(({ org }) => org),
    statusTip: (signal, at) => shared.statusBranch.tip(signal, at),
    inTime: (signal, work) =>
      withinTime(shared.clock, { what: 'command', deadlines }, signal, work),
    ...makeReverts(config, parts),
    close: () => shared.close(),
  };
}

function setupFor(shared: AppPorts, org: OrgConfig): OrgSetup {
  const rateGate = shared.rateGateOf(org);
  const ports = { ...shared, rateGate, backend: shared.backendOf(org, rateGate) };
  return { org: org.name, orgId: org.orgId, ports, pages: makePageMemory() };
}

function planOne(
  { loader, directory, deadlines }: ByHandParts,
  { org, orgId, ports }: OrgSetup,
  { pinned, base }: Awaited<ReturnType<typeof pinAsked>>,
  signal: AbortSignal,
): Promise<MergePlanReport> {
  const limits = new TimeLimits(ports.clock, org, deadlines);
  const run = { org, orgId, directory, pinned, limits };
  return limits.run(signal, (alive) =>
    base ? planMerge(ports, loader, { ...run, base }, alive) : planOnly(ports, loader, run, alive),
  );
}
