import { Directory } from './directory.ts';
import type { DirectoryKind } from './directory.ts';
import { FlowStore } from './flow-store.ts';
import type { StoreClock } from './flow-store.ts';
import { PERMISSIONS } from './options.ts';
import type { ClientOptions, OrgOptions, Permission } from './options.ts';

/** One reload that was accepted. */
export interface Reload {
  readonly clientId: string;
  /** When what is stored was taken: a PATCH stored earlier comes in effect with this reload. */
  readonly startedSequence: number;
  readonly startedAt: number;
  /** When it came in effect; undefined while it runs. */
  readonly endedSequence: number | undefined;
  readonly endedAt: number | undefined;
  /** Flows whose settings in effect it brought up to date. */
  readonly flowsChanged: number;
}

export interface Org {
  readonly orgId: string;
  readonly name: string;
  readonly flows: FlowStore;
  readonly directories: Readonly<Record<DirectoryKind, Directory>>;
  /** Oldest first; the last `KEPT_RELOADS`. */
  readonly reloads: Reload[];
}

/** An OAuth client of an org. */
export interface Client {
  readonly id: string;
  readonly secret: string;
  readonly name: string;
  readonly org: Org;
  permissions: ReadonlySet<Permission>;
}

const KEPT_RELOADS = 10_000;

export function makeOrg(options: OrgOptions, clock: StoreClock): Org {
  const orgId = options.orgId.toLowerCase();
  const directory = (kind: DirectoryKind): Directory =>
    new Directory(`${orgId}/${kind}`, options[kind] ?? []);
  return {
    orgId,
    name: options.name ?? orgId,
    flows: new FlowStore(options.flows ?? [], clock),
    directories: {
      queues: directory('queues'),
      users: directory('users'),
      teams: directory('teams'),
    },
    reloads: [],
  };
}

export function makeClient(options: ClientOptions, org: Org): Client {
  const { id, secret, name = id, permissions = PERMISSIONS } = options;
  return { id, secret, name, org, permissions: new Set(permissions) };
}

/**
 * Notes a reload and takes what is stored now.
 * @returns puts that in effect
 */
export function beginReload(org: Org, clientId: string, clock: StoreClock): () => void {
  const putInEffect = org.flows.captureReload();
  const reload: { -readonly [K in keyof Reload]: Reload[K] } = {
    clientId,
    startedSequence: clock.nextSequence(),
    startedAt: clock.now(),
    endedSequence: undefined,
    endedAt: undefined,
    flowsChanged: 0,
  };
  org.reloads.push(reload);
  if (org.reloads.length > KEPT_RELOADS) org.reloads.shift();
  return () => {
    reload.flowsChanged = putInEffect();
    reload.endedSequence = clock.nextSequence();
    reload.endedAt = clock.now();
  };
}
