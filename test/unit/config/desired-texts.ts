import { classifyDesiredPath } from '../../../src/config/desired-path.ts';
import type { DesiredFileEntry } from '../../../src/config/index-files.ts';
import { loadOrg } from '../../../src/config/load-desired.ts';
import type { LoadedOrg } from '../../../src/config/load-desired.ts';
import { parseDesiredFile } from '../../../src/config/parse-desired-file.ts';
import type { ParsedFile } from '../../../src/config/parse-desired-file.ts';
import type { Settings } from '../../../src/domain/flow.ts';

export const id = (n: number): string => `a1b2c3d4-e5f6-7890-abcd-${String(n).padStart(12, '0')}`;
export const flow = (n: number, rest = ''): string => `flowId: ${id(n)}\n${rest}`;

export type Texts = Readonly<Record<string, string>>;

/** Loads org `acme` of a repository with these texts by path below `d/`, and these refused entries. */
export function load(texts: Texts, refused: readonly DesiredFileEntry[] = []): LoadedOrg {
  const parsed = new Map<string, ParsedFile>();
  for (const [path, text] of Object.entries(texts)) {
    const { kind } = classifyDesiredPath('d', `d/${path}`);
    if (kind !== 'other')
      parsed.set(`d/${path}`, parseDesiredFile(kind, new TextEncoder().encode(text)));
  }
  const files = [...Object.keys(texts).map((path) => ({ path: `d/${path}` })), ...refused];
  return loadOrg({ org: 'acme', directory: 'd', files, parsed: (path) => parsed.get(path) });
}

/** Every fault of the flows, by flow file. */
export function told({ invalid }: LoadedOrg): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    invalid.map(({ file, diagnostics }) => [
      file,
      diagnostics.map(
        (d) => `${d.file}:${String(d.line)}:${String(d.column)}: ${d.message} [${d.code}]`,
      ),
    ]),
  );
}

export const settingsOf = (loaded: LoadedOrg, file: string): Settings | undefined =>
  loaded.flows.find((one) => one.file === file)?.settings;
