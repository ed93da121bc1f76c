import type { FlowId, OrgName, Revision } from '../domain/flow.ts';
import type { FlowState, FlowStatus } from '../domain/flow-status.ts';
import type { JsonObject } from '../domain/json.ts';
import type { OrgStatus } from '../domain/org-status.ts';

/** What nobody has been told yet of an org. */
export interface News {
  readonly org: OrgName;
  /** By flowId. */
  readonly flows: readonly FlowNews[];
  readonly orgNews?: OrgNews;
  /** What destinations were told and is not over, of this org. */
  readonly alerts: readonly Alert[];
  /** Flows that have an alert and are not known any more. */
  readonly gone: readonly FlowId[];
}

export interface FlowNews {
  readonly status: FlowStatus;
  /** The state that was told last; undefined: the flow is new. */
  readonly before?: FlowState;
  /** True when it was written since that was told. */
  readonly wasApplied: boolean;
}

export interface OrgNews {
  readonly status: OrgStatus;
  readonly before?: OrgStatus['state'];
}

/** A destination was told of a state that is not as it should be. */
export interface Alert {
  readonly destination: string;
  /** Undefined: the org itself. */
  readonly flowId?: FlowId;
  readonly state: string;
}

/** What is to be delivered to one destination. */
export interface NewNotice {
  readonly noticeId: string;
  readonly destination: string;
  readonly org: OrgName;
  readonly body: JsonObject;
  /** Epoch ms. */
  readonly createdAt: number;
}

/** One that is being delivered. */
export interface ClaimedNotice extends NewNotice {
  /** Deliveries that were tried before. */
  readonly attempts: number;
}

/** What a destination waits for, or never got. */
export interface NoticeCounts {
  readonly destination: string;
  readonly waiting: number;
  readonly dead: number;
  /** Why the last delivery failed, of those that wait or are dead. */
  readonly trouble?: string;
}

/** What was told of a commit last. */
export interface ToldCommit {
  readonly revision: Revision;
  readonly state: 'pending' | 'success' | 'failure';
  readonly text: string;
}

/**
 * Notifications, from what changed to its delivery. What it takes is on the disk (fsync) when it resolves, and several
 * processes may work on it at once. @throws state.*
 */
export interface NoticeStore {
  /** What the stored records of flows and of the org say that was not told yet. */
  news(org: OrgName): Promise<News>;
  /**
   * Notes that exactly this news was told, together with what is to be delivered for it: all or nothing.
   *
   * @param told `raised` and `cleared`: alerts
   * @returns false when another process told some of it meanwhile; then nothing was done
   */
  tell(
    news: News,
    told: {
      readonly notices: readonly NewNotice[];
      readonly raised: readonly Alert[];
      readonly cleared: readonly Alert[];
    },
  ): Promise<boolean>;
  /** How many flows came into being, or changed, with a revision, by the state they have. */
  flowsOf(org: OrgName, revision: Revision): Promise<ReadonlyMap<FlowState, number>>;
  toldCommit(org: OrgName): Promise<ToldCommit | undefined>;
  tellCommit(org: OrgName, told: ToldCommit, notice: NewNotice): Promise<void>;
  /** The time of the schedule that the last report was for; undefined: there was none. Epoch ms. */
  lastSlotAt(org: OrgName): Promise<number | undefined>;
  /** @returns false when that time, or a later one, was done already; then nothing is delivered */
  endSlot(org: OrgName, slotAt: number, notices: readonly NewNotice[]): Promise<boolean>;
  /**
   * The oldest of each org that wait for a destination and are due, for the caller alone until `claimMs` from now. The
   * others of an org wait for it: they come in order.
   */
  claim(
    destination: string,
    limits: { readonly now: number; readonly claimMs: number; readonly count: number },
  ): Promise<readonly ClaimedNotice[]>;
  /** When something is next due for a destination; undefined: nothing waits. Epoch ms. */
  nextDueAt(destination: string): Promise<number | undefined>;
  delivered(noticeId: string): Promise<void>;
  /** It is tried again. */
  postponed(
    noticeId: string,
    again: { readonly dueAt: number; readonly trouble: string },
  ): Promise<void>;
  /** It is not tried again; kept for people to see, the last hundred of each destination. */
  gaveUp(noticeId: string, end: { readonly at: number; readonly trouble: string }): Promise<void>;
  /** What waits for a destination that there is no longer is given up. @returns how many */
  abandon(
    destination: string,
    end: { readonly at: number; readonly trouble: string },
  ): Promise<number>;
  /** Dead ones are tried again. @returns how many */
  revive(destination: string, now: number): Promise<number>;
  counts(): Promise<readonly NoticeCounts[]>;
}
