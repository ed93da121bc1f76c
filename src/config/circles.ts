/**
 * For each node that can reach itself, one way round: the node first, then those on the way back to it.
 * Linear in nodes and edges, apart from finding the way round inside one knot of nodes. Without recursion.
 */
export function circlesOf(
  nodes: readonly string[],
  leadsTo: (node: string) => readonly string[],
): readonly (readonly string[])[] {
  return knotsOf(nodes, leadsTo).flatMap((knot) => {
    const inside = new Set(knot);
    return knot.flatMap((node) => {
      const round = wayRound(node, (from) => leadsTo(from).filter((to) => inside.has(to)));
      return round ? [round] : [];
    });
  });
}

/** A large knot would cost its size squared; past this every node of it is told by itself alone. */
const MAX_SEARCHED = 1_000;

/** The shortest way from a node back to itself (breadth first); undefined when there is none. */
function wayRound(
  start: string,
  leadsTo: (node: string) => readonly string[],
): readonly string[] | undefined {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const node of queue) {
    for (const next of leadsTo(node)) {
      if (next === start) return backTo(start, node, cameFrom);
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, node);
      queue.push(next);
    }
    if (queue.length > MAX_SEARCHED) return [start];
  }
  return undefined;
}

function backTo(start: string, end: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const way: string[] = [];
  for (let node = end; node !== start; node = cameFrom.get(node) ?? start) way.push(node);
  return [start, ...way.reverse()];
}

/** Strongly connected nodes (Tarjan), those that stand alone included. */
function knotsOf(
  nodes: readonly string[],
  leadsTo: (node: string) => readonly string[],
): string[][] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const knots: string[][] = [];
  const lower = (node: string, to: number): void => {
    low.set(node, Math.min(low.get(node) ?? to, to));
  };

  const enter = (node: string): { node: string; next: Iterator<string> } => {
    order.set(node, order.size);
    lower(node, order.size - 1);
    open.push(node);
    isOpen.add(node);
    return { node, next: leadsTo(node)[Symbol.iterator]() };
  };
  const leave = (node: string): void => {
    if (low.get(node) !== order.get(node)) return;
    const knot = open.splice(open.lastIndexOf(node));
    for (const member of knot) isOpen.delete(member);
    knots.push(knot);
  };

  for (const root of nodes) {
    const work = order.has(root) ? [] : [enter(root)];
    for (let top = work.at(-1); top; top = work.at(-1)) {
      const { node, next } = top;
      const step = next.next();
      if (step.done) {
        work.pop();
        leave(node);
        const above = work.at(-1);
        if (above) lower(above.node, low.get(node) ?? 0);
      } else if (!order.has(step.value)) work.push(enter(step.value));
      else if (isOpen.has(step.value)) lower(node, order.get(step.value) ?? 0);
    }
  }
  return knots;
}
