import type { CommitStatusChannel, Destination } from '../../domain/destination.ts';
import type { OrgName, Revision } from '../../domain/flow.ts';
import type { FlowState } from '../../domain/flow-status.ts';
import { withoutUndefined } from '../../domain/without-undefined.ts';
import type { ToldCommit } from '../../ports/notice-store.ts';
import type { CommitMessage } from '../../ports/transports.ts';
import type { OrgRunReport } from '../run-report.ts';
import type { NewsParts } from './news-parts.ts';
import { asJson, orgLink } from './notice-body.ts';

/** What is known of a commit at one moment. */
export interface CommitFacts {
  /** Flows that came into being, or changed, with it, by the state they have now. */
  readonly flows: ReadonlyMap<FlowState, number>;
  /** Undefined: a run has only started. */
  readonly report?: OrgRunReport;
}

type Verdict = Pick<ToldCommit, 'state' | 'text'>;

const FAILED: readonly FlowState[] = [
  'Invalid',
  'Missing',
  'Conflict',
  'Failed',
  'RolledBack',
  'Stuck',
];
const WAITING: readonly FlowState[] = ['Deferred', 'Unresolved', 'Drifted'];

const STARTED: Verdict = { state: 'pending', text: 'a run has started' };

/**
 * What a commit is to be told to be. That it was applied, or that a person has to act, is said once there was a run;
 * until then, and while something only waits, it is pending. Pure.
 */
export function commitVerdict({ flows, report }: CommitFacts): Verdict {
  return report ? (orgVerdict(report) ?? flowsVerdict(flows, report)) : STARTED;
}

/** What holds whatever became of the flows. */
function orgVerdict({ error, policyFaults, verdict }: OrgRunReport): Verdict | undefined {
  if (error) return { state: 'pending', text: `the run failed (${error.code}) and is tried again` };
  if (policyFaults.length > 0) return { state: 'failure', text: 'policy.yaml has faults' };
  if (verdict?.kind === 'deny') return { state: 'failure', text: `held: ${verdict.reason}` };
  return undefined;
}

function flowsVerdict(flows: CommitFacts['flows'], report: OrgRunReport): Verdict {
  const count = (...states: readonly FlowState[]): number =>
    states.reduce((sum, state) => sum + (flows.get(state) ?? 0), 0);
  const all = [...flows.values()].reduce((sum, n) => sum + n, 0);
  const applied = `applied ${String(count('InSync'))} of ${String(all)}`;
  // a file that does not say which flow it is for has no flow that could tell
  const nameless = report.invalid.filter(({ flowId }) => flowId === undefined).length;
  const rows: readonly (Verdict & { readonly n: number })[] = [
    { n: count(...FAILED) + nameless, state: 'failure', text: 'failed' },
    { n: count('Blocked'), state: 'failure', text: 'wait for a person' },
    report.reportOnly
      ? { n: count(...WAITING), state: 'success', text: 'differ, and are only reported' }
      : { n: count(...WAITING), state: 'pending', text: 'wait' },
    { n: count('Suspended'), state: 'success', text: 'suspended' },
  ];
  const row = rows.find(({ n }) => n > 0);
  if (row) return { state: row.state, text: `${applied}, ${String(row.n)} ${row.text}` };
  return { state: 'success', text: all === 0 ? 'changes no flow of this org' : applied };
}

/** What was applied stays so, whatever the flows come to later; and the same is not said twice. */
export function isCommitNews(known: ToldCommit | undefined, next: ToldCommit): boolean {
  if (known?.revision !== next.revision) return true;
  if (known.state === 'success') return false;
  // that another run started says nothing beside what the last one found
  if (next.text === STARTED.text) return false;
  return known.state !== next.state || known.text !== next.text;
}

/** @returns true when there is something to deliver */
export async function tellCommit(
  { ports, destinations, pageUrl }: NewsParts,
  facts: {
    readonly org: OrgName;
    readonly revision: Revision;
    readonly report?: OrgRunReport;
  },
): Promise<boolean> {
  const { notices, clock, ids } = ports;
  const { org, revision, report } = facts;
  const to = destinations.find(isCommitStatus);
  if (!to) return false;
  const known = await notices.toldCommit(org);
  if (known?.revision === revision && known.state === 'success') return false;
  const flows = report ? await notices.flowsOf(org, revision) : new Map<FlowState, number>();
  const told = { revision, ...commitVerdict({ flows, ...(report && { report }) }) };
  if (!isCommitNews(known, told)) return false;
  const commit: CommitMessage = withoutUndefined({
    ...told,
    name: `${to.channel.name}/${org}`,
    link: orgLink(pageUrl, org),
  });
  await notices.tellCommit(org, told, {
    noticeId: ids.next('notice'),
    destination: to.name,
    org,
    body: asJson({ commit }),
    createdAt: clock.now(),
  });
  return true;
}

function isCommitStatus(
  to: Destination,
): to is Destination & { readonly channel: CommitStatusChannel } {
  return to.channel.kind === 'commit-status';
}
