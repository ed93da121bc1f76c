import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { FlowState } from '../../domain/flow-status.ts';
import type { OrgName } from '../../domain/flow.ts';
import type { RunEntry } from '../../domain/trigger.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Meter } from '../../ports/meter.ts';
import type { NoticeCounts } from '../../ports/notice-store.ts';

/** What is asked for at the time of a scrape. */
export interface OrgFacts {
  readonly org: OrgName;
  readonly states: ReadonlyMap<FlowState, number>;
  readonly rateWaitMs: number;
  /** Something was asked for that no run has answered yet. */
  readonly waiting: boolean;
}

export interface PromMeter extends Meter {
  readonly contentType: string;
  /** All metrics in Prometheus' text format. */
  text(): Promise<string>;
}

const RESULTS: Readonly<Record<RunEntry['exitCode'], string>> = {
  0: 'done',
  1: 'failed',
  2: 'differs',
  3: 'invalid',
  4: 'denied',
};

const SECONDS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800];

/** Metrics by prom-client, named in the style of controller-runtime; no labels of single flows. */
export function makePromMeter(parts: {
  readonly version: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly facts: () => Promise<readonly OrgFacts[]>;
  readonly notices: () => Promise<readonly NoticeCounts[]>;
  /** A webhook is configured: a commit that none told of was missed. */
  readonly isHooked: () => boolean;
}): PromMeter {
  const registry = new Registry();
  const counters = makeCounters(registry);
  const gauges = makeGauges(registry, counters.begin);
  gauges.build.set({ version: parts.version }, 1);
  /** Epoch ms from which on an org differs from what git says, without a break. */
  const differsSince = new Map<OrgName, number>();

  return {
    contentType: registry.contentType,
    async text() {
      for (const facts of await parts.facts()) gauges.tell(facts);
      gauges.tellDrift(differsSince, parts.clock.now());
      for (const counts of await parts.notices()) gauges.tellNotices(counts);
      return registry.metrics();
    },
    runEnded(run) {
      const { org } = run;
      counters.reconciles.inc({ org, result: RESULTS[run.exitCode] });
      counters.duration.observe({ org }, run.durationMs / 1000);
      if (isGood(run)) gauges.lastSuccess.set({ org }, (run.startedAt + run.durationMs) / 1000);
      const differs = differsAfter(run);
      if (differs === false) differsSince.delete(org);
      else if (differs && !differsSince.has(org)) differsSince.set(org, run.startedAt);
      if (!differsSince.has(org)) gauges.drift.set({ org }, 0);
    },
    accepted(org, reason) {
      counters.triggers.inc({ org, reason });
    },
    ...meterOf(counters, parts.isHooked),
    headJudged(isVerified) {
      gauges.unverified.set(isVerified ? 0 : 1);
    },
  };
}

type Counted = 'moved' | 'apiAnswered' | 'gitAnswered' | 'pushed' | 'delivered' | 'notified';

/** What only counts. */
function meterOf(
  counters: ReturnType<typeof makeCounters>,
  isHooked: () => boolean,
): Pick<Meter, Counted> {
  return {
    moved(hinted) {
      if (!hinted && isHooked()) counters.missed.inc();
    },
    apiAnswered(org, operation, code) {
      counters.api.inc({ org, operation, code });
    },
    gitAnswered(operation, result) {
      counters.git.inc({ operation, result });
    },
    pushed(result) {
      counters.pushes.inc({ result });
    },
    delivered(host, result) {
      counters.deliveries.inc({ host, result });
    },
    notified(destination, result) {
      counters.notified.inc({ destination, result });
    },
  };
}

function isGood({ exitCode }: RunEntry): boolean {
  return exitCode === 0 || exitCode === 2;
}

/** Undefined: this run could not tell. */
function differsAfter({ counts, outcomes }: RunEntry): boolean | undefined {
  if (!counts) return undefined;
  const settled = (outcomes.applied ?? 0) + (outcomes['in-sync'] ?? 0);
  return counts.changes - settled > 0 || counts.missing > 0;
}

function makeCounters(registry: Registry): {
  readonly [
    K in 'reconciles' | 'triggers' | 'api' | 'git' | 'pushes' | 'deliveries' | 'missed' | 'notified'
  ]: Counter;
} & {
  readonly duration: Histogram;
  /** What the org's runs can end with is there from the first scrape on: what begins at 1 has no increase. */
  readonly begin: (org: OrgName) => void;
} {
  const counter = (name: string, help: string, ...labelNames: string[]): Counter =>
    new Counter({ name: `flowkeeper_${name}`, help, labelNames, registers: [registry] });
  const reconciles = counter('reconcile_total', 'Runs, by how they ended.', 'org', 'result');
  return {
    reconciles,
    begin(org) {
      for (const result of Object.values(RESULTS)) reconciles.inc({ org, result }, 0);
    },
    triggers: counter('trigger_total', 'Triggers accepted, by reason.', 'org', 'reason'),
    api: counter(
      'api_requests_total',
      "Requests of an org's API, by status or what went wrong.",
      ...['org', 'operation', 'code'],
    ),
    git: counter('git_requests_total', 'Looks at git, and pushes to it.', 'operation', 'result'),
    pushes: counter('status_push_total', 'Publications on the status branch.', 'result'),
    deliveries: counter('webhook_total', 'Webhook deliveries, by result.', 'host', 'result'),
    notified: counter(
      'notifications_total',
      'Notifications, by what became of a try: delivered, failed (tried again), dead (given up).',
      ...['destination', 'result'],
    ),
    missed: counter(
      'webhook_missed_total',
      'Commits that polling found although a webhook is configured.',
    ),
    duration: new Histogram({
      name: 'flowkeeper_reconcile_duration_seconds',
      help: 'How long runs took.',
      labelNames: ['org'],
      buckets: SECONDS,
      registers: [registry],
    }),
  };
}

type MakeGauge = (name: string, help: string, ...labelNames: string[]) => Gauge;

function makeNoticeGauge(gauge: MakeGauge): (counts: NoticeCounts) => void {
  const notices = gauge(
    'notifications',
    'Notifications that wait for their destination, and those that were given up.',
    ...['destination', 'state'],
  );
  return ({ destination, waiting, dead }) => {
    notices.set({ destination, state: 'waiting' }, waiting);
    notices.set({ destination, state: 'dead' }, dead);
  };
}

function makeGauges(
  registry: Registry,
  onOrg: (org: OrgName) => void,
): {
  readonly [K in 'build' | 'lastSuccess' | 'drift' | 'unverified']: Gauge;
} & {
  tell(facts: OrgFacts): void;
  tellNotices(counts: NoticeCounts): void;
  /** @param since epoch ms by org; `now` as well */
  tellDrift(since: ReadonlyMap<OrgName, number>, now: number): void;
} {
  const gauge: MakeGauge = (name, help, ...labelNames) =>
    new Gauge({ name: `flowkeeper_${name}`, help, labelNames, registers: [registry] });
  const flows = gauge('flows', 'Flows that git describes, by state.', 'org', 'state');
  const wait = gauge(
    'rate_gate_wait_seconds',
    'Time in which at least one request waited for the budget of the OAuth client, since the start.',
    'org',
  );
  const queue = gauge('queue_depth', '1 while something waits for a run of the org.', 'org');
  const drift = gauge('drift_seconds', 'How long the org has differed from git by now.', 'org');
  const seen = new Map<OrgName, Set<FlowState>>();
  return {
    drift,
    tellDrift(since, now) {
      for (const [org, at] of since) drift.set({ org }, Math.max(0, now - at) / 1000);
    },
    build: gauge('build_info', 'The version that runs.', 'version'),
    lastSuccess: gauge(
      'last_success_timestamp_seconds',
      'When the last run ended that read and planned the whole org.',
      'org',
    ),
    unverified: gauge(
      'source_unverified',
      '1 while the head of the watched branch is not used, since its signature does not count.',
    ),
    tell({ org, states, rateWaitMs, waiting }) {
      onOrg(org);
      const known = seen.get(org) ?? new Set();
      seen.set(org, known);
      for (const state of states.keys()) known.add(state);
      // a state that nothing is in any more is 0, not what it was
      for (const state of known) flows.set({ org, state }, states.get(state) ?? 0);
      wait.set({ org }, rateWaitMs / 1000);
      queue.set({ org }, waiting ? 1 : 0);
    },
    tellNotices: makeNoticeGauge(gauge),
  };
}
