import type { LoadedOrg } from '../config/load-desired.ts';
import { asFlowkeeperError } from '../domain/errors.ts';
import type { FlowId } from '../domain/flow.ts';
import type { Log } from '../ports/log.ts';
import type { FlowOutcome } from '../domain/outcome.ts';
import type { Plan } from '../domain/plan.ts';
import type { GateVerdict } from '../domain/verdict.ts';
import type { Ports } from '../ports/ports.ts';
import { nextOrgStatus } from './next-org-status.ts';
import type { OrgStatusFacts } from './next-org-status.ts';
import type { OrgRun } from './org-run.ts';
import { publishPending } from './publish.ts';
import type { OrgRunReport, Publishing, ReportedError } from './run-report.ts';
import { orgFaultsOf } from './save-records.ts';
import { summarize } from './summarize.ts';

/** A long run publishes what it has so far this often. */
const PUBLISH_EVERY_MS = 30_000;

type RecorderPorts = Pick<Ports, 'clock' | 'ids' | 'log' | 'state' | 'statusBranch' | 'observer'>;

/** Tells and records one run: computed once, at the end of every path. */
export class RunRecorder {
  readonly runId: string;
  readonly log: Log;
  readonly #ports: RecorderPorts;
  readonly #run: OrgRun;
  readonly #startedAt: number;
  readonly #startedMs: number;
  readonly #ended: FlowOutcome[] = [];
  readonly #settled = new Set<FlowId>();
  #plan: Plan | undefined;
  #publishedMs: number;

  constructor(ports: RecorderPorts, run: OrgRun) {
    this.#ports = ports;
    this.#run = run;
    this.runId = ports.ids.next('run');
    this.log = ports.log.with({ runId: this.runId, org: run.org });
    this.#startedAt = ports.clock.now();
    this.#startedMs = ports.clock.monotonicMs();
    this.#publishedMs = this.#startedMs;
  }

  /** Outcomes so far, those of recovered attempts included. */
  get outcomes(): readonly FlowOutcome[] {
    return this.#ended;
  }

  /** True when the flow was brought into sync by this run. */
  isSettled(flowId: FlowId): boolean {
    return this.#settled.has(flowId);
  }

  planned(plan: Plan): void {
    this.#plan = plan;
    this.log.info('planned', {
      digest: plan.digest,
      live: plan.liveCount,
      changes: plan.changes.length,
      settled: plan.settled.length,
    });
  }

  async flowEnded(outcome: FlowOutcome, signal: AbortSignal): Promise<void> {
    const { flowId, status } = outcome;
    this.#ended.push(outcome);
    if (status === 'applied' || status === 'in-sync') this.#settled.add(flowId);
    else this.#settled.delete(flowId);
    logOutcome(this.log, outcome);
    this.#ports.observer.flowEnded(this.#run.org, outcome);
    const sinceMs = this.#ports.clock.monotonicMs() - this.#publishedMs;
    if (sinceMs >= PUBLISH_EVERY_MS) await this.#publish(signal);
  }

  /** The run went to its end. */
  async done(
    loaded: LoadedOrg,
    plan: Plan,
    verdict: GateVerdict,
    signal: AbortSignal,
  ): Promise<OrgRunReport> {
    const { invalid } = plan;
    return this.#conclude(statusFactsOf(loaded, plan, verdict), { verdict, invalid }, signal);
  }

  /** The policy has faults: the org stops, with everything as it is. */
  async invalid(loaded: LoadedOrg, signal: AbortSignal): Promise<OrgRunReport> {
    const { policyFaults, invalid } = loaded;
    const faults = orgFaultsOf(loaded, undefined);
    const reason = 'policy.yaml has faults';
    return this.#conclude({ state: 'Invalid', reason, faults }, { policyFaults, invalid }, signal);
  }

  /** The run ended early. Only an org that could not be read is worth a status; the rest is of this run alone. */
  async failed(thrown: unknown, signal: AbortSignal): Promise<OrgRunReport> {
    const error = reportedError(signal.aborted ? signal.reason : thrown);
    this.log.error('run failed', { code: error.code, reason: error.message });
    if (!error.code.startsWith('api.')) return this.#report({ error });
    const facts = { state: 'Unreadable', reason: error.message, code: error.code } as const;
    try {
      return await this.#conclude(facts, { error }, signal);
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
    const next = nextOrgStatus(known, this.#run.org, facts, clock.now());
    if (next !== known) await state.flows.saveOrg(next);
    const publishing = await this.#publish(signal);
    const report = this.#report({ ...rest, publishing, reportOnly: facts.state === 'Reporting' });
    const summary = summarize(this.#ended, this.#plan);
    this.log.info('run ended', { summary, durationMs: report.durationMs, state: facts.state });
    return report;
  }

  #report(rest: Partial<OrgRunReport>): OrgRunReport {
    return {
      org: this.#run.org,
      runId: this.runId,
      revision: this.#run.pinned.revision,
      startedAt: this.#startedAt,
      durationMs: Math.round(this.#ports.clock.monotonicMs() - this.#startedMs),
      reportOnly: false,
      outcomes: this.#ended,
      policyFaults: [],
      invalid: [],
      publishing: { kind: 'off' },
      ...(this.#plan && { plan: this.#plan }),
      ...rest,
    };
  }

  async #publish(signal: AbortSignal): Promise<Publishing> {
    if (signal.aborted) return { kind: 'kept', error: reportedError(signal.reason) };
    const { org, pinned } = this.#run;
    const summary = summarize(this.#ended, this.#plan);
    this.#ports.observer.progress({ org, phase: 'record', done: 0 });
    try {
      const publication = { org, runId: this.runId, revision: pinned.revision, summary };
      return await publishPending(this.#ports, publication, signal);
    } catch (thrown) {
      const error = reportedError(thrown);
      this.log.error('the status branch could not be written; the records are kept', {
        code: error.code,
        reason: error.message,
      });
      return { kind: 'kept', error };
    } finally {
      this.#publishedMs = this.#ports.clock.monotonicMs();
    }
  }
}

function statusFactsOf(loaded: LoadedOrg, plan: Plan, verdict: GateVerdict): OrgStatusFacts {
  const common = { faults: orgFaultsOf(loaded, plan), unmanaged: plan.unmanaged };
  if (loaded.policy.mode === 'report') return { state: 'Reporting', ...common };
  if (verdict.kind === 'allow') return { state: 'Ready', ...common };
  return { state: 'Held', reason: verdict.reason, ...common };
}

function logOutcome(log: Log, outcome: FlowOutcome): void {
  const { flowId, status, reason, code, latencyMs } = outcome;
  const calm = status === 'applied' || status === 'in-sync' || status === 'deferred';
  log[calm ? 'info' : 'warn']('flow ended', { flowId, status, reason, code, latencyMs });
}

export function reportedError(thrown: unknown): ReportedError {
  const error = asFlowkeeperError(thrown);
  return { code: error.code, message: error.message, advice: error.advice, exit: error.exit };
}
