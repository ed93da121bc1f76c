import { parse } from 'yaml';
import { faultLine } from '../domain/diagnostic.ts';
import { FlowkeeperError } from '../domain/errors.ts';
import type { OrgName, Revision } from '../domain/flow.ts';
import { statusPathOf } from '../domain/flow-status.ts';
import type { FlowStatus } from '../domain/flow-status.ts';
import { orgStatusPathOf } from '../domain/org-status.ts';
import type { OrgStatus } from '../domain/org-status.ts';
import type { ErrorCode } from '../domain/error-details.ts';
import type { PinnedRevision } from '../ports/desired-source.ts';
import type { Ports } from '../ports/ports.ts';
import type { BranchTip } from '../ports/status-branch.ts';
import { judgeRevision, worstEnd } from './judge-revision.ts';
import type { FlowKey, FlowVerdict, RevisionEnd, RevisionOrg } from './judge-revision.ts';
import type { DesiredLoader } from './load-desired.ts';

type AwaitPorts = Pick<Ports, 'clock' | 'source' | 'statusBranch'> & {
  readonly loader: DesiredLoader;
};

export interface AwaitedRevision {
  readonly pinned: PinnedRevision;
  /** What the commit is compared with to know what it changes. */
  readonly base: PinnedRevision | undefined;
  readonly orgs: readonly OrgName[];
  readonly timeoutMs: number;
  /** What one look finds, whenever it is not what the one before found. */
  readonly tell: (view: RevisionOutcome) => Promise<void>;
}

/** What became of a commit. */
export interface RevisionOutcome {
  readonly revision: Revision;
  readonly base: Revision | null;
  readonly end: RevisionEnd;
  /** False: the watched branch does not have the commit. */
  readonly isMerged: boolean;
  /** The flows that it changes; none: there was nothing to do. */
  readonly flows: readonly FlowVerdict[];
  /** Orgs that something is the matter with, and what. */
  readonly orgs: readonly {
    readonly org: OrgName;
    readonly state: string;
    readonly reason: string;
  }[];
}

const LOOK_EVERY_MS = 2_000;
/** What may be over at the next look. */
const PASSING: ReadonlySet<ErrorCode> = new Set([
  'git.unreachable',
  'git.timeout',
  'deadline.source',
]);

/**
 * Looks at the status branch until it tells what became of a commit for every flow that the commit changes, or time is
 * over. Writes nothing; asks no org.
 *
 * @throws git.*: what is no passing trouble at once, else when time is over
 */
export async function awaitRevision(
  ports: AwaitPorts,
  asked: AwaitedRevision,
  signal: AbortSignal,
): Promise<RevisionOutcome> {
  const { clock } = ports;
  const endsMs = clock.monotonicMs() + asked.timeoutMs;
  const look = makeLook(ports, asked);
  let told: string | undefined;
  for (;;) {
    const isLast = clock.monotonicMs() >= endsMs;
    const found = await tolerant(look, isLast, signal);
    const words = JSON.stringify(found);
    if (found && words !== told) {
      told = words;
      await asked.tell(found);
    }
    if (found && (isLast || isOver(found))) return found;
    await clock.sleep(Math.max(1, Math.min(LOOK_EVERY_MS, endsMs - clock.monotonicMs())), signal);
  }
}

type Look = (signal: AbortSignal) => Promise<RevisionOutcome>;

async function tolerant(
  look: Look,
  isLast: boolean,
  signal: AbortSignal,
): Promise<RevisionOutcome | undefined> {
  try {
    return await look(signal);
  } catch (error) {
    signal.throwIfAborted();
    const isPassing =
      error instanceof FlowkeeperError && PASSING.has((error as FlowkeeperError).code);
    if (isPassing && !isLast) return undefined;
    throw error;
  }
}

function isOver({ isMerged, flows, end }: RevisionOutcome): boolean {
  return isMerged && end !== 'waiting' && flows.every(({ isFinal }) => isFinal);
}

/** One look; nothing is read again of what cannot have changed since the last. */
function makeLook({ source, statusBranch, loader }: AwaitPorts, asked: AwaitedRevision): Look {
  const { pinned, base, orgs } = asked;
  let last: { readonly key: string; readonly outcome: RevisionOutcome } | undefined;
  return async (signal) => {
    const head = await source.pinHead(signal);
    const tip = await statusBranch.tip(signal);
    const key = `${head.revision} ${tip.revision ?? ''}`;
    if (last?.key === key) return last.outcome;
    const common = await source.mergeBase(head, pinned, signal);
    const isMerged = common?.revision === pinned.revision;
    const desired = await loadOrgs(loader, { pinned, base, head, orgs }, signal);
    const flows: FlowVerdict[] = [];
    for (const org of desired) {
      const statusOf = await readStatuses(tip, org.at.org);
      flows.push(...judgeRevision(org, statusOf));
    }
    const states = await troubles(tip, desired, flows);
    const ends = [...flows.map((flow) => flow.end), ...states.flatMap((state) => state.end ?? [])];
    const outcome: RevisionOutcome = {
      revision: pinned.revision,
      base: base?.revision ?? null,
      end: isMerged ? worstEnd(ends) : 'waiting',
      isMerged,
      flows,
      orgs: states.map(({ org, state, reason }) => ({ org, state, reason })),
    };
    last = { key, outcome };
    return outcome;
  };
}

async function loadOrgs(
  loader: DesiredLoader,
  {
    pinned,
    base,
    head,
    orgs,
  }: Pick<AwaitedRevision, 'pinned' | 'base' | 'orgs'> & { readonly head: PinnedRevision },
  signal: AbortSignal,
): Promise<readonly RevisionOrg[]> {
  const before = await loader.tree(base ?? { revision: '', treeId: undefined }, signal);
  const at = await loader.tree(pinned, signal);
  const now = await loader.tree(head, signal);
  return orgs.map((org) => ({ before: before.org(org), at: at.org(org), head: now.org(org) }));
}

/** By id; of a file that names its flow by name alone, by file. */
async function readStatuses(
  tip: BranchTip,
  org: OrgName,
): Promise<(flow: FlowKey) => FlowStatus | undefined> {
  const texts = await tip.readAll(`status/${org}`);
  let all: readonly FlowStatus[] | undefined;
  return ({ flowId, file }) => {
    if (flowId !== undefined) {
      const text = texts.get(statusPathOf(org, flowId));
      return text === undefined ? undefined : (parse(text) as FlowStatus);
    }
    all ??= [...texts.values()].map((text) => parse(text) as FlowStatus);
    return all.find((status) => status.file === file);
  };
}

interface Trouble {
  readonly org: OrgName;
  readonly state: string;
  readonly reason: string;
  /** What it means for every flow of the org. */
  readonly end?: RevisionEnd;
}

/** Why an org as a whole may not get on. */
async function troubles(
  tip: BranchTip,
  orgs: readonly RevisionOrg[],
  flows: readonly FlowVerdict[],
): Promise<readonly Trouble[]> {
  const found: (Trouble | undefined)[] = [];
  for (const desired of orgs) {
    const { org } = desired.at;
    const hasFlows = flows.some((flow) => flow.org === org);
    found.push(policyTrouble(desired, hasFlows) ?? (await orgTrouble(tip, org)));
  }
  return found.filter((trouble) => trouble !== undefined);
}

/** A policy that was broken before is the commit's matter only where it stops what the commit changes. */
function policyTrouble({ at, before, head }: RevisionOrg, hasFlows: boolean): Trouble | undefined {
  const [fault] = head.policyFaults;
  if (!fault || at.policyFaults.length === 0) return undefined;
  if (before.policyFaults.length > 0 && !hasFlows) return undefined;
  return { org: at.org, state: 'Invalid', reason: faultLine(fault), end: 'invalid' };
}

async function orgTrouble(tip: BranchTip, org: OrgName): Promise<Trouble | undefined> {
  const text = await tip.read(orgStatusPathOf(org));
  const status = text === undefined ? undefined : (parse(text) as OrgStatus);
  if (!status || status.state === 'Ready' || status.state === 'Reporting') return undefined;
  return { org, state: status.state, reason: status.reason ?? 'no reason is known' };
}
