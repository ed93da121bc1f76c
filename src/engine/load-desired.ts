import { classifyDesiredPath } from '../config/desired-path.ts';
import type { LoadedOrg } from '../config/load-desired.ts';
import { PARSED_FORMAT, parseDesiredFile } from '../config/parse-desired-file.ts';
import type { ParsedFile } from '../config/parse-desired-file.ts';
import { FlowkeeperError } from '../domain/errors.ts';
import type { PinnedRevision, SourceFile } from '../ports/desired-source.ts';
import type { Ports } from '../ports/ports.ts';
import type { StateStore } from '../ports/state-store.ts';
import { makeDesiredTree } from './desired-tree.ts';
import type { DesiredTree, DesiredTreeParts } from './desired-tree.ts';
import type { OrgRun } from './org-run.ts';

type LoadPorts = Pick<Ports, 'source'> & { readonly state: Pick<StateStore, 'parseCache'> };
type Kind = 'flow' | 'policy' | 'base';

/**
 * Reads and parses what one revision says. A blob that was parsed before, in this process or an earlier one,
 * is not read again. The last tree stays in memory for the next run: equal tree ids prove equal files.
 */
export function makeDesiredLoader(ports: LoadPorts, directory: string): DesiredLoader {
  let last: SharedRead | undefined;
  let before: DesiredTree | undefined;
  const read = (pinned: PinnedRevision, treeId: string, signal: AbortSignal): SharedRead => {
    const { source, state } = ports;
    const tree = readTree({ source, state, directory, before }, pinned, signal);
    const shared = { treeId, startedBy: signal, tree };
    last = shared;
    tree.then(
      (made) => (before = made),
      () => {
        // a failed read must not be remembered
        if (last === shared) last = undefined;
      },
    );
    return shared;
  };
  return {
    async tree(pinned, signal) {
      const { treeId } = pinned;
      if (treeId === undefined) return makeDesiredTree({ directory, files: [] });
      const shared = last?.treeId === treeId ? last : read(pinned, treeId, signal);
      try {
        return await shared.tree;
      } catch (error) {
        // the end of another org's run is not the end of this one
        const isOthers = shared.startedBy !== signal && shared.startedBy.aborted;
        if (!isOthers || signal.aborted) throw error;
        return read(pinned, treeId, signal).tree;
      }
    },
  };
}

/** One read of the repository that several orgs wait for. */
interface SharedRead {
  readonly treeId: string;
  readonly startedBy: AbortSignal;
  readonly tree: Promise<DesiredTree>;
}

export interface DesiredLoader {
  tree(pinned: PinnedRevision, signal: AbortSignal): Promise<DesiredTree>;
}

/**
 * What git says of one org: policy, flows, and every fault.
 *
 * @throws desired.no-org: a folder that is not there must not pass for "no flows"; deadline.load
 */
export async function loadDesiredOrg(
  loader: DesiredLoader,
  run: OrgRun,
  signal: AbortSignal,
): Promise<LoadedOrg> {
  const { org, directory } = run;
  const tree = await run.limits.phase('load', signal, (alive) => loader.tree(run.pinned, alive));
  const loaded = tree.org(org);
  if (loaded.orgExists) return loaded;
  const message = `the repository has no folder ${directory}/${org} at ${run.pinned.revision.slice(0, 10)}`;
  throw new FlowkeeperError('desired.no-org', message, { org, directory });
}

interface WantedFile {
  readonly file: SourceFile;
  readonly kind: Kind;
  /** Of what the file says, whatever its path. */
  readonly key: string;
}

async function readTree(
  ports: LoadPorts & Pick<DesiredTreeParts, 'directory' | 'before'>,
  pinned: PinnedRevision,
  signal: AbortSignal,
): Promise<DesiredTree> {
  const { directory, before } = ports;
  const files = await ports.source.files(pinned, signal);
  const wanted = files.flatMap((file): WantedFile[] => {
    const kind = kindOf(directory, file);
    return kind ? [{ file, kind, key: `${kind}:${file.blobId}` }] : [];
  });
  const parsed = await parsedBefore(ports, wanted);
  const fresh = await parseBlobs(
    ports,
    wanted.filter(({ key }) => !parsed.has(key)),
    signal,
  );
  await ports.state.parseCache.put(
    new Map([...fresh].map(([key, file]) => [cacheKeyOf(key), JSON.stringify(file)])),
  );
  for (const [key, file] of fresh) parsed.set(key, file);
  const keys = new Map(wanted.map(({ file, key }) => [file.path, key]));
  return makeDesiredTree({ directory, files, keys, parsed, before });
}

/** Of the wanted files those that this process, or an earlier one, has parsed. */
async function parsedBefore(
  { state, before }: LoadPorts & Pick<DesiredTreeParts, 'before'>,
  wanted: readonly WantedFile[],
): Promise<Map<string, ParsedFile>> {
  const found = new Map<string, ParsedFile>();
  const asked = new Map<string, string>();
  for (const { key } of wanted) {
    const file = before?.parsed.get(key);
    if (file) found.set(key, file);
    else asked.set(cacheKeyOf(key), key);
  }
  if (asked.size === 0) return found;
  for (const [cacheKey, text] of await state.parseCache.get([...asked.keys()])) {
    const file = parseCached(text);
    const key = asked.get(cacheKey);
    if (file && key !== undefined) found.set(key, file);
  }
  return found;
}

function cacheKeyOf(key: string): string {
  return `${PARSED_FORMAT}:${key}`;
}

/** A miss costs only time, so what does not read back is one. */
function parseCached(text: string): ParsedFile | undefined {
  try {
    return JSON.parse(text) as ParsedFile;
  } catch {
    return undefined;
  }
}

async function parseBlobs(
  ports: LoadPorts,
  wanted: readonly WantedFile[],
  signal: AbortSignal,
): Promise<Map<string, ParsedFile>> {
  const fresh = new Map<string, ParsedFile>();
  if (wanted.length === 0) return fresh;
  // one blob can stand behind several paths, and be a flow here and a base there
  const uses = new Map<string, Set<Kind>>();
  for (const { file, kind } of wanted)
    uses.set(file.blobId, (uses.get(file.blobId) ?? new Set<Kind>()).add(kind));
  for await (const { blobId, bytes } of ports.source.blobs([...uses.keys()], signal)) {
    for (const kind of uses.get(blobId) ?? [])
      fresh.set(`${kind}:${blobId}`, parseDesiredFile(kind, bytes));
  }
  return fresh;
}

function kindOf(directory: string, file: SourceFile): Kind | undefined {
  if (file.refused) return undefined;
  const { kind } = classifyDesiredPath(directory, file.path);
  return kind === 'other' ? undefined : kind;
}
