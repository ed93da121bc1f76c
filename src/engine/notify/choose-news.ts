import { flowSeverity, isAtLeast, orgSeverity } from '../../domain/destination.ts';
import type { Destination, NotifiedFlow, NotifiedOrg, Severity } from '../../domain/destination.ts';
import type { FlowId } from '../../domain/flow.ts';
import type { FlowState, FlowStatus } from '../../domain/flow-status.ts';
import { fitsGlob } from '../../domain/glob.ts';
import type { OrgStatus } from '../../domain/org-status.ts';
import { withoutUndefined } from '../../domain/without-undefined.ts';
import type { Alert, FlowNews, News } from '../../ports/notice-store.ts';

/** What one destination is told of some news, and which alerts that raises and clears. */
export interface ChosenNews {
  readonly orgChange?: NotifiedOrg;
  readonly flows: readonly NotifiedFlow[];
  readonly raised: readonly Alert[];
  readonly cleared: readonly Alert[];
}

/** States in which nothing is wrong, and nothing has to be told but that it is so again. */
const CALM_FLOW: ReadonlySet<FlowState> = new Set(['InSync']);
const CALM_ORG: ReadonlySet<OrgStatus['state']> = new Set(['Ready', 'Reporting']);

const MAX_DIFFERENCES = 50;

/**
 * What a destination wants to know of it: that something came into a state that passes its filter, other than the one
 * it was told last, and that it recovered from one it was told of. Pure.
 */
export function chooseNews(news: News, to: Destination, now: number): ChosenNews {
  if (to.orgs && !to.orgs.includes(news.org)) return { flows: [], raised: [], cleared: [] };
  const alerts = new Map(
    news.alerts
      .filter(({ destination }) => destination === to.name)
      .map((alert) => [alert.flowId ?? '', alert] as const),
  );
  const flows = news.flows.map((one) => chooseFlow(one, to, alerts.get(one.status.flowId)));
  const gone = news.gone.flatMap((flowId) => chooseGone(flowId, alerts.get(flowId), now));
  const org = chooseOrg(news, to, alerts.get(''));
  const all = [...flows, ...gone];
  return {
    ...(org.told && { orgChange: org.told }),
    flows: all.flatMap(({ told }) => told ?? []),
    raised: [...all, org].flatMap(({ raised }) => raised ?? []),
    cleared: [...all, org].flatMap(({ cleared }) => cleared ?? []),
  };
}

interface Choice<T> {
  readonly told?: T;
  readonly raised?: Alert;
  readonly cleared?: Alert;
}

function chooseFlow(
  news: FlowNews,
  to: Destination,
  alert: Alert | undefined,
): Choice<NotifiedFlow> {
  const { status, before } = news;
  const { state, flowId } = status;
  if (alert && CALM_FLOW.has(state)) {
    const severity = flowSeverity(alert.state as FlowState);
    return { told: flowOf(news, 'recovered', severity, alert.state), cleared: alert };
  }
  if (!isWantedFlow(to, status)) return {};
  const severity = flowSeverity(state);
  const isKnown = state === before || state === alert?.state || CALM_FLOW.has(state);
  if (!isKnown && wantsChange(to, state, severity)) {
    const raised = { destination: to.name, flowId, state };
    return { raised, told: flowOf(news, 'state-changed', severity, before) };
  }
  return wantsApplied(to, news) ? { told: flowOf(news, 'applied', severity, before) } : {};
}

function wantsApplied(to: Destination, { wasApplied }: FlowNews): boolean {
  return wasApplied && to.tell.includes('applied');
}

function chooseGone(flowId: FlowId, alert: Alert | undefined, now: number): Choice<NotifiedFlow>[] {
  if (!alert) return [];
  return [
    {
      cleared: alert,
      told: {
        flowId,
        status: 'removed',
        latencyMs: 0,
        timestamp: new Date(now).toISOString(),
        event: 'removed',
        state: 'Removed',
        before: alert.state,
        severity: flowSeverity(alert.state as FlowState),
        differences: [],
      },
    },
  ];
}

function chooseOrg(
  { orgNews }: News,
  to: Destination,
  alert: Alert | undefined,
): Choice<NotifiedOrg> {
  if (!orgNews) return {};
  const { status, before } = orgNews;
  const { state } = status;
  if (alert && CALM_ORG.has(state)) {
    const severity = orgSeverity(alert.state as OrgStatus['state']);
    return { told: orgOf(status, 'recovered', severity, alert.state), cleared: alert };
  }
  const severity = orgSeverity(state);
  if (alert?.state === state || !wantsChange(to, state, severity)) return {};
  const told = orgOf(status, 'state-changed', severity, before);
  if (!CALM_ORG.has(state)) return { told, raised: { destination: to.name, state } };
  // that an org begins to be kept is news to nobody; that it is only reported on may be
  return before === undefined || to.states === undefined ? {} : { told };
}

function wantsChange(to: Destination, state: string, severity: Severity): boolean {
  if (!to.tell.includes('changes')) return false;
  return to.states ? to.states.includes(state) : isAtLeast(severity, to.severity);
}

function isWantedFlow({ flows }: Destination, { name, file, org }: FlowStatus): boolean {
  if (!flows) return true;
  const marker = `/${org}/flows/`;
  const at = `/${file}`.indexOf(marker);
  const path = at < 0 ? file : `/${file}`.slice(at + marker.length);
  return flows.some((glob) => fitsGlob(path, glob) || (name !== undefined && fitsGlob(name, glob)));
}

function flowOf(
  { status }: FlowNews,
  event: NotifiedFlow['event'],
  severity: Severity,
  before: string | undefined,
): NotifiedFlow {
  const { flowId, name, file, state, since, desiredRevision } = status;
  const attempt = attemptOf(status);
  return withoutUndefined({
    ...{ flowId, name, event, state, before, severity, file },
    status: attempt?.status ?? kebab(state),
    latencyMs: attempt?.latencyMs ?? 0,
    timestamp: attempt?.at ?? since,
    revision: desiredRevision,
    runId: attempt?.runId,
    ...(!CALM_FLOW.has(state) && { reason: reasonOf(status), code: attempt?.code }),
    differences: status.differences.slice(0, MAX_DIFFERENCES),
  });
}

function reasonOf(status: FlowStatus): string | undefined {
  const ready = status.conditions.find(({ type }) => type === 'Ready');
  return ready?.message ?? attemptOf(status)?.reason ?? ready?.reason;
}

/** The attempt that led to the state: one of before, or one that led elsewhere, is no news of it. */
function attemptOf({ lastOutcome, state, since }: FlowStatus): FlowStatus['lastOutcome'] {
  if (!lastOutcome || lastOutcome.at < since) return undefined;
  return ledTo(lastOutcome.status, state) ? lastOutcome : undefined;
}

function ledTo(outcome: string, state: FlowState): boolean {
  return outcome === kebab(state) || (state === 'InSync' && outcome === 'applied');
}

/** `RolledBack` → `rolled-back`, as outcomes are written. */
function kebab(state: string): string {
  return state.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}

function orgOf(
  { state, since, reason, code }: OrgStatus,
  event: NotifiedOrg['event'],
  severity: Severity,
  before: string | undefined,
): NotifiedOrg {
  return withoutUndefined({ event, state, before, severity, timestamp: since, reason, code });
}
