import type { DiagnosticCode } from '../domain/diagnostic-codes.ts';
import type { InvalidFlow } from '../domain/diagnostic.ts';
import type { DesiredFlow, FlowId } from '../domain/flow.ts';

/** More ids than this are counted, not listed. */
const MAX_LISTED = 5;

/** The file names both, and the org has them apart. */
export function nameMismatch(flow: DesiredFlow, flowId: FlowId, liveName: string): InvalidFlow {
  return faultOf(flow, flowId, {
    code: 'desired.name-mismatch',
    message: `the file says name ${quoted(flow.name)}, but the live flow ${flowId} is called ${quoted(liveName)}`,
    hint: 'Correct `name` or `flowId`; nothing is renamed.',
  });
}

export function ambiguousName(flow: DesiredFlow, flowIds: readonly FlowId[]): InvalidFlow {
  const listed = flowIds.toSorted().slice(0, MAX_LISTED).join(', ');
  const more = flowIds.length > MAX_LISTED ? ', …' : '';
  return faultOf(flow, undefined, {
    code: 'desired.name-ambiguous',
    message: `${String(flowIds.length)} live flows are called ${quoted(flow.name)}: ${listed}${more}`,
    hint: 'Write the `flowId` of the one that is meant.',
  });
}

/** @param others the other files that mean the same flow */
export function duplicateFlow(
  flow: DesiredFlow,
  flowId: FlowId | undefined,
  others: readonly string[],
): InvalidFlow {
  const what = flowId === undefined ? `the flow called ${quoted(flow.name)}` : `the flow ${flowId}`;
  return faultOf(flow, flowId, {
    code: 'desired.duplicate-flow',
    message: `${what} is also described by ${others.join(', ')}`,
    hint: 'Keep one file for each flow.',
  });
}

function quoted(name: string | undefined): string {
  return JSON.stringify(name ?? '');
}

/** The identity is of the whole file, so the fault stands at its start. */
function faultOf(
  { file }: DesiredFlow,
  flowId: FlowId | undefined,
  fault: { readonly code: DiagnosticCode; readonly message: string; readonly hint: string },
): InvalidFlow {
  return {
    file,
    ...(flowId !== undefined && { flowId }),
    diagnostics: [{ file, line: 1, column: 1, ...fault }],
  };
}
