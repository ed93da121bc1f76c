const MAX_REF_LENGTH = 250;

/**
 * Whether git would take this for the name of a ref or a commit id: git's own rule for refs, so that no
 * option, range, path or reflog can be meant by it.
 */
export function isAllowedRef(ref: string): boolean {
  if (ref === '' || ref.length > MAX_REF_LENGTH || ref.startsWith('-')) return false;
  if (/[\s~^:?*[\\\p{Cc}]|\.\.|@\{|\/\/|\.$|\/$|^\/|^@$/u.test(ref)) return false;
  return ref.split('/').every((part) => !part.startsWith('.') && !part.endsWith('.lock'));
}

/** A whole commit id. */
export function isFullId(ref: string): boolean {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(ref);
}

/** The beginning of a commit id, long enough for git. */
export function isAbbreviatedId(ref: string): boolean {
  return /^[0-9a-f]{4,63}$/i.test(ref);
}

/**
 * The full names that a name may stand for, the likeliest first: a branch before a tag, and last what a clone, which CI
 * works in, remembers of its own remote.
 */
export function refCandidates(ref: string): readonly string[] {
  if (ref === 'HEAD' || ref.startsWith('refs/')) return [ref];
  return [`refs/heads/${ref}`, `refs/tags/${ref}`, `refs/remotes/${ref}`];
}
