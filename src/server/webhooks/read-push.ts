import { HOST_RULES } from './verify.ts';
import type { HeaderOf, WebhookHost } from './verify.ts';

/** What a verified delivery means for the watched branch. */
export type Push = 'moved' | 'other-branch' | 'other-event';

/**
 * Reads no more of a delivery than whether it is about the branch. Whatever cannot be told counts as `moved`: looking
 * again costs one request. Never throws.
 */
export function readPush(
  host: WebhookHost,
  headerOf: HeaderOf,
  body: Uint8Array,
  branch: string,
): Push {
  const { eventHeader, pushEvents } = HOST_RULES[host];
  const event = eventHeader === undefined ? undefined : headerOf(eventHeader);
  if (event !== undefined && !pushEvents.includes(event)) return 'other-event';
  const branches = branchesOf(parse(body, headerOf('content-type') ?? ''));
  return branches.length === 0 || branches.includes(branch) ? 'moved' : 'other-branch';
}

function parse(body: Uint8Array, contentType: string): unknown {
  const text = Buffer.from(body).toString('utf8');
  const isForm = contentType.startsWith('application/x-www-form-urlencoded');
  try {
    return JSON.parse(isForm ? (new URLSearchParams(text).get('payload') ?? '') : text) as unknown;
  } catch {
    return undefined;
  }
}

/** Empty when the payload does not tell. */
function branchesOf(payload: unknown): string[] {
  const { ref, push, changes } = fieldsOf(payload);
  if (typeof ref === 'string') return branchesOfRef(ref);
  const cloud = listOf(fieldsOf(push)['changes']).flatMap((change) => {
    const { new: after, old: before } = fieldsOf(change);
    return [after, before].flatMap((side) => nameOf(side));
  });
  const dataCenter = listOf(changes).flatMap((change) => {
    const { id } = fieldsOf(fieldsOf(change)['ref']);
    return typeof id === 'string' ? branchesOfRef(id) : [];
  });
  return [...cloud, ...dataCenter];
}

function branchesOfRef(ref: string): string[] {
  return [ref.startsWith(HEADS) ? ref.slice(HEADS.length) : ref];
}

const HEADS = 'refs/heads/';

function nameOf(side: unknown): string[] {
  const { name } = fieldsOf(side);
  return typeof name === 'string' ? [name] : [];
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}
