import { parseInstant } from '../config/instant.ts';
import type { LoadedOrg } from '../config/load-desired.ts';
import type { Diagnostic } from '../domain/diagnostic.ts';
import { usageError } from '../domain/usage-error.ts';
import type { Mode } from '../domain/flow.ts';
import type { StandingFreeze } from '../domain/policy.ts';
import type { GateVerdict } from '../domain/verdict.ts';
import { checkFreeze, nextFreeze, standingFreezes } from '../gates/freeze.ts';
import type { ComingFreeze } from '../gates/freeze.ts';
import { loadFolder } from './validate-files.ts';

/** What the freeze windows of one org's policy say of an instant. */
export interface OrgFreezeView {
  readonly org: string;
  /** Not empty: the org's policy cannot be used, and the rest says nothing. */
  readonly policyFaults: readonly Diagnostic[];
  readonly mode: Mode;
  /** Those that hold nothing included. */
  readonly freezes: readonly StandingFreeze[];
  /** Of desired changes and drift. */
  readonly changes: GateVerdict;
  readonly reverts: GateVerdict;
  /** The window that begins next, of several the first of the policy; undefined when none ever does. */
  readonly next?: ComingFreeze;
}

/**
 * Judges an instant by the policies of a folder as it lies on the disk, without git and network, by the very gate
 * that a run asks.
 *
 * @param at epoch ms
 * @param orgs names; undefined: all that the folder describes
 * @throws cli.usage when there is no such folder or org
 */
export async function explainFreeze(
  path: string,
  at: number,
  orgs?: readonly string[],
): Promise<readonly OrgFreezeView[]> {
  const loaded = (await loadFolder(path)).orgs;
  const names = loaded.map(({ org }) => org);
  const unknown = (orgs ?? []).filter((org) => !names.includes(org));
  if (unknown.length > 0 || names.length === 0) {
    const has = names.length === 0 ? 'no folder with flows/ or policy.yaml' : names.join(', ');
    throw usageError(
      `${path} does not describe ${unknown.join(', ') || 'any org'}; it has ${has}`,
      'Name the repository with --path, or an org that it describes with --org.',
    );
  }
  return loaded
    .filter(({ org }) => orgs?.includes(org) ?? true)
    .map((org) => viewOf(org, Math.floor(at)));
}

function viewOf({ org, policy, policyFaults }: LoadedOrg, at: number): OrgFreezeView {
  const next = nextFreeze(policy, at);
  return {
    org,
    policyFaults,
    mode: policy.mode,
    freezes: standingFreezes(policy, at),
    changes: checkFreeze(policy, { isRevert: false, now: at }),
    reverts: checkFreeze(policy, { isRevert: true, now: at }),
    ...(next && { next }),
  };
}

/**
 * Epoch ms of `now`, of an instant with its zone, or of the start of a date in UTC.
 *
 * @throws cli.usage for anything else: an hour without a zone is another one elsewhere
 */
export function parseTime(text: string, now: number): number {
  const at = text === 'now' ? now : parseInstant(text, 'start');
  if (at !== undefined && !Number.isNaN(at)) return at;
  throw usageError(
    `${JSON.stringify(text)} is no instant with its zone, no date, and not \`now\``,
    'Write for instance 2026-12-24T18:00:00Z, 2026-12-24T18:00:00+01:00, 2026-12-24 or now.',
  );
}
