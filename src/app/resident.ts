import type { FlowId, OrgName, Revision } from '../domain/flow.ts';
import type { OrgStatus } from '../domain/org-status.ts';
import { awaitRevision } from '../engine/await-revision.ts';
import type { AwaitedRevision, RevisionOutcome } from '../engine/await-revision.ts';
import { makeEventDraft } from '../engine/event-draft.ts';
import { explainRevision } from '../engine/explain-revision.ts';
import type { RevisionView } from '../engine/explain-revision.ts';
import { findFlow } from '../engine/find-flow.ts';
import { findSnapshot } from '../engine/find-snapshot.ts';
import type { RecordedSnapshot } from '../engine/find-snapshot.ts';
import { makeLoop } from '../engine/loop/run-loop.ts';
import type { Loop } from '../engine/loop/run-loop.ts';
import type { Lease } from '../ports/lease.ts';
import type { LoopObserver } from '../ports/loop-observer.ts';
import type { FlowIndexEntry, FlowRecord } from '../ports/state-store.ts';
import type { TriggerLog } from '../ports/trigger-log.ts';
import { chooseOrgs } from './choose-orgs.ts';
import type { ByHandParts } from './flows-by-hand.ts';
import { pinAsked } from './pin-asked.ts';

/** What a process needs that stays and makes runs by itself. */
export interface Resident {
  /** What makes runs by itself, over all orgs of the config. */
  loop(observer: LoopObserver): Loop;
  /** Triggers and runs, of this and other processes on the same state folder. */
  readonly triggers: TriggerLog;
  readonly lease: Lease;
  /** What is known of each flow of an org. */
  flowIndex(org: OrgName): Promise<ReadonlyMap<FlowId, FlowIndexEntry>>;
  flowRecords(org: OrgName, ids: readonly FlowId[]): Promise<ReadonlyMap<FlowId, FlowRecord>>;
  /** Undefined: nothing was recorded yet. */
  orgStatus(org: OrgName): Promise<OrgStatus | undefined>;
  /**
   * Which run covered a commit, or why none did yet.
   *
   * @throws git.*, state.*, cli.usage for an unknown org
   */
  explain(
    asked: { readonly revision: string; readonly orgs?: readonly OrgName[] },
    signal: AbortSignal,
  ): Promise<ExplainedRevision>;
  /**
   * What became of a commit as the status branch tells it, as soon as it does or time is over.
   *
   * @throws git.*; cli.usage for an unknown org, or a base that has no commit in common
   */
  awaitRevision(asked: RevisionToAwait, signal: AbortSignal): Promise<RevisionOutcome>;
  /** The settings of one version of a flow that were stored before a write. @throws snapshot.*, git.*, cli.unknown-flow */
  snapshot(
    asked: { readonly org: OrgName; readonly flow: FlowId; readonly version: number },
    signal: AbortSignal,
  ): Promise<RecordedSnapshot>;
  /** Audits that a person asked for a run. @param asked `revision`: that git was last seen at */
  noteRequest(asked: {
    readonly org: OrgName;
    readonly revision: Revision;
    readonly by: string;
  }): Promise<void>;
  /** Milliseconds so far in which a request waited for the org's budget. */
  rateWaitMs(org: OrgName): number;
}

export interface RevisionToAwait extends Pick<AwaitedRevision, 'timeoutMs' | 'tell'> {
  readonly revision: string;
  /** By default what the commit was made on, of a merge the branch before it. */
  readonly base?: string;
  readonly orgs?: readonly OrgName[];
}

export interface ExplainedRevision {
  /** The whole commit id. */
  readonly revision: Revision;
  readonly orgs: readonly RevisionView[];
}

export function makeResident(parts: ByHandParts, pollMs: number): Resident {
  const { shared, ...rest } = parts;
  const { triggers, chance, lease, state } = shared;
  return {
    loop: (observer) => makeLoop({ ports: shared, triggers, chance, pollMs, observer, ...rest }),
    triggers,
    lease,
    flowIndex: (org) => state.flows.index(org),
    flowRecords: (org, ids) => state.flows.load(org, ids),
    orgStatus: (org) => state.flows.loadOrg(org),
    async explain({ revision, orgs }, signal) {
      const names = chooseOrgs(rest.setups, orgs).map(({ org }) => org);
      const pinned = await shared.source.pin(revision, signal);
      const views = await explainRevision(shared, { pinned, orgs: names }, signal);
      return { revision: pinned.revision, orgs: views };
    },
    async awaitRevision({ revision, base, orgs, ...asked }, signal) {
      const names = chooseOrgs(rest.setups, orgs).map(({ org }) => org);
      const pins = await pinAsked(
        shared.source,
        { revision, ...(base !== undefined && { base }) },
        signal,
      );
      const before = pins.base ?? (await shared.source.firstParent(pins.pinned, signal));
      const ports = { ...shared, loader: rest.loader };
      const wanted = { ...asked, pinned: pins.pinned, base: before, orgs: names };
      return awaitRevision(ports, wanted, signal);
    },
    async snapshot({ org, flow, version }, signal) {
      const found = await findFlow(state.flows, [org], flow);
      return findSnapshot(shared, found, version, signal);
    },
    noteRequest: ({ org, revision, by }) => {
      const event = makeEventDraft(shared.ids, {
        event: 'org.run-requested',
        status: 'requested',
        at: shared.clock.now(),
        runId: shared.ids.next('run'),
        flowId: null,
        revision,
        planDigest: null,
        details: { by },
      });
      return state.flows.save(org, [], [event]);
    },
    rateWaitMs: (name) => rest.setups.find(({ org }) => org === name)?.ports.rateGate.waitedMs ?? 0,
  };
}
