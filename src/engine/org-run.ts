import type { OrgName } from '../domain/flow.ts';
import type { PageMemory } from '../plan/page-memory.ts';
import type { PinnedRevision } from '../ports/desired-source.ts';
import type { TimeLimits } from './time-limits.ts';

/** A plan that a person looked at and wants written, though a gate holds it. */
export interface Approval {
  /** Of the plan. */
  readonly digest: string;
  /** Who approves it. */
  readonly by: string;
}

/** What one run is about. */
export interface OrgRun {
  readonly org: OrgName;
  /** The remote's id of the org. */
  readonly orgId: string;
  /** Folder of the desired state in the repository, for instance `desired-state`. */
  readonly directory: string;
  readonly pinned: PinnedRevision;
  readonly limits: TimeLimits;
  readonly approval?: Approval;
  /** What earlier runs of this process know of the org's pages; without it every page is compared. */
  readonly pages?: PageMemory;
  /** Compare every page, whatever is known of it. */
  readonly fullCompare?: boolean;
}
