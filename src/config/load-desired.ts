import type { Diagnostic, InvalidFlow } from '../domain/diagnostic.ts';
import { FlowkeeperError } from '../domain/errors.ts';
import type { DesiredFlow, FlowId, OrgName } from '../domain/flow.ts';
import type { Policy } from '../domain/policy.ts';
import { checkDependsOn } from './check-depends-on.ts';
import { checkIdentity } from './check-identity.ts';
import type { FlowEntry } from './check-identity.ts';
import { FILE_START, faultAt, withFile } from './fault.ts';
import { indexFiles } from './index-files.ts';
import type { DesiredFileEntry, FileIndex } from './index-files.ts';
import { policyByDefault } from './make-policy.ts';
import type { ParsedFile } from './parse-desired-file.ts';
import { faultsOf, makeSettingsResolver } from './resolve-settings.ts';

export interface LoadOrgInput {
  readonly org: OrgName;
  /** Folder of the desired state in the repository. */
  readonly directory: string;
  /** Every file below the directory, in any order. */
  readonly files: readonly DesiredFileEntry[];
  /** What a file says; asked only for files that are neither refused nor of another kind than YAML. */
  readonly parsed: (path: string) => ParsedFile | undefined;
}

/** What git says of one org. */
export interface LoadedOrg {
  readonly org: OrgName;
  /** False: the directory has no folder of the org's name. */
  readonly orgExists: boolean;
  /** With defaults filled in; while there are `policyFaults` one that writes nothing. */
  readonly policy: Policy;
  /** Path of policy.yaml; undefined: there is none, or none that can be used. */
  readonly policyFile?: string;
  /** Not empty: the org stops. */
  readonly policyFaults: readonly Diagnostic[];
  /** By file. */
  readonly flows: readonly DesiredFlow[];
  /** By file. */
  readonly invalid: readonly InvalidFlow[];
}

/**
 * Puts the files of one org together: policy, flows with their bases merged in, and every fault that only shows
 * between files. A bad flow file stops its flow and no other. Pure, and independent of the time: equal input gives an
 * equal answer.
 *
 * @throws bug.unexpected when a file that is needed was not parsed: a partial read must not pass for a deletion
 */
export function loadOrg(input: LoadOrgInput): LoadedOrg {
  const index = indexFiles(input.directory, input.files);
  const files = index.ofOrg(input.org);
  const sorted = files?.flows.toSorted(byText) ?? [];
  return {
    org: input.org,
    orgExists: files !== undefined,
    ...loadPolicy(files?.policies.toSorted(byText) ?? [], index, input),
    ...loadFlows(sorted, index, input),
  };
}

function loadPolicy(
  paths: readonly string[],
  index: FileIndex,
  input: LoadOrgInput,
): Pick<LoadedOrg, 'policy' | 'policyFile' | 'policyFaults'> {
  const refused = paths.map((path) => index.refusal(path)).filter((fault) => fault !== undefined);
  if (refused.length > 0) return brokenPolicy(refused);
  const [path, second] = paths;
  if (path === undefined) return { policy: policyByDefault(), policyFaults: [] };
  if (second !== undefined) {
    const message = `\`${path}\` is a policy too`;
    const fault = faultAt(FILE_START, 'schema.violation', message, 'Keep one.');
    return brokenPolicy([withFile(second, fault)]);
  }
  const file = parsedOf(input, path);
  if (file.kind === 'policy') return { policy: file.policy, policyFile: path, policyFaults: [] };
  return brokenPolicy(
    file.kind === 'faulty' ? file.faults.map((fault) => withFile(path, fault)) : [],
  );
}

/** Nobody should go on with it; who does writes nothing. */
function brokenPolicy(faults: readonly Diagnostic[]): Pick<LoadedOrg, 'policy' | 'policyFaults'> {
  return { policy: { ...policyByDefault(), mode: 'report' }, policyFaults: faults };
}

function loadFlows(
  paths: readonly string[],
  index: FileIndex,
  input: LoadOrgInput,
): Pick<LoadedOrg, 'flows' | 'invalid'> {
  const read = readFiles(paths, index, input);
  const resolve = makeSettingsResolver(input.directory, index, input.parsed);
  for (const { path } of read.entries) {
    const resolved = resolve(path);
    if (!resolved.ok) add(read.faults, path, faultsOf(resolved));
  }
  const crossed = [
    ...checkIdentity(read.entries, read.faultyIds),
    ...checkDependsOn(read.entries, read.faultyIds.values()),
  ];
  for (const fault of crossed) add(read.faults, fault.file, [fault]);

  const flows = read.entries.flatMap((entry) => {
    const resolved = resolve(entry.path);
    return resolved.ok && !read.faults.has(entry.path) ? [makeFlow(entry, resolved)] : [];
  });
  return { flows, invalid: paths.flatMap((path) => invalidOf(path, read)) };
}

interface ReadFiles {
  /** Files without faults of their own. */
  readonly entries: readonly FlowEntry[];
  /** FlowIds of files that cannot be used, as far as they tell, by path. */
  readonly faultyIds: ReadonlyMap<string, FlowId>;
  readonly ids: ReadonlyMap<string, FlowId>;
  readonly faults: Map<string, readonly Diagnostic[]>;
}

function readFiles(paths: readonly string[], index: FileIndex, input: LoadOrgInput): ReadFiles {
  const entries: FlowEntry[] = [];
  const faultyIds = new Map<string, FlowId>();
  const ids = new Map<string, FlowId>();
  const faults = new Map<string, readonly Diagnostic[]>();
  for (const path of paths) {
    const refused = index.refusal(path);
    const file = refused ? input.parsed(path) : parsedOf(input, path);
    if (refused) add(faults, path, [refused]);
    else if (file?.kind === 'flow') entries.push({ path, flow: file });
    else if (file?.kind === 'faulty')
      add(
        faults,
        path,
        file.faults.map((f) => withFile(path, f)),
      );
    const flowId = flowIdOf(file);
    if (flowId === undefined) continue;
    ids.set(path, flowId);
    if (faults.has(path)) faultyIds.set(path, flowId);
  }
  return { entries, faultyIds, ids, faults };
}

function flowIdOf(file: ParsedFile | undefined): FlowId | undefined {
  return file?.kind === 'flow' || file?.kind === 'faulty' ? file.flowId : undefined;
}

function add(
  faults: Map<string, readonly Diagnostic[]>,
  path: string,
  found: readonly Diagnostic[],
): void {
  faults.set(path, [...(faults.get(path) ?? []), ...found]);
}

function invalidOf(path: string, { ids, faults }: ReadFiles): InvalidFlow[] {
  const diagnostics = faults.get(path);
  if (!diagnostics) return [];
  const flowId = ids.get(path);
  return [{ file: path, diagnostics, ...(flowId !== undefined && { flowId }) }];
}

function makeFlow(
  { path, flow }: FlowEntry,
  { settings, hash }: Pick<DesiredFlow, 'settings' | 'hash'>,
): DesiredFlow {
  const { flowId, name, suspend, dependsOn, requires, mode, ignore } = flow;
  return {
    file: path,
    ...(flowId !== undefined && { flowId }),
    ...(name !== undefined && { name }),
    settings,
    hash,
    dependsOn: dependsOn.map((dependency) => dependency.flowId),
    requires,
    mode,
    ...(suspend !== undefined && { suspend }),
    ignore,
  };
}

function parsedOf({ parsed }: LoadOrgInput, path: string): ParsedFile {
  const file = parsed(path);
  if (file) return file;
  const reason = `${path} was not parsed`;
  throw new FlowkeeperError('bug.unexpected', reason, { reason });
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
