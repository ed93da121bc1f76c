import type { DependencyKind, DesiredFlow } from '../domain/flow.ts';
import type { KindAccess } from '../ports/flow-backend.ts';
import { KINDS, kindsOf } from '../gates/dependencies.ts';
import type { DependencyFacts } from '../gates/dependencies.ts';
import type { Ports } from '../ports/ports.ts';
import type { TimeLimits } from './time-limits.ts';

/** Look-ups that these flows take: whether each kind may be read, and which of the names are missing; at least. */
export function countLookUps(flows: readonly DesiredFlow[]): number {
  const kinds = new Set(flows.flatMap(kindsOf));
  const named = KINDS.filter((kind) => flows.some(({ requires }) => requires[kind].length > 0));
  return kinds.size + named.length;
}

/**
 * Looks dependencies up, each kind at most once in a run however many flows lean on it.
 *
 * @param planned every flow that this run may write: their names are asked for together
 */
export function makeDependencyLookup(
  ports: Pick<Ports, 'backend'>,
  planned: readonly DesiredFlow[],
  limits: TimeLimits,
  signal: AbortSignal,
): (flow: DesiredFlow) => Promise<DependencyFacts> {
  const access = new Map<DependencyKind, Promise<KindAccess>>();
  const missing = new Map<DependencyKind, Promise<ReadonlySet<string>>>();

  const accessTo = (kind: DependencyKind): Promise<KindAccess> =>
    getOrMake(access, kind, () =>
      limits.phase('look-up', signal, (alive) => ports.backend.accessTo(kind, alive)),
    );
  const missingOf = (kind: DependencyKind): Promise<ReadonlySet<string>> =>
    getOrMake(missing, kind, async () => {
      const names = [...new Set(planned.flatMap((flow) => flow.requires[kind]))].sort();
      const absent = await limits.phase('look-up', signal, (alive) =>
        ports.backend.missingOf(kind, names, alive),
      );
      return new Set(absent);
    });

  return async (flow) => {
    const facts = {
      access: {} as Record<string, KindAccess>,
      missing: {} as Record<string, string[]>,
    };
    for (const kind of kindsOf(flow)) {
      const names = flow.requires[kind];
      const seen = await accessTo(kind);
      facts.access[kind] = seen;
      if (seen.kind !== 'readable' || names.length === 0) continue;
      const absent = await missingOf(kind);
      facts.missing[kind] = names.filter((name) => absent.has(name));
    }
    return facts;
  };
}

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
