import type { LoadedOrg } from '../config/load-desired.ts';
import type { Diagnostic } from '../domain/diagnostic.ts';
import type { OrgCondition, OrgStatus } from '../domain/org-status.ts';
import type { Plan, UnmanagedFlow } from '../domain/plan.ts';
import { unverifiedWords } from '../domain/unverified-head.ts';
import type { SignatureFault, UnverifiedHead } from '../domain/unverified-head.ts';
import { withoutUndefined } from '../domain/without-undefined.ts';

/** What a run found out about the org as a whole. What is undefined was not looked at, and stays. */
export interface OrgStatusFacts {
  readonly state: OrgStatus['state'];
  readonly reason?: string;
  readonly code?: string;
  readonly unmanaged?: readonly UnmanagedFlow[];
  readonly faults?: readonly Diagnostic[];
  readonly conditions?: readonly Omit<OrgCondition, 'since'>[];
}

/** The org's status after a run; the very same object when nothing changed its meaning. Pure. */
export function nextOrgStatus(
  previous: OrgStatus | undefined,
  org: string,
  facts: OrgStatusFacts,
  now: number,
): OrgStatus {
  const next: OrgStatus = withoutUndefined({
    org,
    state: facts.state,
    since: previous?.state === facts.state ? previous.since : new Date(now).toISOString(),
    reason: reasonOf(previous, facts),
    code: facts.code,
    ...observedOf(previous, facts),
    conditions: facts.conditions?.map((fact) => withSince(previous, fact, now)),
  });
  return previous && JSON.stringify(previous) === JSON.stringify(next) ? previous : next;
}

/** The words of an error differ each time (correlation ids); its code is what it means. */
function reasonOf(previous: OrgStatus | undefined, facts: OrgStatusFacts): string | undefined {
  const same = previous?.state === facts.state && previous.code === facts.code;
  const namesAnother = facts.code === undefined || facts.code === 'git.unverified';
  return same && !namesAnother ? previous.reason : facts.reason;
}

function observedOf(
  previous: OrgStatus | undefined,
  facts: OrgStatusFacts,
): Pick<OrgStatus, 'unmanaged' | 'faults'> {
  const unmanaged = facts.unmanaged ?? previous?.unmanaged ?? [];
  return {
    unmanaged: unmanaged.map(({ flowId, name }) => ({ flowId, name })),
    faults: facts.faults ?? previous?.faults ?? [],
  };
}

/** Faults that no flow's status tells: of the policy, and of files that name no flow. */
export function orgFaultsOf(loaded: LoadedOrg, plan: Plan | undefined): readonly Diagnostic[] {
  const nameless = (plan?.invalid ?? loaded.invalid).filter(({ flowId }) => flowId === undefined);
  return [...loaded.policyFaults, ...nameless.flatMap(({ diagnostics }) => diagnostics)];
}

/** A run on the last verified head is fine as far as it goes, and the org does not follow its branch. */
export function withUnverified(facts: OrgStatusFacts, unverified: UnverifiedHead): OrgStatusFacts {
  const message = unverifiedWords(unverified);
  const { fault } = unverified;
  const conditions = [{ type: 'Unverified', status: true, reason: WORDS[fault], message } as const];
  if (facts.state !== 'Ready') return { ...facts, conditions };
  return { ...facts, state: 'Held', reason: message, code: 'git.unverified', conditions };
}

const WORDS: Readonly<Record<SignatureFault, string>> = {
  unsigned: 'Unsigned',
  bad: 'BadSignature',
  'unknown-signer': 'UnknownSigner',
  expired: 'Expired',
  revoked: 'Revoked',
  rewritten: 'Rewritten',
  unverifiable: 'Unverifiable',
};

function withSince(
  previous: OrgStatus | undefined,
  fact: Omit<OrgCondition, 'since'>,
  now: number,
): OrgCondition {
  // there is one kind of condition
  const before = previous?.conditions?.[0];
  const same = before?.status === fact.status && before.reason === fact.reason;
  return { ...fact, since: same ? before.since : new Date(now).toISOString() };
}
