/** Defined by schemas/org-status.schema.json; the type is generated from it. */
export type { OrgCondition, OrgStatus } from './formats.generated.ts';

/** Where the status branch keeps what is known of an org as a whole. */
export function orgStatusPathOf(org: string): string {
  return `orgs/${org}.yaml`;
}
