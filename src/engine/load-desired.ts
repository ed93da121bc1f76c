import { classifyDesiredPath } from '../config/desired-path.ts';
import { loadOrg } from '../config/load-desired.ts';
import type { LoadedOrg } from '../config/load-desired.ts';
import { PARSED_FORMAT, parseDesiredFile } from '../config/parse-desired-file.ts';
import type { ParsedFile } from '../config/parse-desired-file.ts';
import { FlowkeeperError } from '../domain/errors.ts';
import type { PinnedRevision, SourceFile } from '../ports/desired-source.ts';
import type { Ports } from '../ports/ports.ts';
import type { OrgRun } from './org-run.ts';

type LoadPorts = Pick<Ports, 'source' | 'state'>;
type Kind = 'flow' | 'policy' | 'base';

/** The files of one revision, parsed; shared by all orgs of the repository. */
export interface DesiredTree {
  readonly files: readonly SourceFile[];
  readonly parsed: ReadonlyMap<string, ParsedFile>;
}

/**
 * Reads and parses what one revision says. A blob that was parsed before, in this process or an earlier one,
 * is not read again. The last tree stays in memory for the next run: equal tree ids prove equal files.
 */
export function makeDesiredLoader(ports: LoadPorts, directory: string): DesiredLoader {
  let last: SharedRead | undefined;
  const read = (pinned: PinnedRevision, treeId: string, signal: AbortSignal): SharedRead => {
    const shared = { treeId, startedBy: signal, tree: readTree(ports, directory, pinned, signal) };
    last = shared;
    // a failed read must not be remembered
    shared.tree.catch(() => {
      if (last === shared) last = undefined;
    });
    return shared;
  };
  return {
    async tree(pinned, signal) {
      const { treeId } = pinned;
      if (treeId === undefined) return { files: [], parsed: new Map() };
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
 * @throws desired.no-org: a folder that is not there must not pass for "no flows"
 */
export async function loadDesiredOrg(
  loader: DesiredLoader,
  run: OrgRun,
  signal: AbortSignal,
): Promise<LoadedOrg> {
  const { org, directory } = run;
  const tree = await loader.tree(run.pinned, signal);
  const parsed = (path: string): ParsedFile | undefined => tree.parsed.get(path);
  const loaded = loadOrg({ org, directory, files: tree.files, parsed });
  if (loaded.orgExists) return loaded;
  const message = `the repository has no folder ${directory}/${org} at ${run.pinned.revision.slice(0, 10)}`;
  throw new FlowkeeperError('desired.no-org', message, { org, directory });
}

async function readTree(
  ports: LoadPorts,
  directory: string,
  pinned: PinnedRevision,
  signal: AbortSignal,
): Promise<DesiredTree> {
  const files = await ports.source.files(pinned, signal);
  const wanted = files.flatMap((file) => {
    const kind = kindOf(directory, file);
    return kind ? [{ file, kind, key: `${PARSED_FORMAT}:${kind}:${file.blobId}` }] : [];
  });
  const cached = await ports.state.parseCache.get([...new Set(wanted.map(({ key }) => key))]);
  const byKey = new Map<string, ParsedFile>();
  for (const [key, text] of cached) {
    const parsed = parseCached(text);
    if (parsed) byKey.set(key, parsed);
  }

  const fresh = await parseBlobs(
    ports,
    wanted.filter(({ key }) => !byKey.has(key)),
    signal,
  );
  await ports.state.parseCache.put(
    new Map([...fresh].map(([key, parsed]) => [key, JSON.stringify(parsed)])),
  );
  for (const [key, parsed] of fresh) byKey.set(key, parsed);

  const parsed = new Map<string, ParsedFile>();
  for (const { file, key } of wanted) {
    const value = byKey.get(key);
    if (value) parsed.set(file.path, value);
  }
  return { files, parsed };
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
  wanted: readonly { readonly file: SourceFile; readonly kind: Kind; readonly key: string }[],
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
      fresh.set(`${PARSED_FORMAT}:${kind}:${blobId}`, parseDesiredFile(kind, bytes));
  }
  return fresh;
}

function kindOf(directory: string, file: SourceFile): Kind | undefined {
  if (file.refused) return undefined;
  const { kind } = classifyDesiredPath(directory, file.path);
  return kind === 'other' ? undefined : kind;
}
