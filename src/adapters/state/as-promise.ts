/** Work that never waits, as the promise that a port asks for: what it throws becomes the rejection. */
export function asPromise<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(work());
  });
}
