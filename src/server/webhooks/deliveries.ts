/** Deliveries remembered at most; the oldest is forgotten. */
const MAX_DELIVERIES = 10_000;

/** Deliveries that were taken, by host and id: a host, or a thief, that repeats one causes nothing. */
export interface Deliveries {
  has(id: string): boolean;
  add(id: string): void;
}

export function makeDeliveries(max = MAX_DELIVERIES): Deliveries {
  const known = new Set<string>();
  return {
    has: (id) => known.has(id),
    add(id) {
      known.add(id);
      const [oldest] = known;
      if (known.size > max && oldest !== undefined) known.delete(oldest);
    },
  };
}
