import { stringify } from 'yaml';
import type { FlowInput } from '../../src/simulator/flow.ts';
import type { JsonObject } from '../../src/simulator/json.ts';

/** Where the desired state of a live flow lies in these tests. */
export function flowPath(org: string, flowId: string): string {
  return `desired-state/${org}/flows/${flowId.slice(0, 2)}/${flowId}.yaml`;
}

/**
 * A flow file that declares what the contract describes of a live flow, as it is; `priority`, `prompts` and
 * `recording` stay undeclared.
 */
export function flowFile(flow: FlowInput, change: FlowFileChange = {}): string {
  const { routing, configurationMatrix, scopeDirectives } = flow.settings;
  const { type, maxWaitTime } = routing as { readonly type: string; readonly maxWaitTime: number };
  const settings = {
    routing: { type, maxWaitTime, scope: { type: 'org' }, ...change.routing },
    configurationMatrix,
    scopeDirectives,
    ...change.blocks,
  };
  const identity = { flowId: flow.id, name: flow.name, ...change.identity };
  return stringify({ ...identity, settings, ...change.rest });
}

export interface FlowFileChange {
  /** Over `flowId` and `name`; undefined leaves one out. */
  readonly identity?: Readonly<Record<string, string | undefined>>;
  readonly routing?: JsonObject;
  /** Over the three declared blocks. */
  readonly blocks?: JsonObject;
  /** Beside `settings`. */
  readonly rest?: JsonObject;
}

/** A file of every flow. */
export function flowFiles(org: string, flows: readonly FlowInput[]): Record<string, string> {
  return Object.fromEntries(flows.map((flow) => [flowPath(org, flow.id), flowFile(flow)]));
}
