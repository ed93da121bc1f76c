import { describe, expect, test } from '@jest/globals';
import type { FlowState } from '../../../../src/domain/flow-status.ts';
import { commitVerdict, isCommitNews } from '../../../../src/engine/notify/commit-status.ts';
import type { OrgRunReport } from '../../../../src/engine/run-report.ts';
import type { ToldCommit } from '../../../../src/ports/notice-store.ts';
import { anInvalidFlow } from '../../../support/builders.ts';

const REVISION = 'c'.repeat(40);

function aReport(overrides: Partial<OrgRunReport> = {}): OrgRunReport {
  return {
    ...{ org: 'acme', runId: 'run-1', revision: REVISION, startedAt: 0, durationMs: 1 },
    ...{ rateWaitMs: 0, reportOnly: false, outcomes: [], reloadPending: [] },
    ...{ policyFaults: [], invalid: [], publishing: { kind: 'off' } },
    ...overrides,
  };
}

const error = { code: 'api.unreachable', message: 'm', advice: 'a', exit: 1 } as const;
const deny = { kind: 'deny', gate: 'mass-change', reason: 'updates 60 flows', goOn: '' } as const;
const [fault] = anInvalidFlow().diagnostics;
const nameless = { file: 'desired-state/acme/flows/a.yaml', diagnostics: [] };

describe('commitVerdict', () => {
  const rows: readonly {
    readonly name: string;
    readonly flows?: Partial<Record<FlowState, number>>;
    readonly report?: Partial<OrgRunReport>;
    readonly verdict: string;
  }[] = [
    { name: 'no flow of it', verdict: 'success changes no flow of this org' },
    { name: 'all in sync', flows: { InSync: 3 }, verdict: 'success applied 3 of 3' },
    {
      name: 'one failed',
      flows: { InSync: 2, Failed: 1 },
      verdict: 'failure applied 2 of 3, 1 failed',
    },
    { name: 'one stuck', flows: { Stuck: 1 }, verdict: 'failure applied 0 of 1, 1 failed' },
    {
      name: 'one waits for time',
      flows: { InSync: 2, Deferred: 1 },
      verdict: 'pending applied 2 of 3, 1 wait',
    },
    {
      name: 'one is not known yet',
      flows: { Unresolved: 1 },
      verdict: 'pending applied 0 of 1, 1 wait',
    },
    {
      name: 'failed before waiting',
      flows: { Deferred: 1, Failed: 1 },
      verdict: 'failure applied 0 of 2, 1 failed',
    },
    {
      name: 'one waits for a person',
      flows: { InSync: 1, Blocked: 1 },
      verdict: 'failure applied 1 of 2, 1 wait for a person',
    },
    {
      name: 'one is suspended',
      flows: { InSync: 1, Suspended: 1 },
      verdict: 'success applied 1 of 2, 1 suspended',
    },
    {
      name: 'an org that is only reported on',
      flows: { InSync: 1, Drifted: 1 },
      report: { reportOnly: true },
      verdict: 'success applied 1 of 2, 1 differ, and are only reported',
    },
    {
      name: 'a file that names no flow',
      flows: { InSync: 1 },
      report: { invalid: [nameless] },
      verdict: 'failure applied 1 of 1, 1 failed',
    },
    {
      name: 'a run that failed',
      report: { error },
      verdict: 'pending the run failed (api.unreachable) and is tried again',
    },
    {
      name: 'a plan that is held',
      flows: { Blocked: 60 },
      report: { verdict: deny },
      verdict: 'failure held: updates 60 flows',
    },
    {
      name: 'a policy with faults',
      report: { policyFaults: fault ? [fault] : [] },
      verdict: 'failure policy.yaml has faults',
    },
  ];
  test.each(rows)('$name -> $verdict', ({ flows = {}, report, verdict }) => {
    const states = new Map(Object.entries(flows) as [FlowState, number][]);
    const { state, text } = commitVerdict({ flows: states, report: aReport(report) });
    expect(`${state} ${text}`).toBe(verdict);
  });

  test('of a run that has only started -> pending', () => {
    expect(commitVerdict({ flows: new Map() }).state).toBe('pending');
  });
});

describe('isCommitNews', () => {
  const told = (state: ToldCommit['state'], text: string, revision = REVISION): ToldCommit => ({
    ...{ revision, state, text },
  });
  const started = commitVerdict({ flows: new Map() }).text;
  test.each([
    ['the first of a commit', undefined, told('pending', started), true],
    ['another commit', told('success', 'x', 'd'.repeat(40)), told('pending', started), true],
    ['the end of a run', told('pending', started), told('success', 'applied 1 of 1'), true],
    ['the same again', told('failure', 'x'), told('failure', 'x'), false],
    ['other words', told('failure', 'x'), told('failure', 'y'), true],
    ['another run starts', told('failure', 'x'), told('pending', started), false],
    ['a success that is over', told('success', 'x'), told('failure', 'y'), false],
    ['a failure that is over', told('failure', 'x'), told('success', 'y'), true],
  ])('%s -> %s', (_name, known, next, is) => {
    expect(isCommitNews(known, next)).toBe(is);
  });
});
