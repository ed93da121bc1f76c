import type { LoadedOrg } from '../config/load-desired.ts';
import type { FlowId } from '../domain/flow.ts';
import type { FlowOutcome } from '../domain/outcome.ts';
import type { Plan } from '../domain/plan.ts';
import type { GateVerdict } from '../domain/verdict.ts';
import type { Log } from '../ports/log.ts';
import type { Ports } from '../ports/ports.ts';
import type { Snapshot } from '../ports/state-store.ts';
import { nextOrgStatus, orgFaultsOf, withUnverified } from './next-org-status.ts';
import type { OrgStatusFacts } from './next-org-status.ts';
import type { OrgRun } from './org-run.ts';
import { asEffective } from './pending-reloads.ts';
import { Publisher } from './publisher.ts';
import { endOf, reportedError } from './reported-error.ts';
import { lastOutcomesOf } from './run-report.ts';
import type { OrgRunReport, Publishing } from './run-report.ts';
import { summarize } from './summarize.ts';

type RecorderPorts = Pick<
  Ports,
  'clock' | 'ids' | 'log' | 'state' | 'statusBranch' | 'observer' | 'rateGate'
>;

/** What a run that went to its end found out. */
interface EndedRun {
  readonly loaded: LoadedOrg;
  readonly plan: Plan;
  readonly verdict: GateVerdict;
  /** Flows whose last write is stored and still not in effect. */
  readonly reloadPending: ReadonlySet<FlowId>;
}

/** From this share of a run on, waiting for the rate gate is what makes it slow. */
const BOTTLENECK_SHARE = 0.5;
const BOTTLENECK_MS = 1000;

/** Tells and records one run: computed once, at the end of every path. */
export class RunRecorder {
  readonly runId: string;
  readonly log: Log;
  readonly #ports: RecorderPorts;
  readonly #run: OrgRun;
  readonly #publisher: Publisher;
  readonly #startedAt: number;
  readonly #startedMs: number;
  readonly #waitedBeforeMs: number;
  readonly #ended: FlowOutcome[] = [];
  readonly #settled = new Set<FlowId>();
  #failure: string | undefined;
  #plan: Plan | undefined;

  constructor(ports: RecorderPorts, run: OrgRun) {
    this.#ports = ports;
    this.#run = run;
    this.runId = ports.ids.next('run');
    this.log = ports.log.with({ runId: this.runId, org: run.org });
    this.#startedAt = ports.clock.now();
    this.#startedMs = ports.clock.monotonicMs();
    this.#waitedBeforeMs = ports.rateGate.waitedMs;
    const { org, pinned, limits } = run;
    const publication = { org, runId: this.runId, revision: pinned.revision };
    this.#publisher = new Publisher({ ...ports, log: this.log }, publication, limits, () =>
      this.#summary(),
    );
  }

  /** True when the flow was brought into sync by this run, after its plan was made. */
  isSettled(flowId: FlowId): boolean {
    return this.#settled.has(flowId);
  }

  planned(plan: Plan): void {
    this.#plan = plan;
    // what was recovered before is in the plan as it now stands
    this.#settled.clear();
    this.log.info('planned', {
      digest: plan.digest,
      live: plan.liveCount,
      changes: plan.changes.length,
      settled: plan.settled.length,
    });
  }

  /** Nothing waits for what this starts: a slow git server does not slow the flows. */
  flowEnded(outcome: FlowOutcome, signal: AbortSignal): void {
    const { flowId, status } = outcome;
    this.#ended.push(outcome);
    if (status === 'applied' || status === 'in-sync') this.#settled.add(flowId);
    logOutcome(this.log, outcome);
    this.#ports.observer.flowEnded(this.#run.org, outcome);
    this.#publisher.publishIfDue(signal);
  }

  /** Has these snapshots on the status branch before anything else happens. */
  pushSnapshots(snapshots: readonly Snapshot[], signal: AbortSignal): Promise<Publishing> {
    return this.#publisher.publishSnapshots(snapshots, signal);
  }

  /** The run went to its end. */
  async done(ended: EndedRun, signal: AbortSignal): Promise<OrgRunReport> {
    const { loaded, plan, verdict, reloadPending } = ended;
    const outcomes = this.#ended.map((outcome) =>
      outcome.reloadPending && !reloadPending.has(outcome.flowId) ? asEffective(outcome) : outcome,
    );
    const rest = { verdict, invalid: plan.invalid, outcomes, reloadPending: [...reloadPending] };
    return this.#conclude(statusFactsOf(loaded, plan, verdict), rest, signal);
  }

  /** The policy has faults: the org stops, with everything as it is. */
  async invalid(loaded: LoadedOrg, signal: AbortSignal): Promise<OrgRunReport> {
    const { policyFaults, invalid } = loaded;
    const faults = orgFaultsOf(loaded, undefined);
    const reason = 'policy.yaml has faults';
    this.#failure = reason;
    return this.#conclude({ state: 'Invalid', reason, faults }, { policyFaults, invalid }, signal);
  }

  /**
   * The run ended early. Only that the org could not be read, or is not in git, is worth a status; all else
   * is of this run alone. What was recorded before is published all the same, unless the run was stopped.
   */
  async failed(thrown: unknown, signal: AbortSignal): Promise<OrgRunReport> {
    const error = reportedError(endOf(thrown, this.#run.org, signal));
    const { code, message } = error;
    this.#failure = code;
    this.log.error('run failed', { code, reason: message });
    await this.#publisher.settled();
    if (signal.aborted || code.startsWith('state.')) return this.#report({ error });
    try {
      const facts = failureFactsOf(code, message);
      if (facts) return await this.#conclude(facts, { error }, signal);
      return this.#report({ error, publishing: await this.#publisher.publish(signal) });
    } catch (second) {
      this.log.error('the run could not be recorded', { reason: reportedError(second).message });
      return this.#report({ error });
    }
  }

  async #conclude(
    facts: OrgStatusFacts,
    rest: Partial<OrgRunReport>,
    signal: AbortSignal,
  ): Promise<OrgRunReport> {
    const { clock, state } = this.#ports;
    const known = await state.flows.loadOrg(this.#run.org);
    const { unverified } = this.#run.pinned;
    const found = unverified ? withUnverified(facts, unverified) : facts;
    const next = nextOrgStatus(known, this.#run.org, found, clock.now());
    if (next !== known) await state.flows.saveOrg(next);
    const publishing = await this.#publisher.publish(signal);
    const report = this.#report({ ...rest, publishing, reportOnly: facts.state === 'Reporting' });
    const { durationMs } = report;
    this.log.info('run ended', { summary: this.#summary(), durationMs, state: facts.state });
    return report;
  }

  #summary(): string {
    return summarize(lastOutcomesOf(this.#ended), this.#plan, this.#failure);
  }

  #report(rest: Partial<OrgRunReport>): OrgRunReport {
    const { clock, rateGate } = this.#ports;
    const { unverified } = this.#run.pinned;
    const durationMs = Math.round(clock.monotonicMs() - this.#startedMs);
    const rateWaitMs = Math.round(rateGate.waitedMs - this.#waitedBeforeMs);
    if (rateWaitMs >= Math.max(BOTTLENECK_MS, durationMs * BOTTLENECK_SHARE))
      this.log.warn('the rate gate was the bottleneck', { rateWaitMs, durationMs });
    return {
      org: this.#run.org,
      runId: this.runId,
      revision: this.#run.pinned.revision,
      startedAt: this.#startedAt,
      durationMs,
      rateWaitMs,
      reportOnly: false,
      outcomes: this.#ended,
      reloadPending: [],
      policyFaults: [],
      invalid: [],
      publishing: { kind: 'off' },
      ...(unverified && { unverified }),
      ...(this.#plan && { plan: this.#plan }),
      ...rest,
    };
  }
}

function statusFactsOf(loaded: LoadedOrg, plan: Plan, verdict: GateVerdict): OrgStatusFacts {
  const common = { faults: orgFaultsOf(loaded, plan), unmanaged: plan.unmanaged };
  if (loaded.policy.mode === 'report') return { state: 'Reporting', ...common };
  if (verdict.kind === 'allow') return { state: 'Ready', ...common };
  return { state: 'Held', reason: verdict.reason, ...common };
}

function failureFactsOf(code: string, reason: string): OrgStatusFacts | undefined {
  if (code.startsWith('api.') || code === 'deadline.live')
    return { state: 'Unreadable', reason, code };
  return code === 'desired.no-org' ? { state: 'Invalid', reason, code } : undefined;
}

function logOutcome(log: Log, outcome: FlowOutcome): void {
  const { flowId, status, reason, code, latencyMs } = outcome;
  const calm = status === 'applied' || status === 'in-sync' || status === 'deferred';
  // a person has to look at it
  const level = status === 'stuck' ? 'error' : calm ? 'info' : 'warn';
  log[level]('flow ended', { flowId, status, reason, code, latencyMs });
}
