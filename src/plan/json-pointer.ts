/** The JSON pointer (RFC 6901) of a path of keys: `['a/b', 'c~d']` → `/a~1b/c~0d`. */
export function pointerOf(keys: readonly string[]): string {
  let pointer = '';
  for (const key of keys) pointer += `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return pointer;
}

/** The keys of a JSON pointer; of the whole document, `''`, none. */
export function keysOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}
