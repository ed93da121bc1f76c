import type { FlowId } from '../domain/flow.ts';

const MAX_LENGTH = 60;
/** Names that a file cannot have on Windows. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/** Letters that Unicode does not take apart. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
};

/**
 * A file name for each flow: its name in plain lower-case letters, and where that says nothing, or several would have
 * it, the beginning of its id too. Depends on nothing but the flows and what is taken.
 *
 * @param isTaken true for a name that the folder has already, in any case
 */
export function flowFileNames(
  flows: readonly { readonly id: FlowId; readonly name: string }[],
  isTaken: (file: string) => boolean,
): ReadonlyMap<FlowId, string> {
  const count = new Map<string, number>();
  for (const { name } of flows) {
    const slug = slugOf(name);
    count.set(slug, (count.get(slug) ?? 0) + 1);
  }
  const used = new Set<string>();
  const names = new Map<FlowId, string>();
  for (const { id, name } of flows.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const slug = slugOf(name);
    const isOwn = slug !== '' && count.get(slug) === 1;
    const long = slug === '' ? 'flow' : slug;
    const candidates = [...(isOwn ? [slug] : []), `${long}-${id.slice(0, 8)}`, `${long}-${id}`];
    const file = candidates
      .map((candidate) => `${candidate}.yaml`)
      .find((candidate) => !used.has(candidate) && !isTaken(candidate));
    const chosen = file ?? `${id}.yaml`;
    used.add(chosen);
    names.set(id, chosen);
  }
  return names;
}

function slugOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[ßæœøłđ]/g, (letter) => LETTERS[letter] ?? '')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_LENGTH)
    .replaceAll(/^-+|-+$/g, '');
  return DEVICES.test(plain) ? '' : plain;
}
