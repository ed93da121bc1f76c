import type { Diagnostic } from '../domain/diagnostic.ts';
import type { DiagnosticCode } from '../domain/diagnostic-codes.ts';
import type { Settings } from '../domain/flow.ts';
import { hashOf } from '../domain/hash.ts';
import { isJsonObject } from '../domain/json.ts';
import type { Json } from '../domain/json.ts';
import { resolveExtends } from './desired-path.ts';
import type { FileIndex } from './index-files.ts';
import { FILE_START, faultAt, withFile } from './fault.ts';
import type { ParsedFile, ParsedBase, ParsedFlow } from './parse-desired-file.ts';

/** Files that one `extends` may lead through. */
const MAX_CHAIN = 64;

export type Resolved =
  | {
      readonly ok: true;
      readonly settings: Settings;
      readonly hash: string;
      readonly files: number;
    }
  | {
      readonly ok: false;
      /** What is wrong at the file itself, as far as it has a part in it. */
      readonly own?: Diagnostic;
      /** What a person must mend, wherever it is. */
      readonly roots: readonly Diagnostic[];
    };

type Link =
  | { readonly kind: 'none' }
  | { readonly kind: 'base'; readonly path: string }
  | { readonly kind: 'fault'; readonly own: Diagnostic };

/** All that is wrong, the file's own part first. */
export function faultsOf({ own, roots }: Extract<Resolved, { ok: false }>): readonly Diagnostic[] {
  return own === undefined ? roots : [own, ...roots.filter((root) => root !== own)];
}

interface Work {
  readonly directory: string;
  readonly index: FileIndex;
  readonly parsed: (path: string) => ParsedFile | undefined;
  readonly known: Map<string, Resolved>;
}

/**
 * The settings of a file with those of its bases under them. Each file is resolved once, however many flows lean on
 * it; equal parts are shared between the results, so nothing may write to them.
 */
export function makeSettingsResolver(
  directory: string,
  index: FileIndex,
  parsed: (path: string) => ParsedFile | undefined,
): (path: string) => Resolved {
  const work: Work = { directory, index, parsed, known: new Map() };
  return (path) => {
    const done = work.known.get(path);
    if (done) return done;
    // without recursion: a repository may chain as many files as it has
    const { chain, circle } = chainFrom(path, work);
    for (const [file, result] of circleFaults(circle, parsed)) work.known.set(file, result);
    // from the last base up, so that each finds what it stands on
    for (const file of chain.reverse()) work.known.set(file, resolveOne(file, work));
    return work.known.get(path) ?? resolveOne(path, work);
  };
}

/** The files that `extends` leads through and that are not resolved yet, apart from those that go in a circle. */
function chainFrom(path: string, work: Work): { chain: string[]; circle: string[] } {
  const chain: string[] = [];
  const onChain = new Set<string>();
  let at: string | undefined = path;
  while (at !== undefined && !work.known.has(at)) {
    if (onChain.has(at)) return { circle: chain.splice(chain.indexOf(at)), chain };
    chain.push(at);
    onChain.add(at);
    const link = linkOf(at, work);
    at = link.kind === 'base' ? link.path : undefined;
  }
  return { chain, circle: [] };
}

function linkOf(path: string, { directory, index, parsed }: Work): Link {
  const file = parsed(path);
  if (!isWithSettings(file) || !file.extends || index.refusal(path)) return { kind: 'none' };
  const { path: extended, place } = file.extends;
  const fault = (code: DiagnosticCode, message: string): Link => ({
    kind: 'fault',
    own: withFile(path, faultAt(place, code, message)),
  });
  const base = resolveExtends(directory, path, extended);
  if (base === undefined)
    return fault('desired.extends-outside', `\`${extended}\` is outside of \`${directory}\``);
  const kind = index.kindOf(base);
  if (kind === undefined) return fault('desired.extends-missing', `there is no file \`${base}\``);
  if (kind !== 'flow' && kind !== 'base')
    return fault('desired.extends-invalid', `\`${base}\` is no file with settings`);
  return { kind: 'base', path: base };
}

function resolveOne(path: string, work: Work): Resolved {
  const refused = work.index.refusal(path);
  if (refused) return { ok: false, roots: [refused] };
  const file = work.parsed(path);
  if (!isWithSettings(file))
    return { ok: false, roots: readFaults(file).map((fault) => withFile(path, fault)) };
  const link = linkOf(path, work);
  if (link.kind === 'none')
    return { ok: true, settings: file.settings, hash: file.settingsHash, files: 1 };
  if (link.kind === 'fault') return { ok: false, own: link.own, roots: [link.own] };
  return onBase(path, file, link.path, work.known.get(link.path));
}

function onBase(
  path: string,
  file: ParsedFlow | ParsedBase,
  basePath: string,
  base: Resolved | undefined,
): Resolved {
  const place = file.extends?.place ?? FILE_START;
  const fault = (message: string): Diagnostic =>
    withFile(path, faultAt(place, 'desired.extends-invalid', message));
  if (!base?.ok)
    return {
      ok: false,
      own: fault(`\`${basePath}\`, or a file that it extends, has faults`),
      roots: base?.roots ?? [],
    };
  if (base.files >= MAX_CHAIN) {
    const own = fault(`more than ${String(MAX_CHAIN)} files extend each other`);
    return { ok: false, own, roots: [own] };
  }
  const settings = mergeSettings(base.settings, file.settings);
  return { ok: true, settings, hash: hashOf(settings), files: base.files + 1 };
}

function circleFaults(
  members: readonly string[],
  parsed: (path: string) => ParsedFile | undefined,
): (readonly [string, Resolved])[] {
  // the same words wherever the circle was entered
  const start = members.indexOf([...members].sort()[0] ?? '');
  const round = [...members.slice(start), ...members.slice(0, start)];
  const shown = [...round.slice(0, 10), ...(round.length > 10 ? ['...'] : []), round[0]].join(
    ' → ',
  );
  return members.map((path) => {
    const file = parsed(path);
    const place = (isWithSettings(file) ? file.extends?.place : undefined) ?? FILE_START;
    const own = withFile(
      path,
      faultAt(place, 'desired.extends-cycle', `\`extends\` goes in a circle: ${shown}`),
    );
    return [path, { ok: false, own, roots: [own] }];
  });
}

/** Maps are merged deeply; texts, numbers, lists and `null` replace what is under them. */
export function mergeSettings(base: Settings, over: Settings): Settings {
  const result = new Map<string, Json>(Object.entries(base));
  for (const [key, value] of Object.entries(over)) {
    const under = result.get(key);
    result.set(
      key,
      isJsonObject(under) && isJsonObject(value) ? mergeSettings(under, value) : value,
    );
  }
  return Object.fromEntries(result);
}

function isWithSettings(file: ParsedFile | undefined): file is ParsedFlow | ParsedBase {
  return file?.kind === 'flow' || file?.kind === 'base';
}

function readFaults(file: ParsedFile | undefined): readonly ReturnType<typeof faultAt>[] {
  if (file?.kind === 'faulty') return file.faults;
  return [faultAt(FILE_START, 'desired.extends-invalid', 'the file was not read')];
}
