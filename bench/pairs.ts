/** The middle one; of an even number the mean of the two in the middle. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const low = sorted[Math.ceil(middle) - 1] ?? Number.NaN;
  const high = sorted[Math.floor(middle)] ?? Number.NaN;
  return (low + high) / 2;
}

export interface Pairs<F, O> {
  readonly floors: readonly F[];
  readonly ours: readonly O[];
}

/** Runs floor and ours in turn, so that whatever else the machine does meets both; who goes first changes. */
export async function alternate<F, O>(
  count: number,
  floor: () => Promise<F>,
  our: () => Promise<O>,
): Promise<Pairs<F, O>> {
  const floors: F[] = [];
  const ours: O[] = [];
  for (let i = 0; i < count; i += 1) {
    if (i % 2 === 0) floors.push(await floor());
    ours.push(await our());
    if (i % 2 === 1) floors.push(await floor());
  }
  return { floors, ours };
}

/** Median of ours over floor, pair by pair. */
export function ratioOf<T>({ floors, ours }: Pairs<T, T>, cost: (run: T) => number): number {
  return medianOf(ours.map((run, i) => cost(run) / cost(floors[i] ?? run)));
}

/** Mean of what is too small to be told from single runs. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
