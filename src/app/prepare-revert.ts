import { commitInClone } from '../adapters/git/commit-in-clone.ts';
import type { Config } from '../config/config.ts';
import type { DesiredFlow, OrgName, Revision } from '../domain/flow.ts';
import { usageError } from '../domain/usage-error.ts';
import { readAuditFiles } from '../engine/audit-files.ts';
import type { DesiredTree } from '../engine/desired-tree.ts';
import { onlyOne } from '../engine/find-flow.ts';
import { withinTime } from '../engine/time-limits.ts';
import { planRevert } from '../engine/plan-revert.ts';
import type { PlannedRevert, RevertTarget } from '../engine/plan-revert.ts';
import type { PinnedRevision } from '../ports/desired-source.ts';
import type { AuditRecord } from '../domain/audit.ts';
import type { Json } from '../domain/json.ts';
import { chooseOrgs } from './choose-orgs.ts';
import { isNamed } from './is-named.ts';
import type { ByHandParts } from './flows-by-hand.ts';
import { sourceMirror } from './system-adapters.ts';
import { workTree } from './work-tree.ts';

export interface RevertRequest {
  /** A flow by id, exact name or path of its file; or the id of a run. */
  readonly what: string;
  readonly orgs?: readonly OrgName[];
  /** A clone; undefined: the repository of the config, where it is a work tree of this machine. */
  readonly folder?: string;
  /** A name for the new branch. */
  readonly branch?: string;
  /** Who the person is that commits: as git finds it out. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Defined by schemas/prepared-revert.schema.json. */
export interface PreparedRevert {
  readonly apiVersion: 'flowkeeper/v1';
  readonly kind: 'PreparedRevert';
  readonly folder: string;
  /** Undefined: there was nothing that could be reverted, and nothing was made. */
  readonly commit?: {
    readonly revision: Revision;
    readonly branch: string;
    readonly parent: Revision;
    readonly subject: string;
  };
  readonly flows: PlannedRevert['flows'];
  readonly skipped: PlannedRevert['skipped'];
}

const RUN_ID = /^run-\d{8}T\d{6}Z-[0-9a-f]+$/;

/** Commits that take others back. */
export interface Reverts {
  /**
   * Makes a commit on a new branch of a clone that gives files back as they were before their last commit: of one
   * flow, or of all that a run brought. Nothing is pushed, and what is checked out stays as it is.
   *
   * @throws git.*; cli.usage, cli.unknown-flow, cli.ambiguous-flow; desired.invalid; deadline.command
   */
  prepareRevert(request: RevertRequest, signal: AbortSignal): Promise<PreparedRevert>;
}

export function makeReverts(config: Config, parts: ByHandParts): Reverts {
  const limit = { what: 'command', deadlines: parts.deadlines } as const;
  return {
    prepareRevert: (request, signal) =>
      withinTime(parts.shared.clock, limit, signal, (alive) =>
        prepareRevert(config, parts, request, alive),
      ),
  };
}

async function prepareRevert(
  config: Config,
  parts: ByHandParts,
  request: RevertRequest,
  signal: AbortSignal,
): Promise<PreparedRevert> {
  const { shared, loader, directory, setups } = parts;
  const { what, orgs } = request;
  const folder = await workTree({ config }, request.folder);
  const names = chooseOrgs(setups, orgs).map(({ org }) => org);
  const head = await shared.source.pinHead(signal);
  const found = RUN_ID.test(what)
    ? await targetsOfRun(parts, names, what, signal)
    : targetOfFlow(await loader.tree(head, signal), names, what, head);
  const { targets } = found;
  const asked = { head, directory, orgs: setups, targets, now: shared.clock.now() };
  const planned = await planRevert({ source: shared.source, loader }, asked, signal);
  const skipped = [...found.skipped, ...planned.skipped];
  const document = { apiVersion: 'flowkeeper/v1', kind: 'PreparedRevert', folder } as const;
  const { flows } = planned;
  if (planned.files.size === 0) return { ...document, flows, skipped };
  const commit = await makeCommit(config, { request, folder, head, planned }, signal);
  return { ...document, commit, flows, skipped };
}

interface Targets {
  readonly targets: readonly RevertTarget[];
  readonly skipped: PlannedRevert['skipped'];
}

type NamedFile = Pick<DesiredFlow, 'flowId' | 'name' | 'file'>;

function targetOfFlow(
  tree: DesiredTree,
  names: readonly OrgName[],
  what: string,
  { revision }: PinnedRevision,
): Targets {
  const found = names.flatMap((org) => {
    const { flows, invalid } = tree.org(org);
    const named: readonly NamedFile[] = [...flows, ...invalid];
    return named.filter(isNamed(what)).map(({ flowId, name, file }) => {
      return { org, flowId: flowId ?? file, name: name ?? flowId ?? file, file };
    });
  });
  const { flowId, ...flow } = onlyOne(what, names, found);
  return { targets: [{ ...flow, flowId, revision }], skipped: [] };
}

/** What a run brought because of commits; drift that it corrected has no commit. */
async function targetsOfRun(
  { shared }: ByHandParts,
  names: readonly OrgName[],
  runId: string,
  signal: AbortSignal,
): Promise<Targets> {
  const tip = await shared.statusBranch.tip(signal);
  const targets: RevertTarget[] = [];
  const skipped: Targets['skipped'][number][] = [];
  for (const org of names) {
    const { records } = readAuditFiles(org, await tip.readAll(`audit/${org}`));
    for (const record of records.filter((one) => one.runId === runId)) {
      const target = targetOf(org, record);
      // it is about the whole plan
      if (target === undefined) continue;
      const reason = whyNot(record);
      if (reason === undefined) targets.push(target);
      else skipped.push({ name: target.name, file: target.file, reason });
    }
  }
  if (targets.length + skipped.length > 0) return { targets, skipped };
  throw usageError(
    `the status branch knows of nothing that ${runId} wrote`,
    '`flowkeeper history FLOW` names the runs that wrote to a flow.',
  );
}

function targetOf(
  org: OrgName,
  { flowId, revision, details }: AuditRecord,
): RevertTarget | undefined {
  if (flowId === null) return undefined;
  const text = (value: Json | undefined): string | undefined =>
    typeof value === 'string' ? value : undefined;
  const file = text(details['file']) ?? '';
  return { org, flowId, name: text(details['name']) ?? flowId, file, revision };
}

function whyNot({ event, status, details }: AuditRecord): string | undefined {
  if (event !== 'flow.updated') return `it was not applied (${status})`;
  if (typeof details['file'] !== 'string') return 'the record names no file';
  if (details['kind'] === 'drift') return 'the run corrected drift: there is no commit to revert';
  return undefined;
}

interface Making {
  readonly request: RevertRequest;
  readonly folder: string;
  readonly head: PinnedRevision;
  readonly planned: PlannedRevert;
}

async function makeCommit(
  { state }: Config,
  { request, folder, head, planned }: Making,
  signal: AbortSignal,
): Promise<NonNullable<PreparedRevert['commit']>> {
  const subject = subjectOf(request.what, planned);
  const branch = request.branch ?? `revert/${slugOf(subject)}-${head.revision.slice(0, 8)}`;
  const body = [...planned.commits].map(
    ([file, { revision }]) => `Gives back ${file} as it was before ${revision}.`,
  );
  const wanted = {
    folder,
    from: sourceMirror(state),
    parent: head.revision,
    branch,
    message: `${subject}\n\n${body.join('\n')}\n`,
    files: planned.files,
  };
  const revision = await commitInClone(wanted, request.env, signal);
  return { revision, branch, parent: head.revision, subject };
}

function subjectOf(what: string, { commits }: PlannedRevert): string {
  const [first, ...others] = [
    ...new Map([...commits.values()].map((one) => [one.revision, one])).values(),
  ];
  if (first && others.length === 0) return `Revert "${first.subject}"`;
  return `Revert what ${what} brought`;
}

function slugOf(text: string): string {
  const words =
    text
      .toLowerCase()
      .replace(/^revert /, '')
      .match(/[a-z0-9]+/g) ?? [];
  return words.join('-').slice(0, 40).replace(/-+$/, '') || 'flow';
}
