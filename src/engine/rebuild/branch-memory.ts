import { parse } from 'yaml';
import type { AuditRecord } from '../../domain/audit.ts';
import { statusPathOf } from '../../domain/flow-status.ts';
import type { FlowStatus } from '../../domain/flow-status.ts';
import type { FlowId, OrgName } from '../../domain/flow.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { Json } from '../../domain/json.ts';
import { orgStatusPathOf } from '../../domain/org-status.ts';
import type { OrgStatus } from '../../domain/org-status.ts';
import type { BranchTip } from '../../ports/status-branch.ts';
import { readAuditFiles } from '../audit-files.ts';
import { withHash } from '../next-record.ts';

/** What the status branch tells of one flow. */
export interface FlowMemory {
  readonly status: FlowStatus;
  /** Hashes of desired settings that it was in sync with, oldest first, as far back as the history was read. */
  readonly pastHashes: readonly string[];
  /** Its audit records, in the order of the chain. */
  readonly audits: readonly AuditRecord[];
}

/** What the status branch tells of an org. */
export interface BranchMemory {
  readonly flows: ReadonlyMap<FlowId, FlowMemory>;
  readonly orgStatus: OrgStatus | undefined;
  /** Paths of status files that nobody can read. */
  readonly unreadable: readonly string[];
}

/** Commits that changed a status, back from the tip: the hashes of longer ago are forgotten. */
const COMMITS_READ = 10_000;

/** Reads everything that the status branch remembers of an org: status files and their history, and audit records. */
export async function readBranchMemory(tip: BranchTip, org: OrgName): Promise<BranchMemory> {
  const files = await tip.readAll(`status/${org}`);
  const statuses = new Map<FlowId, FlowStatus>();
  const unreadable: string[] = [];
  for (const [path, text] of files) {
    const status = readStatus(org, path, text);
    if (status) statuses.set(status.flowId, status);
    else if (path.endsWith('.yaml')) unreadable.push(path);
  }
  const hashes = await readPastHashes(tip, org);
  const { records } = readAuditFiles(org, await tip.readAll(`audit/${org}`));
  const audits = Map.groupBy(records, ({ flowId }) => flowId);
  const flows = [...statuses].map(([flowId, status]): [FlowId, FlowMemory] => [
    flowId,
    {
      status,
      pastHashes: hashes.get(statusPathOf(org, flowId)) ?? [],
      audits: audits.get(flowId) ?? [],
    },
  ]);
  return { flows: new Map(flows), orgStatus: await readOrgStatus(tip, org), unreadable };
}

/** Undefined for what is not a status file at its own place: somebody may have changed it by hand. */
function readStatus(org: OrgName, path: string, text: string): FlowStatus | undefined {
  const value = readYaml(text);
  if (!isJsonObject(value)) return undefined;
  const { flowId, conditions, differences } = value;
  const isWhole =
    typeof flowId === 'string' &&
    path === statusPathOf(org, flowId) &&
    ['file', 'state', 'since', 'desiredRevision'].every((key) => typeof value[key] === 'string') &&
    Array.isArray(conditions) &&
    conditions.every(isJsonObject) &&
    Array.isArray(differences);
  return isWhole ? (value as unknown as FlowStatus) : undefined;
}

async function readOrgStatus(tip: BranchTip, org: OrgName): Promise<OrgStatus | undefined> {
  const value = readYaml((await tip.read(orgStatusPathOf(org))) ?? '');
  return isJsonObject(value) && value['org'] === org ? (value as unknown as OrgStatus) : undefined;
}

function readYaml(text: string): Json | undefined {
  try {
    return parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** As flowkeeper writes it; there may be a hundred thousand, too many to parse each. */
const LAST_APPLIED_HASH = /^lastAppliedHash: ["']?([0-9a-f]{64})["']?$/m;

/** By path of the status file. */
async function readPastHashes(
  tip: BranchTip,
  org: OrgName,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const hashes = new Map<string, readonly string[]>();
  for await (const { path, text } of tip.history(`status/${org}`, COMMITS_READ)) {
    const hash = LAST_APPLIED_HASH.exec(text)?.[1];
    if (hash !== undefined) hashes.set(path, withHash(hashes.get(path), hash));
  }
  return hashes;
}
