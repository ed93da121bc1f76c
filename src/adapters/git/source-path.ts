import type { SourceFile } from '../../ports/desired-source.ts';
import type { TreeEntry } from './objects.ts';

/** A larger file is refused. */
const MAX_FILE_BYTES = 256 * 1024;

/** Terminal controls, line and paragraph separators, overrides of writing direction, broken UTF-8. */
const DECEPTIVE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffd]/gu;

/** One entry of the tree as a file of the desired state, refused by name for what it is. */
export function sourceFileOf(entry: TreeEntry, directory: string): SourceFile {
  const path = directory === '' ? entry.path : `${directory}/${entry.path}`;
  const refused = refusalOf(entry);
  return {
    // refused files are only ever shown to people
    path: path.replace(DECEPTIVE, (character) => escaped(character)),
    blobId: entry.id,
    sizeBytes: entry.sizeBytes ?? 0,
    ...(refused && { refused }),
  };
}

function refusalOf(entry: TreeEntry): SourceFile['refused'] {
  if (isBadPath(entry.path)) return 'source.bad-path';
  switch (entry.mode.slice(0, 3)) {
    case '120':
      return 'source.symlink';
    case '100':
      return (entry.sizeBytes ?? 0) > MAX_FILE_BYTES ? 'source.too-large' : undefined;
    default:
      return 'source.submodule';
  }
}

/** Paths that a file system or a terminal could read as something else. */
export function isBadPath(path: string): boolean {
  const parts = path.split('/');
  return path.includes('\\') || path.search(DECEPTIVE) >= 0 || parts.some(isBadPart);
}

function isBadPart(part: string): boolean {
  return part === '' || part === '.' || part === '..' || part.toLowerCase() === '.git';
}

function escaped(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}
