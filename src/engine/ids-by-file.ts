import type { FlowId } from '../domain/flow.ts';
import type { Plan } from '../domain/plan.ts';
import type { FlowIndexEntry } from '../ports/state-store.ts';

export type IdOfFile = (file: string) => FlowId | undefined;

/**
 * Of a file that no longer tells its flow: the one that it described last, unless another file describes that
 * one by now. Indexed when first asked.
 */
export function idsByFile(
  index: ReadonlyMap<FlowId, FlowIndexEntry>,
  { settled, changes, unread = [] }: Pick<Plan, 'settled' | 'changes' | 'unread'>,
): IdOfFile {
  let byFile: Map<string, FlowId> | undefined;
  return (file) => {
    byFile ??= makeIndex(
      index,
      new Set([...settled, ...changes, ...unread].map(({ flowId }) => flowId)),
    );
    return byFile.get(file);
  };
}

function makeIndex(
  index: ReadonlyMap<FlowId, FlowIndexEntry>,
  described: ReadonlySet<FlowId>,
): Map<string, FlowId> {
  const byFile = new Map<string, FlowId>();
  for (const [flowId, { file }] of index) if (!described.has(flowId)) byFile.set(file, flowId);
  return byFile;
}
