import { describe, expect, test } from '@jest/globals';
import type { Destination } from '../../../../src/domain/destination.ts';
import type { FlowState, FlowStatus } from '../../../../src/domain/flow-status.ts';
import { chooseNews } from '../../../../src/engine/notify/choose-news.ts';
import type { Alert, News } from '../../../../src/ports/notice-store.ts';
import { aFlowId, aFlowStatus } from '../../../support/builders.ts';
import { aDestination } from '../../../support/destinations.ts';

const NOW = Date.parse('2026-11-24T08:00:00Z');
const ID = aFlowId();

interface Row {
  readonly name: string;
  readonly state: FlowState;
  readonly before?: FlowState;
  readonly alert?: FlowState;
  readonly applied?: boolean;
  readonly to?: Partial<Destination>;
  readonly status?: Partial<FlowStatus>;
  /** `event severity before` of what is told. */
  readonly told?: string;
  /** What the destination is then on alert for; by default as before. */
  readonly after?: FlowState | 'none';
}

const alertFor = (state: string): Alert => ({ destination: 'ops', flowId: ID, state });

const ROWS: readonly Row[] = [
  {
    name: 'a flow fails',
    state: 'Failed',
    before: 'InSync',
    told: 'state-changed error InSync',
    after: 'Failed',
  },
  {
    name: 'a new flow fails',
    state: 'Failed',
    told: 'state-changed error undefined',
    after: 'Failed',
  },
  { name: 'a new flow is in sync', state: 'InSync' },
  { name: 'it fails as before', state: 'Failed', before: 'Failed', alert: 'Failed' },
  {
    name: 'it recovers',
    state: 'InSync',
    before: 'Failed',
    alert: 'Failed',
    told: 'recovered error Failed',
    after: 'none',
  },
  { name: 'it recovers from what this one was not told', state: 'InSync', before: 'Deferred' },
  {
    name: 'it gets worse',
    state: 'Stuck',
    before: 'Drifted',
    alert: 'Drifted',
    told: 'state-changed error Drifted',
    after: 'Stuck',
  },
  {
    name: 'what does not pass is not told, and the alert stays',
    state: 'Deferred',
    before: 'Failed',
    alert: 'Failed',
  },
  { name: 'then it is as this one knows it', state: 'Failed', before: 'Deferred', alert: 'Failed' },
  {
    name: 'and recovers at last',
    state: 'InSync',
    before: 'Deferred',
    alert: 'Failed',
    told: 'recovered error Failed',
    after: 'none',
  },
  {
    name: 'a severity just high enough',
    state: 'Drifted',
    before: 'InSync',
    told: 'state-changed warning InSync',
    after: 'Drifted',
  },
  { name: 'one too low', state: 'Deferred', before: 'InSync' },
  {
    name: 'one too low for another destination',
    state: 'Drifted',
    before: 'InSync',
    to: { severity: 'error' },
  },
  {
    name: 'all with info',
    state: 'Deferred',
    before: 'InSync',
    to: { severity: 'info' },
    told: 'state-changed info InSync',
    after: 'Deferred',
  },
  {
    name: 'states instead of severity',
    state: 'Deferred',
    before: 'InSync',
    to: { states: ['Deferred'] },
    told: 'state-changed info InSync',
    after: 'Deferred',
  },
  {
    name: 'another state than those',
    state: 'Failed',
    before: 'InSync',
    to: { states: ['Deferred'] },
  },
  {
    name: 'a flow by its name',
    state: 'Failed',
    to: { flows: ['primary*'] },
    told: 'state-changed error undefined',
    after: 'Failed',
  },
  {
    name: 'a flow by its path',
    state: 'Failed',
    to: { flows: ['ivr/*'] },
    status: { file: 'desired-state/acme-prod/flows/ivr/a.yaml' },
    told: 'state-changed error undefined',
    after: 'Failed',
  },
  { name: 'another flow', state: 'Failed', to: { flows: ['sales*'] } },
  {
    name: 'an org that is asked for',
    state: 'Failed',
    to: { orgs: ['acme-prod'] },
    told: 'state-changed error undefined',
    after: 'Failed',
  },
  { name: 'another org', state: 'Failed', to: { orgs: ['acme-test'] } },
  { name: 'no changes wanted', state: 'Failed', to: { tell: ['reports'] } },
  {
    name: 'a write, where that is wanted',
    state: 'InSync',
    before: 'InSync',
    applied: true,
    to: { tell: ['applied'] },
    told: 'applied info InSync',
  },
  { name: 'a write, where it is not', state: 'InSync', before: 'InSync', applied: true },
  {
    name: 'a write that is a recovery is told once',
    state: 'InSync',
    before: 'Failed',
    alert: 'Failed',
    applied: true,
    to: { tell: ['changes', 'applied'] },
    told: 'recovered error Failed',
    after: 'none',
  },
];

describe('chooseNews, of a flow', () => {
  test.each(ROWS)(
    '$name -> $told',
    ({ state, before, alert, applied = false, to, status, told, after }) => {
      const news: News = {
        org: 'acme-prod',
        flows: [
          {
            status: aFlowStatus({
              flowId: ID,
              org: 'acme-prod',
              name: 'Primary',
              state,
              ...status,
            }),
            ...(before && { before }),
            wasApplied: applied,
          },
        ],
        alerts: alert ? [alertFor(alert), { ...alertFor('Stuck'), destination: 'other' }] : [],
        gone: [],
      };

      const chosen = chooseNews(news, aDestination(to), NOW);

      const [flow] = chosen.flows;
      expect(flow && `${flow.event} ${flow.severity} ${String(flow.before)}`).toBe(told);
      expect(chosen.raised).toEqual(after && after !== 'none' ? [alertFor(after)] : []);
      expect(chosen.cleared).toEqual(after === 'none' ? [alertFor(alert ?? '')] : []);
    },
  );

  test('the commissioned fields are those of the attempt that led to the state', () => {
    const lastOutcome = {
      ...{ status: 'rolled-back', runId: 'run-7', at: '2026-11-24T07:59:00.000Z', latencyMs: 815 },
      ...{ steps: {}, code: 'api.timeout' },
    };
    const status = aFlowStatus({
      flowId: ID,
      state: 'RolledBack',
      since: '2026-11-24T07:59:00.000Z',
      lastOutcome,
      conditions: [
        {
          type: 'Ready',
          status: false,
          reason: 'RolledBack',
          message: 'did not verify',
          since: '',
        },
      ],
    });
    const flows = [{ status, wasApplied: false }];

    const [flow] = chooseNews(
      { org: status.org, flows, alerts: [], gone: [] },
      aDestination(),
      NOW,
    ).flows;

    expect(flow).toMatchObject({
      ...{ flowId: ID, status: 'rolled-back', latencyMs: 815, runId: 'run-7' },
      ...{ timestamp: '2026-11-24T07:59:00.000Z', reason: 'did not verify', code: 'api.timeout' },
    });
  });

  test('an attempt of before is no news of a state that came later', () => {
    const lastOutcome = {
      ...{
        status: 'failed',
        runId: 'run-7',
        at: '2026-11-24T07:00:00.000Z',
        latencyMs: 815,
        steps: {},
      },
    };
    const since = '2026-11-24T07:59:00.000Z';
    const status = aFlowStatus({ state: 'Failed', since, lastOutcome });
    const flows = [{ status, wasApplied: false }];
    const [flow] = chooseNews(
      { org: status.org, flows, alerts: [], gone: [] },
      aDestination(),
      NOW,
    ).flows;
    expect(flow).toMatchObject({ status: 'failed', latencyMs: 0, timestamp: since });
  });

  test('that a flow is no longer in git ends an alert', () => {
    const news = { org: 'acme-prod', flows: [], alerts: [alertFor('Stuck')], gone: [ID] };
    const { flows, cleared } = chooseNews(news, aDestination(), NOW);
    expect(flows).toMatchObject([
      { flowId: ID, event: 'removed', before: 'Stuck', severity: 'error' },
    ]);
    expect(cleared).toEqual([alertFor('Stuck')]);
    expect(chooseNews(news, aDestination({ name: 'other' }), NOW).flows).toEqual([]);
  });
});
