import type { NotifiedFlow, NotifiedOrg } from '../../domain/destination.ts';
import type { OrgName, Revision } from '../../domain/flow.ts';
import type { NewNotice } from '../../ports/notice-store.ts';
import { asJson, changesNotifications, envelope } from './notice-body.ts';
import type { NoticeBody } from './notice-body.ts';

/** What a test is about. */
export interface TestFacts {
  readonly org: OrgName;
  readonly id: string;
  /** Where the branch is. */
  readonly revision: Revision;
  /** Epoch ms. */
  readonly now: number;
  readonly pageUrl: string | undefined;
}

/** Says to people that it is a test; at a commit it shows under a name of its own. */
export function testNotice(facts: TestFacts): Pick<NewNotice, 'noticeId' | 'body'> {
  const { org, id, revision } = facts;
  const body: NoticeBody = {
    notification: {
      ...envelope(org, id, facts),
      ...{ type: 'test', severity: 'info', summary: 'a test', flows: [] },
    },
    commit: { revision, state: 'success', name: `flowkeeper-test/${org}`, text: 'this is a test' },
  };
  return { noticeId: id, body: asJson(body) };
}

const RUN_ID = 'run-20261124T080000Z-8f3a21';

/** Made-up news, to see what templates make of it. */
export function sampleNotice(facts: TestFacts): Pick<NewNotice, 'noticeId' | 'body'> {
  const { org, id, revision, now, pageUrl } = facts;
  const nextId = (): string => id;
  const all = changesNotifications(
    { orgChange: sampleOrg(facts), flows: sampleFlows(facts), raised: [], cleared: [] },
    { org, runId: RUN_ID, revision, now, pageUrl, nextId },
  );
  const [notification] = all;
  const text = 'applied 3 of 3';
  const commit = { revision, state: 'success', name: `flowkeeper/${org}`, text } as const;
  return { noticeId: id, body: asJson({ ...(notification && { notification }), commit }) };
}

function sampleOrg({ now }: TestFacts): NotifiedOrg {
  return {
    ...{ event: 'state-changed', state: 'Held', before: 'Ready', severity: 'warning' },
    timestamp: new Date(now).toISOString(),
    reason: 'updates 60 flows; the limit is 50',
  };
}

function sampleFlows({ org, revision, now }: TestFacts): NotifiedFlow[] {
  const common = { latencyMs: 210, timestamp: new Date(now).toISOString(), revision };
  const differences = [
    { path: '/routing/maxWaitTime', live: 900, desired: 600, cause: 'desired-changed' },
  ] as const;
  return [
    {
      ...{ ...common, runId: RUN_ID, differences },
      flowId: '11111111-0000-4000-8000-000000000000',
      name: 'Support <night> & *day*',
      ...{ status: 'failed', event: 'state-changed', state: 'Failed', before: 'InSync' },
      severity: 'error',
      file: `desired-state/${org}/flows/support.yaml`,
      reason: 'the service refused the settings',
      code: 'api.refused',
    },
    {
      ...{ ...common, runId: RUN_ID, differences: [] },
      flowId: '22222222-0000-4000-8000-000000000000',
      name: 'Sales',
      ...{ status: 'applied', event: 'recovered', state: 'InSync', before: 'Stuck' },
      severity: 'error',
      file: `desired-state/${org}/flows/sales.yaml`,
    },
  ];
}
