import { parse } from 'yaml';
import type { AuditRecord } from '../domain/audit.ts';
import { asFlowkeeperError } from '../domain/errors.ts';
import { statusPathOf } from '../domain/flow-status.ts';
import type { FlowStatus } from '../domain/flow-status.ts';
import type { FlowId, OrgName } from '../domain/flow.ts';
import { readAuditFiles } from '../engine/audit-files.ts';
import type { AuditFiles } from '../engine/audit-files.ts';
import { onlyOne } from '../engine/find-flow.ts';
import type { BranchTip } from '../ports/status-branch.ts';
import type { App } from './create-app.ts';
import { historyEntry, idsOfName, planApprovals } from './flow-history.ts';
import type { HistoryEntry } from './flow-history.ts';
import type { FlowByHand } from './flows-by-hand.ts';

/** Defined by schemas/flow-history.schema.json. */
export interface FlowHistory {
  readonly apiVersion: 'flowkeeper/v1';
  readonly kind: 'FlowHistory';
  readonly org: OrgName;
  readonly flowId: FlowId;
  /** The last that is known. */
  readonly name?: string;
  /** Newest last; empty: flowkeeper has never written to it. */
  readonly entries: readonly HistoryEntry[];
  /** Lines of the org's audit files that are no record. */
  readonly unreadable: number;
  /** Set when the repository could not be asked who approved; the code says why. */
  readonly approvals?: { readonly code: string };
}

/**
 * Everything that the audit files on the status branch hold of one flow, as the remote has them now.
 *
 * @throws git.*, cli.unknown-flow, cli.ambiguous-flow, cli.usage; deadline.command
 */
export async function readHistory(
  app: App,
  { flow, orgs }: FlowByHand,
  signal: AbortSignal,
): Promise<FlowHistory> {
  return app.inTime(signal, (alive) => read(app, { flow, orgs: app.orgNames(orgs) }, alive));
}

async function read(
  app: App,
  { flow, orgs: names }: { readonly flow: string; readonly orgs: readonly OrgName[] },
  signal: AbortSignal,
): Promise<FlowHistory> {
  const tip = await app.statusTip(signal);
  const { flowId, found, records: own } = await findRecorded(tip, names, flow);
  const { org, unreadable } = found;
  const approvals = planApprovals(found);
  const status = (await statusesOf(tip, org, flowId))[0];
  const lastName = own.at(-1)?.details['name'];
  const name = status?.name ?? (typeof lastName === 'string' ? lastName : undefined);
  return {
    apiVersion: 'flowkeeper/v1',
    kind: 'FlowHistory',
    org,
    flowId,
    ...(name !== undefined && { name }),
    ...(await withApprovals(
      app,
      own.map((record) => historyEntry(record, approvals)),
      signal,
    )),
    unreadable,
  };
}

/** What the audit files hold of one flow. */
export interface RecordedFlow {
  /** Of its org. */
  readonly found: AuditFiles;
  readonly flowId: FlowId;
  /** Newest last. */
  readonly records: readonly AuditRecord[];
}

/** @throws cli.unknown-flow, cli.ambiguous-flow */
export async function findRecorded(
  tip: BranchTip,
  names: readonly OrgName[],
  flow: string,
): Promise<RecordedFlow> {
  const files: AuditFiles[] = [];
  for (const org of names) files.push(readAuditFiles(org, await tip.readAll(`audit/${org}`)));
  const { org, flowId } = onlyOne(flow, names, await find(tip, files, flow));
  const found = files.find((each) => each.org === org) ?? { org, records: [], unreadable: 0 };
  return { found, flowId, records: found.records.filter((record) => record.flowId === flowId) };
}

interface Found {
  readonly org: OrgName;
  readonly flowId: FlowId;
}

/** By id or name in the records; else in the status files, which also know flows that were never written. */
async function find(
  tip: BranchTip,
  files: readonly AuditFiles[],
  flow: string,
): Promise<readonly Found[]> {
  const id = flow.toLowerCase();
  const byId = files.filter(({ records }) => records.some(({ flowId }) => flowId === id));
  if (byId.length > 0) return byId.map(({ org }) => ({ org, flowId: id }));
  const byName = files.flatMap((each) =>
    [...idsOfName(each, flow)].map((flowId) => ({ org: each.org, flowId })),
  );
  if (byName.length > 0) return byName;
  const unwritten: Found[] = [];
  for (const { org } of files) {
    const statuses = await statusesOf(tip, org, id);
    const named = statuses.length > 0 ? statuses : await statusesNamed(tip, org, flow);
    unwritten.push(...named.map(({ flowId }) => ({ org, flowId })));
  }
  return unwritten;
}

async function statusesOf(tip: BranchTip, org: OrgName, flowId: FlowId): Promise<FlowStatus[]> {
  const text = await tip.read(statusPathOf(org, flowId));
  return text === undefined ? [] : [parse(text) as FlowStatus];
}

async function statusesNamed(tip: BranchTip, org: OrgName, name: string): Promise<FlowStatus[]> {
  const files = await tip.readAll(`status/${org}`);
  return [...files.values()]
    .map((text) => parse(text) as FlowStatus)
    .filter((status) => status.name === name);
}

type Approved = Pick<FlowHistory, 'entries' | 'approvals'>;

async function withApprovals(
  app: App,
  entries: readonly HistoryEntry[],
  signal: AbortSignal,
): Promise<Approved> {
  const { known, failure } = await readApprovals(app, entries, signal);
  const told = entries.map((entry) => {
    const approvedBy = known.get(commitKey(entry)) ?? [];
    return approvedBy.length > 0 && isAttempt(entry) ? { ...entry, approvedBy } : entry;
  });
  return { entries: told, ...(failure !== undefined && { approvals: { code: failure } }) };
}

type ApprovalsByCommit = ReadonlyMap<string, readonly string[]>;

/** Asks the repository once for each commit and file, and no more when it cannot be asked. */
async function readApprovals(
  app: App,
  entries: readonly HistoryEntry[],
  signal: AbortSignal,
): Promise<{ readonly known: ApprovalsByCommit; readonly failure?: string }> {
  const known = new Map<string, readonly string[]>();
  for (const entry of entries) {
    const { revision, file } = entry;
    if (file === undefined || !isAttempt(entry) || known.has(commitKey(entry))) continue;
    try {
      const change = await app.lastChange({ revision, file }, signal);
      known.set(commitKey(entry), change?.approvedBy ?? []);
    } catch (error) {
      const { code } = asFlowkeeperError(error);
      if (signal.aborted || !code.startsWith('git.')) throw error;
      return { known, failure: code };
    }
  }
  return { known };
}

/** Some of what is audited was no attempt to write the flow, and went through none of its steps. */
export function isAttempt({ steps }: HistoryEntry): boolean {
  return Object.keys(steps).length > 0;
}

function commitKey({ revision, file = '' }: HistoryEntry): string {
  return `${revision} ${file}`;
}
