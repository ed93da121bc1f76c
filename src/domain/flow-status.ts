import type { FlowStatus } from './formats.generated.ts';

/** The documents are defined by schemas/status.schema.json; their types are generated from it. */
export type { FlowStatus, StatusCondition } from './formats.generated.ts';

/** What a status file says of its flow in one word; the schema says what each means. */
export type FlowState = FlowStatus['state'];

/** Where the status branch keeps the status of a flow. */
export function statusPathOf(org: string, flowId: string): string {
  return `status/${org}/${flowId.slice(0, 2)}/${flowId}.yaml`;
}

/** Where the status branch keeps the snapshot of one version of a flow. */
export function snapshotPathOf(org: string, flowId: string, version: number): string {
  return `snapshots/${org}/${flowId}/${String(version)}.json`;
}

/** Where the status branch keeps an org's audit records of the month of `timestamp` (ISO 8601, UTC). */
export function auditPathOf(org: string, timestamp: string): string {
  return `audit/${org}/${timestamp.slice(0, 7)}.jsonl`;
}

/** True for the path of a month of an org's audit records; nothing else below its folder is part of the chain. */
export function isAuditPath(org: string, path: string): boolean {
  const folder = `audit/${org}/`;
  return (
    path.startsWith(folder) && /^\d{4}-(0[1-9]|1[0-2])\.jsonl$/.test(path.slice(folder.length))
  );
}
