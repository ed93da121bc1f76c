import type {
  DependencyKind,
  FlowId,
  IgnoreRule,
  Mode,
  Settings,
  Suspension,
} from '../domain/flow.ts';
import { hashOf, sha256 } from '../domain/hash.ts';
import type { Policy } from '../domain/policy.ts';
import { FILE_START, faultAt, tidyFaults } from './fault.ts';
import type { Fault, Place } from './fault.ts';
import type { BaseFile, FlowFile, PolicyFile } from './formats.generated.ts';
import { checkBlockNames } from './check-block-names.ts';
import { parseInstant } from './instant.ts';
import { checkPolicy, makePolicy } from './make-policy.ts';
import { parseYaml } from './parse-yaml.ts';
import { SCHEMAS } from './schemas.ts';
import { schemaFaults } from './schema-faults.ts';
import type { Places } from './yaml-places.ts';

/** Larger files are refused unread. */
export const MAX_FILE_BYTES = 256 * 1024;

/** Counted up by hand when `ParsedFile`, or what the parser lets through, changes without the schemas. */
const VERSION = 3;

/** Names what a `ParsedFile` depends on beside the bytes: part of the key of anything that keeps one. */
export const PARSED_FORMAT = `${String(VERSION)}-${sha256(JSON.stringify(SCHEMAS)).slice(0, 16)}`;

/**
 * What the bytes of one file say, whatever its path, the time, and other files: plain JSON that can be kept by blob id.
 */
export type ParsedFile = ParsedFlow | ParsedBase | ParsedPolicy | FaultyFile;

export interface ParsedFlow extends ParsedSettings {
  readonly kind: 'flow';
  /** In lower case. */
  readonly flowId?: FlowId;
  readonly name?: string;
  readonly dependsOn: readonly { readonly flowId: FlowId; readonly place: Place }[];
  readonly requires: Readonly<Record<DependencyKind, readonly string[]>>;
  readonly mode: Mode;
  readonly suspend?: Suspension;
  readonly ignore: readonly IgnoreRule[];
  /** Of `flowId`, or of `name` where that is all. */
  readonly identityPlace: Place;
}

export interface ParsedBase extends ParsedSettings {
  readonly kind: 'base';
}

interface ParsedSettings {
  readonly settings: Settings;
  /** `hashOf(settings)`, so that it is computed once for each blob. */
  readonly settingsHash: string;
  readonly extends?: { readonly path: string; readonly place: Place };
}

export interface ParsedPolicy {
  readonly kind: 'policy';
  readonly policy: Policy;
}

export interface FaultyFile {
  readonly kind: 'faulty';
  /** As far as the file still tells, in lower case. */
  readonly flowId?: FlowId;
  readonly faults: readonly Fault[];
}

/** Bytes → what they say, or every fault of them. Pure; never throws. */
export function parseDesiredFile(kind: 'flow' | 'policy' | 'base', bytes: Uint8Array): ParsedFile {
  if (bytes.length > MAX_FILE_BYTES)
    return faulty([faultAt(FILE_START, 'source.too-large', 'the file is larger than 256 KiB')]);
  const text = decode(bytes);
  if (text === undefined) return faulty([faultAt(FILE_START, 'source.not-utf8', notUtf8(bytes))]);

  const yaml = parseYaml(text);
  if (yaml.value === undefined) return faulty(yaml.faults, text);
  const then = schemaFaults(kind, yaml, true);
  const blocks = kind === 'policy' ? [] : checkBlockNames(yaml.value, yaml.places);
  const faults = tidyFaults(yaml.faults, [...then, ...blocks]);
  if (faults.length > 0) return faulty(faults, text);
  return READERS[kind](yaml.value, yaml.places);
}

/** Each is given what its schema has let through. */
const READERS: Readonly<
  Record<'flow' | 'policy' | 'base', (value: unknown, places: Places) => ParsedFile>
> = {
  flow: (value, places) => readFlow(value as FlowFile, places),
  base: (value, places) => ({ kind: 'base', ...readSettings(value as BaseFile, places) }),
  policy: (value, places) => {
    const file = value as PolicyFile;
    const faults = checkPolicy(file, places);
    return faults.length > 0 ? faulty(faults) : { kind: 'policy', policy: makePolicy(file) };
  },
};

function readFlow(file: FlowFile, places: Places): ParsedFlow {
  const { flowId, name, requires } = file;
  return {
    kind: 'flow',
    ...(flowId !== undefined && { flowId: flowId.toLowerCase() }),
    ...(name !== undefined && { name }),
    ...readSettings(file, places),
    dependsOn: file.dependsOn.map((id, i) => ({
      flowId: id.toLowerCase(),
      place: places.ofValue(['dependsOn', String(i)]),
    })),
    requires: { queue: requires.queues, user: requires.users, team: requires.teams },
    mode: file.mode,
    ...(file.suspend !== undefined && { suspend: withUntil(file.suspend) }),
    ignore: file.ignore.map(withUntil),
    identityPlace: places.ofValue([flowId === undefined ? 'name' : 'flowId']),
  };
}

function readSettings(file: BaseFile, places: Places): ParsedSettings {
  return {
    settings: file.settings,
    settingsHash: hashOf(file.settings),
    ...(file.extends !== undefined && {
      extends: { path: file.extends, place: places.ofValue(['extends']) },
    }),
  };
}

function withUntil<T extends { readonly until?: string }>(
  entry: T,
): Omit<T, 'until'> & { readonly untilAt?: number } {
  const { until, ...rest } = entry;
  const untilAt = until === undefined ? undefined : parseInstant(until, 'end');
  return { ...rest, ...(untilAt !== undefined && { untilAt }) };
}

function faulty(faults: readonly Fault[], text = ''): FaultyFile {
  const flowId = flowIdIn(text);
  return { kind: 'faulty', faults, ...(flowId !== undefined && { flowId }) };
}

/** The one flowId that stands at the begin of a line, even where the rest is no YAML. */
function flowIdIn(text: string): FlowId | undefined {
  const line =
    /^\ufeff?flowId:[ \t]*["']?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})["']?[ \t\r]*(?:#.*)?$/gim;
  const found = new Set([...text.matchAll(line)].map(([, id = '']) => id.toLowerCase()));
  return found.size === 1 ? [...found][0] : undefined;
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The mark that editors of Windows put at the begin of UTF-16. */
function notUtf8([first, second]: Uint8Array): string {
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return isUtf16 ? 'the file is UTF-16, not UTF-8 text' : 'the file is not UTF-8 text';
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return UTF8.decode(bytes);
  } catch {
    return undefined;
  }
}
