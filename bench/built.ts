/** The root of the checkout. */
export const ROOT = new URL('../', import.meta.url);

/** Where the build put a module of src/: what is measured is what is shipped. */
export function builtUrl(module: string): string {
  return new URL(`dist/src/${module}`, ROOT).href;
}
