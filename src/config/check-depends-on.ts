import type { Diagnostic } from '../domain/diagnostic.ts';
import type { FlowId } from '../domain/flow.ts';
import type { FlowEntry } from './check-identity.ts';
import { circlesOf } from './circles.ts';
import { faultAt, withFile } from './fault.ts';

/** Longer circles are told in part. */
const MAX_SHOWN = 10;

/**
 * `dependsOn` that names a flow which no file describes, and circles of `dependsOn`: every flow in one is faulty.
 *
 * @param faulty flowIds of files with faults: they are described, if badly
 */
export function checkDependsOn(
  flows: readonly FlowEntry[],
  faulty: Iterable<FlowId>,
): readonly Diagnostic[] {
  const byId = new Map<FlowId, FlowEntry>();
  for (const entry of flows) {
    if (entry.flow.flowId !== undefined) byId.set(entry.flow.flowId, entry);
  }
  const described = new Set<FlowId>([...byId.keys(), ...faulty]);
  const depending = flows.filter(({ flow }) => flow.dependsOn.length > 0);
  return [...depending.flatMap((entry) => unknownOf(entry, described)), ...circleFaults(byId)];
}

function unknownOf({ path, flow }: FlowEntry, described: ReadonlySet<FlowId>): Diagnostic[] {
  return flow.dependsOn
    .filter(({ flowId }) => !described.has(flowId))
    .map(({ flowId, place }) => {
      const message = `\`dependsOn\` names ${flowId}, and no file of this org describes it`;
      return withFile(path, faultAt(place, 'desired.depends-unknown', message));
    });
}

function circleFaults(byId: ReadonlyMap<FlowId, FlowEntry>): Diagnostic[] {
  const leadsTo = (id: FlowId): readonly FlowId[] =>
    byId.get(id)?.flow.dependsOn.map(({ flowId }) => flowId) ?? [];
  // a flow that depends on nothing is in no circle
  const nodes = [...byId].filter(([, { flow }]) => flow.dependsOn.length > 0).map(([id]) => id);
  return circlesOf(nodes, leadsTo).map((circle) => {
    const entry = byId.get(circle[0] ?? '');
    const names = circle.map((id) => byId.get(id)?.flow.name ?? id);
    const shown = names.length > MAX_SHOWN ? [...names.slice(0, MAX_SHOWN), '...'] : names;
    const message = `\`dependsOn\` goes in a circle: ${[...shown, names[0]].join(' → ')}`;
    const place = entry?.flow.dependsOn.find(({ flowId }) => flowId === (circle[1] ?? circle[0]));
    return withFile(
      entry?.path ?? '',
      faultAt(place?.place ?? { line: 1, column: 1 }, 'desired.depends-cycle', message),
    );
  });
}
