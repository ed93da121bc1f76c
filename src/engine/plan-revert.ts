import type { LoadedOrg } from '../config/load-desired.ts';
import { parseDesiredFile } from '../config/parse-desired-file.ts';
import type { DesiredFlow, FlowId, OrgName, Revision } from '../domain/flow.ts';
import { FlowkeeperError } from '../domain/errors.ts';
import type { Diagnostic } from '../domain/diagnostic.ts';
import { compareSettings } from '../plan/compare-settings.ts';
import type { Difference } from '../plan/compare-settings.ts';
import type { CommitInfo, DesiredSource, PinnedRevision } from '../ports/desired-source.ts';
import { makeDesiredTree } from './desired-tree.ts';
import type { DesiredTree } from './desired-tree.ts';
import type { DesiredLoader } from './load-desired.ts';
import { pinIfThere } from './pin-if-there.ts';

/** A file that is to be as it was before a commit. */
export interface RevertTarget {
  readonly org: OrgName;
  readonly flowId?: FlowId;
  readonly name: string;
  readonly file: string;
  /** The commit at or before which it was last changed. */
  readonly revision: Revision;
}

export interface RevertAsked {
  readonly head: PinnedRevision;
  readonly directory: string;
  readonly orgs: readonly { readonly org: OrgName; readonly orgId: string }[];
  readonly targets: readonly RevertTarget[];
  /** Epoch ms. */
  readonly now: number;
}

/** What of a flow a revert changes. */
export interface RevertedFlow {
  readonly org: OrgName;
  readonly flowId?: FlowId;
  readonly name: string;
  readonly file: string;
  /** From what git says now (`live`) to what the revert makes it say (`desired`); none: it says something for the first time, or no more. */
  readonly fields: readonly Difference[];
  /** Git does not describe the flow any more; it stays as it is. */
  readonly isRemoved?: true;
}

/** A revert that was not made yet. */
export interface PlannedRevert {
  /** Bytes by path; null: the file goes. */
  readonly files: ReadonlyMap<string, Uint8Array | null>;
  /** By file, the commits whose changes are taken back. */
  readonly commits: ReadonlyMap<string, CommitInfo>;
  readonly flows: readonly RevertedFlow[];
  /** What cannot be reverted so, and why. */
  readonly skipped: readonly {
    readonly name: string;
    readonly file: string;
    readonly reason: string;
  }[];
}

interface RevertPorts {
  readonly source: DesiredSource;
  readonly loader: DesiredLoader;
}

type Found =
  | { readonly kind: 'skip'; readonly reason: string }
  | { readonly kind: 'file'; readonly bytes: Uint8Array | null; readonly commit: CommitInfo };

/**
 * Finds for each target the commit that last changed its file, and what stood there before. A file that was changed
 * again since, or whose commit does not change what the flow is to be, is left out.
 *
 * @throws git.*; desired.invalid when what stood there is no longer valid
 */
export async function planRevert(
  ports: RevertPorts,
  asked: RevertAsked,
  signal: AbortSignal,
): Promise<PlannedRevert> {
  const { source, loader } = ports;
  const files = new Map<string, Uint8Array | null>();
  const commits = new Map<string, CommitInfo>();
  const skipped: PlannedRevert['skipped'][number][] = [];
  for (const target of asked.targets.filter(isFirstOfFile)) {
    const found = await findBefore(ports, asked, target, signal);
    if (found.kind === 'skip') {
      skipped.push({ name: target.name, file: target.file, reason: found.reason });
      continue;
    }
    files.set(target.file, found.bytes);
    commits.set(target.file, found.commit);
  }
  const now = await loader.tree(asked.head, signal);
  const then = withFiles(now, asked.directory, files, await source.files(asked.head, signal));
  return { files, commits, skipped, flows: changesOf(now, then, asked) };
}

function isFirstOfFile(target: RevertTarget, at: number, all: readonly RevertTarget[]): boolean {
  return all.findIndex(({ file }) => file === target.file) === at;
}

async function findBefore(
  ports: RevertPorts,
  { head }: RevertAsked,
  target: RevertTarget,
  signal: AbortSignal,
): Promise<Found> {
  const { source } = ports;
  const { file, revision } = target;
  const at = await pinIfThere(source, revision, signal);
  const commit = at && (await source.lastChange(at, file, signal));
  const changed = commit && (await pinIfThere(source, commit.revision, signal));
  if (!commit || !changed) return skip('history does not tell any more which commit it was');
  const short = commit.revision.slice(0, 10);
  const now = await blobIdOf(source, head, file, signal);
  if (now !== (await blobIdOf(source, changed, file, signal))) {
    const last = await source.lastChange(head, file, signal);
    const by = last ? `, last by ${last.revision.slice(0, 10)}` : '';
    return skip(`it was changed again since ${short}${by}`);
  }
  const before = await source.firstParent(changed, signal);
  if (!(await changesFlow(ports, { changed, before }, target, signal)))
    return skip(`${short} does not change what the flow is to be; does a file that it extends?`);
  const old = before && (await blobIdOf(source, before, file, signal));
  const bytes = old === undefined ? null : await readBlob(source, old, signal);
  return { kind: 'file', bytes, commit };
}

interface Step {
  readonly changed: PinnedRevision;
  /** Undefined: it is the first commit. */
  readonly before: PinnedRevision | undefined;
}

async function changesFlow(
  { loader }: RevertPorts,
  { changed, before }: Step,
  { org, file }: RevertTarget,
  signal: AbortSignal,
): Promise<boolean> {
  const is = hashIn((await loader.tree(changed, signal)).org(org), file);
  const was = before && hashIn((await loader.tree(before, signal)).org(org), file);
  return is !== was;
}

function skip(reason: string): Found {
  return { kind: 'skip', reason };
}

async function blobIdOf(
  source: DesiredSource,
  pinned: PinnedRevision,
  path: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  return (await source.files(pinned, signal)).find((file) => file.path === path)?.blobId;
}

async function readBlob(
  source: DesiredSource,
  blobId: string,
  signal: AbortSignal,
): Promise<Uint8Array> {
  for await (const { bytes } of source.blobs([blobId], signal)) return bytes;
  const reason = `git does not give ${blobId}`;
  throw new FlowkeeperError('git.failed', reason, { command: 'git cat-file', exitCode: 0, reason });
}

/** A file with faults is another thing than one without, and none. */
function hashIn({ flows, invalid }: LoadedOrg, file: string): string | undefined {
  if (invalid.some((flow) => flow.file === file)) return 'invalid';
  return flows.find((flow) => flow.file === file)?.hash;
}

/** The tree as it would be with these files. */
function withFiles(
  tree: DesiredTree,
  directory: string,
  changed: ReadonlyMap<string, Uint8Array | null>,
  listed: Awaited<ReturnType<DesiredSource['files']>>,
): DesiredTree {
  const keys = new Map(tree.keys);
  const parsed = new Map(tree.parsed);
  const files = new Map(listed.map((file) => [file.path, file]));
  for (const [path, bytes] of changed) {
    if (bytes === null) {
      files.delete(path);
      continue;
    }
    const key = `revert:${path}`;
    keys.set(path, key);
    parsed.set(key, parseDesiredFile('flow', bytes));
    files.set(path, files.get(path) ?? { path, blobId: key, sizeBytes: bytes.length });
  }
  return makeDesiredTree({ directory, files: [...files.values()], keys, parsed });
}

function changesOf(
  now: DesiredTree,
  then: DesiredTree,
  { orgs, now: at }: RevertAsked,
): readonly RevertedFlow[] {
  return orgs.flatMap(({ org, orgId }) => {
    const [is, was] = [now.org(org), then.org(org)];
    refuseFaults(org, is, was);
    const before = new Map(is.flows.map((flow) => [flow.file, flow]));
    const kept = new Set(was.flows.map(({ file }) => file));
    const changed = was.flows.filter(({ file, hash }) => before.get(file)?.hash !== hash);
    const gone = is.flows.filter(({ file }) => !kept.has(file));
    return [
      ...changed.map((flow) =>
        revertedFlow(org, flow, fieldsOf(flow, before.get(flow.file), { orgId, at })),
      ),
      ...gone.map((flow) => ({ ...revertedFlow(org, flow, []), isRemoved: true as const })),
    ];
  });
}

function revertedFlow(
  org: OrgName,
  { flowId, name, file }: DesiredFlow,
  fields: readonly Difference[],
): RevertedFlow {
  return {
    org,
    ...(flowId !== undefined && { flowId }),
    name: name ?? flowId ?? file,
    file,
    fields,
  };
}

function fieldsOf(
  wanted: DesiredFlow,
  now: DesiredFlow | undefined,
  { orgId, at }: { readonly orgId: string; readonly at: number },
): readonly Difference[] {
  const context = { orgId, ignore: [], now: at };
  const forth = compareSettings(wanted.settings, now?.settings ?? {}, context);
  // what it stops declaring shows only the other way round
  const back = compareSettings(now?.settings ?? {}, wanted.settings, context);
  const known = new Set(forth.map(({ path }) => path));
  const dropped = back
    .filter(({ path, live }) => !known.has(path) && live === undefined)
    .map(({ path, desired }): Difference => ({
      path,
      ...(desired !== undefined && { live: desired }),
    }));
  return [...forth, ...dropped].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** Faults that were not there before: the rules have become stricter since, or another file leans on this one. */
function refuseFaults(org: OrgName, is: LoadedOrg, was: LoadedOrg): void {
  const known = new Set(is.invalid.flatMap(({ diagnostics }) => diagnostics.map(keyOf)));
  const fresh = was.invalid
    .flatMap(({ diagnostics }) => diagnostics)
    .filter((one) => !known.has(keyOf(one)));
  if (fresh.length === 0) return;
  const message = `the revert would make files of ${org} invalid`;
  throw new FlowkeeperError('desired.invalid', message, { org, diagnostics: fresh });
}

function keyOf({ file, code, message }: Diagnostic): string {
  return `${file} ${code} ${message}`;
}
