import type { LoadedOrg } from '../../config/load-desired.ts';
import { FlowkeeperError, isError } from '../../domain/errors.ts';
import type { OrgName } from '../../domain/flow.ts';
import { countOf } from '../../plan/plan-wording.ts';
import type { PinnedRevision } from '../../ports/desired-source.ts';
import type { Ports } from '../../ports/ports.ts';
import { loadDesiredOrg } from '../load-desired.ts';
import type { DesiredLoader } from '../load-desired.ts';
import type { TimeLimits } from '../time-limits.ts';
import { unverifiedError } from '../verified-source.ts';
import { failed, ok, unchecked, warn } from './check.ts';
import type { Check } from './check.ts';

/** What git gave, as far as it could be read. */
export interface CheckedSource {
  readonly checks: readonly Check[];
  /** Of the orgs that git describes. */
  readonly desired: ReadonlyMap<OrgName, LoadedOrg>;
}

interface SourceParts {
  readonly source: Ports['source'];
  readonly loader: DesiredLoader;
  readonly directory: string;
  readonly orgs: readonly { readonly org: OrgName; readonly orgId: string }[];
  readonly limitsOf: (org: OrgName) => TimeLimits;
  /** Undefined: signatures are not looked at. */
  readonly verify?: 'head' | 'strict' | undefined;
}

/** Whether the repository can be read, and what it says of each org is whole. */
export async function checkSource(parts: SourceParts, signal: AbortSignal): Promise<CheckedSource> {
  const { source, orgs } = parts;
  let pinned: PinnedRevision;
  try {
    pinned = await source.pinHead(signal);
  } catch (error) {
    signal.throwIfAborted();
    const unread = orgs.map(({ org }) =>
      unchecked({ check: 'desired', org }, 'the repository could not be read'),
    );
    return { checks: [...unpinned(error), ...unread], desired: new Map() };
  }
  const read = ok({ check: 'source' }, `read at ${pinned.revision.slice(0, 10)}`);
  const desired = new Map<OrgName, LoadedOrg>();
  const checks: Check[] = [read, ...checkSignatures(pinned, parts.verify)];
  for (const { org, orgId } of orgs) {
    const limits = parts.limitsOf(org);
    const run = { org, orgId, directory: parts.directory, pinned, limits };
    try {
      const loaded = await loadDesiredOrg(parts.loader, run, signal);
      desired.set(org, loaded);
      checks.push(checkDesired(loaded));
    } catch (error) {
      signal.throwIfAborted();
      checks.push(failed({ check: 'desired', org }, error));
    }
  }
  return { checks, desired };
}

/** No head can be used: git cannot be read, or it can, and no commit is known to be signed by somebody who may. */
function unpinned(error: unknown): readonly Check[] {
  if (!isError(error, 'git.unverified')) return [failed({ check: 'source' }, error)];
  const read = `read at ${error.details.revision.slice(0, 10)}`;
  return [ok({ check: 'source' }, read), failed({ check: 'signatures' }, error)];
}

function checkSignatures(
  { revision, unverified }: PinnedRevision,
  mode: SourceParts['verify'],
): readonly Check[] {
  if (mode === undefined) return [];
  const subject = { check: 'signatures' } as const;
  if (unverified) return [failed(subject, unverifiedError(unverified))];
  return [
    ok(subject, `${revision.slice(0, 10)} is signed by a key that is allowed (mode ${mode})`),
  ];
}

function checkDesired({ org, policy, policyFaults, flows, invalid }: LoadedOrg): Check {
  const diagnostics = [...policyFaults, ...invalid.flatMap((flow) => flow.diagnostics)];
  const subject = { check: 'desired', org } as const;
  if (diagnostics.length > 0) {
    const stopped = policyFaults.length > 0 ? 'nothing is written' : 'these flows stay as they are';
    const faults = countOf(diagnostics.length, 'fault');
    const message = `what git says of ${org} has ${faults}: until that is mended, ${stopped}`;
    return failed(subject, new FlowkeeperError('desired.invalid', message, { org, diagnostics }));
  }
  const described = `git describes ${countOf(flows.length, 'flow')}, mode ${policy.mode}`;
  if (flows.length > 0) return ok(subject, described);
  return warn(subject, described, `Add flow files, or let \`flowkeeper export\` write them.`);
}

/** Whether what is recorded could be pushed. */
export async function checkStatusBranch(
  statusBranch: Ports['statusBranch'],
  signal: AbortSignal,
): Promise<Check> {
  const subject = { check: 'status-branch' } as const;
  try {
    await statusBranch.probe(signal);
    const untold = 'rules that only a real push meets (protected branches, hooks) are not known';
    return ok(subject, `a push would be let in, as far as a dry run tells; ${untold}`);
  } catch (error) {
    signal.throwIfAborted();
    return failed(subject, error);
  }
}
