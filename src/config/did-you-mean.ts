/**
 * The candidate that was probably meant: at most two slips of the pen away (one for words of up to four letters),
 * or one of the two begins with the other. Case, `-` and `_` count for nothing.
 */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  const near = nearMiss(word, candidates);
  if (near !== undefined) return near;
  const plain = plainOf(word);
  if (plain.length < 3) return undefined;
  return candidates.find((candidate) => {
    const other = plainOf(candidate);
    return other.startsWith(plain) || (other.length >= 3 && plain.startsWith(other));
  });
}

/** As `closest`, but by slips of the pen alone. */
export function nearMiss(word: string, candidates: readonly string[]): string | undefined {
  const plain = plainOf(word);
  const allowed = plain.length <= 4 ? 1 : 2;
  let best: string | undefined;
  let bestDistance = allowed + 1;
  for (const candidate of candidates) {
    const distance = editDistance(plain, plainOf(candidate), allowed);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

function plainOf(word: string): string {
  return word.toLowerCase().replaceAll(/[-_]/g, '');
}

/** Letters to put in, take out, replace, or swap with their neighbour; more than `max` is only told as more. */
export function editDistance(a: string, b: string, max: number): number {
  if (Math.abs(a.length - b.length) > max) return max + 1;
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const isSwap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next.push(
        Math.min(
          at(row, j - 1) + (same ? 0 : 1),
          at(row, j) + 1,
          at(next, j - 1) + 1,
          isSwap ? at(before, j - 2) + 1 : Infinity,
        ),
      );
    }
    before = row;
    row = next;
  }
  return at(row, b.length);
}

function at(row: readonly number[], i: number): number {
  return row[i] ?? Infinity;
}
