/** Compares by a text of each value, by code units: the same on every machine and in every locale. */
export function byText<T>(textOf: (value: T) => string): (a: T, b: T) => number {
  return (a, b) => {
    const left = textOf(a);
    const right = textOf(b);
    if (left === right) return 0;
    return left < right ? -1 : 1;
  };
}
