import type { Diagnostic } from '../domain/diagnostic.ts';
import { faultAt, withFile } from './fault.ts';
import type { FlowId } from '../domain/flow.ts';
import type { ParsedFlow } from './parse-desired-file.ts';

/** A flow file of one org that has no faults of its own. */
export interface FlowEntry {
  readonly path: string;
  readonly flow: ParsedFlow;
}

/**
 * Files of one org that describe the same flow: no two bear one `flowId`, no two have one `name` and nothing else, and
 * none has only a `name` that another bears beside its `flowId`.
 *
 * @param faulty flowIds of files with faults, by path: two files are two, though one cannot be used
 */
export function checkIdentity(
  flows: readonly FlowEntry[],
  faulty: ReadonlyMap<string, FlowId>,
): readonly Diagnostic[] {
  const byId = new Map<string, string[]>();
  const byName = new Map<string, string[]>();
  const namedById = new Map<string, string[]>();
  for (const [path, flowId] of faulty) push(byId, flowId, path);
  for (const { path, flow } of flows) {
    if (flow.flowId !== undefined) push(byId, flow.flowId, path);
    if (flow.name !== undefined)
      push(flow.flowId === undefined ? byName : namedById, flow.name, path);
  }
  return flows.flatMap(({ path, flow }) => {
    const { flowId, name = '' } = flow;
    const files =
      flowId === undefined
        ? [...(byName.get(name) ?? []), ...(namedById.get(name) ?? [])]
        : (byId.get(flowId) ?? []);
    const others = files.filter((other) => other !== path);
    if (others.length === 0) return [];
    const key = flowId === undefined ? 'name' : 'flowId';
    const more = others.length > 1 ? ` and ${String(others.length - 1)} more` : '';
    const message = `the same flow is described by \`${others[0] ?? ''}\`${more} (equal \`${key}\`)`;
    return [
      withFile(path, faultAt(flow.identityPlace, 'desired.duplicate-flow', message, 'Keep one.')),
    ];
  });
}

function push(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
