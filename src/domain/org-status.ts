import type { Diagnostic } from './diagnostic.ts';

/**
 * What is known of an org as a whole: `orgs/<org>.yaml` on the status branch. Like a flow's status it holds
 * nothing that changes without meaning.
 */
export interface OrgStatus {
  readonly org: string;
  readonly state: 'Ready' | 'Reporting' | 'Held' | 'Invalid' | 'Unreadable';
  /** ISO 8601: since when the state is what it is. */
  readonly since: string;
  readonly reason?: string;
  readonly code?: string;
  /** In the org, not in git; ids sorted. */
  readonly unmanaged: readonly { readonly flowId: string; readonly name: string }[];
  /** Faults of files that name no flow, and of the policy. */
  readonly faults: readonly Diagnostic[];
}

export function orgStatusPathOf(org: string): string {
  return `orgs/${org}.yaml`;
}
