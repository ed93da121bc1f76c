import type { GitExit } from './git-process.ts';

export type PushVerdict =
  | { readonly kind: 'pushed' }
  /** Somebody else was quicker: build again on the new tip. */
  | { readonly kind: 'raced'; readonly words: string }
  /** A hook, a protection or a permission: trying again changes nothing. */
  | { readonly kind: 'declined'; readonly words: string }
  /** Not an answer about the ref at all; the exit tells. */
  | { readonly kind: 'failed' };

/** What a remote says of a ref when two pushes meet in it, and not when it refuses. */
const RACE =
  /cannot lock ref|failed to (update|write|lock)\b|incorrect old value|reference already exists/i;
/** A branch `a` stands in the way of `a/b`: this looks like a locked ref, and stays. */
const IN_THE_WAY = /exists; cannot create|refname conflict|directory\/file conflict/i;

/** Reads the answer of `git push --porcelain` for one ref. */
export function readPushReport(exit: GitExit): PushVerdict {
  if (exit.exitCode === 0) return { kind: 'pushed' };
  const line = exit.stdout
    .toString('utf8')
    .split('\n')
    .find((text) => text.startsWith('!\t'));
  const words = line?.split('\t')[2];
  if (words === undefined) return { kind: 'failed' };
  const said = `${words}\n${exit.stderr}`;
  // `[rejected]` is git's own judgement that the branch moved; `[remote rejected]` is the remote's
  if (words.startsWith('[rejected]')) return { kind: 'raced', words };
  if (words.startsWith('[remote rejected]'))
    return { kind: RACE.test(words) && !IN_THE_WAY.test(said) ? 'raced' : 'declined', words };
  return { kind: 'failed' };
}
