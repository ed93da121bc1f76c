import { loadOrg } from '../config/load-desired.ts';
import type { LoadedOrg } from '../config/load-desired.ts';
import type { ParsedFile } from '../config/parse-desired-file.ts';
import type { DesiredFlow, OrgName } from '../domain/flow.ts';
import { byText } from '../plan/order.ts';
import type { SourceFile } from '../ports/desired-source.ts';

/** What the files of one revision say; shared by all orgs of the repository. */
export interface DesiredTree extends Said {
  /**
   * The very same value each time; and each flow of which the revision before says the same is the very same value
   * as there. So "git says the same" can be told by identity.
   */
  org(org: OrgName): LoadedOrg;
  /** By what `keys` give. */
  readonly parsed: ReadonlyMap<string, ParsedFile>;
}

/** What a tree was asked so far. */
interface Said {
  /** Of each file, by path: names its kind and content. */
  readonly keys: ReadonlyMap<string, string>;
  readonly orgs: ReadonlyMap<OrgName, LoadedOrg>;
}

export interface DesiredTreeParts extends Partial<Pick<DesiredTree, 'keys' | 'parsed'>> {
  readonly directory: string;
  readonly files: readonly SourceFile[];
  /** Of the revision that was read before this one. */
  readonly before?: DesiredTree | undefined;
}

const NOTHING: ReadonlyMap<string, never> = new Map<string, never>();

export function makeDesiredTree(parts: DesiredTreeParts): DesiredTree {
  const { directory, files, keys = NOTHING, parsed = NOTHING } = parts;
  const orgs = new Map<OrgName, LoadedOrg>();
  // not the tree itself, or each would hold all that were before it
  const before = parts.before && { keys: parts.before.keys, orgs: parts.before.orgs };
  const load = (org: OrgName): LoadedOrg => {
    const parsedOf = (path: string): ParsedFile | undefined => parsed.get(keys.get(path) ?? '');
    const loaded = loadOrg({ org, directory, files, parsed: parsedOf });
    // as plans have them, so that each run finds them sorted
    const flows = loaded.flows.toSorted(byText(({ flowId = '' }) => flowId));
    return { ...loaded, flows: before ? flows.map(keptFrom(before, org, keys)) : flows };
  };
  return {
    keys,
    parsed,
    orgs,
    org(org) {
      const loaded = orgs.get(org) ?? load(org);
      orgs.set(org, loaded);
      return loaded;
    },
  };
}

/** A flow is made of its own file and of settings that may come from others, which the hash names. */
function keptFrom(
  before: Said,
  org: OrgName,
  keys: ReadonlyMap<string, string>,
): (flow: DesiredFlow) => DesiredFlow {
  const byFile = new Map(before.orgs.get(org)?.flows.map((flow) => [flow.file, flow]));
  return (flow) => {
    const { file, hash } = flow;
    const known = byFile.get(file);
    return known?.hash === hash && before.keys.get(file) === keys.get(file) ? known : flow;
  };
}
