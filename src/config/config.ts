import type { Deadlines } from '../domain/deadlines.ts';
import type { Destination } from '../domain/destination.ts';
import { secretsOfChannel } from './channel-secrets.ts';
import type { RepositoryKind } from './repository.ts';

/** flowkeeper.yaml, checked, with every default filled in; durations in milliseconds. */
export interface Config {
  readonly source: SourceConfig;
  readonly status: StatusConfig;
  /** In the order of the file. */
  readonly orgs: readonly OrgConfig[];
  readonly state: { readonly directory: string };
  readonly server: ServerConfig;
  readonly notifications: NotificationsConfig;
  readonly deadlines: Deadlines;
}

export interface NotificationsConfig {
  readonly giveUpAfterMs: number;
  /** Of the status page, as people reach it; without `/` at the end. */
  readonly pageUrl?: string;
  /** By kind, in the order of the file; the commit status is the last. */
  readonly destinations: readonly Destination[];
}

export interface ServerConfig {
  readonly host: string;
  readonly port: number;
  readonly token?: string;
  /** Undefined: no header is believed. */
  readonly proxy?: ProxyConfig;
  /** Secrets by host; a host that is missing has no hook. */
  readonly webhooks: Readonly<Partial<Record<WebhookHost, readonly string[]>>>;
}

/** A proxy that signs people in, and says in a header who they are. */
export interface ProxyConfig {
  /** Addresses, or networks as `10.0.0.0/8`, that requests of the proxy come from. */
  readonly addresses: readonly string[];
  /** In lower case. */
  readonly userHeader: string;
}

export type WebhookHost = 'github' | 'gitlab' | 'bitbucket' | 'gitea' | 'generic';

/** A git remote and how to get in. Either credential, both or none may be there. */
export interface RemoteConfig {
  readonly repository: string;
  readonly repositoryKind: RepositoryKind;
  readonly branch: string;
  readonly token?: string;
  readonly ssh?: SshConfig;
}

export interface SshConfig {
  readonly keyFile?: string;
  readonly knownHostsFile?: string;
}

export interface SourceConfig extends RemoteConfig {
  /** Folder of the repository, without `/` at either end. */
  readonly directory: string;
  readonly pollMs: number;
  /** Undefined: signatures are not looked at. */
  readonly verify?: VerifyConfig;
}

/** Which commits have to be signed, and by whom; at least one of the first two files is there. */
export interface VerifyConfig {
  readonly mode: 'head' | 'strict';
  readonly allowedSigners?: string;
  readonly openpgpKeys?: string;
  readonly revokedKeys?: string;
}

export interface StatusConfig extends RemoteConfig {
  readonly mode: 'branch' | 'same-branch';
  readonly author: { readonly name: string; readonly email: string };
}

export interface OrgConfig {
  readonly name: string;
  readonly backend: 'architect-settings';
  /** Base URL without `/` at the end. */
  readonly environment: string;
  /** In lower case. */
  readonly orgId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly auth: AuthConfig;
  readonly paths: PathsConfig;
  readonly pageSize: number;
  readonly timeouts: {
    readonly connectMs: number;
    readonly answerMs: number;
    readonly callMs: number;
  };
}

export interface AuthConfig {
  readonly style: 'json' | 'form-basic';
  /** Whole URL of the token endpoint; undefined: `environment` and `paths.token`. */
  readonly url?: string;
  /** Separated by spaces; empty: none are asked for. */
  readonly scope: string;
}

/** Each begins with `/` and follows `environment`; `flow` holds `{flowId}`. */
export interface PathsConfig {
  readonly token: string;
  readonly flows: string;
  readonly flow: string;
  readonly reload: string;
  readonly queues: string;
  readonly users: string;
  readonly teams: string;
}

/** Every credential of the config: what a redactor must never let through. */
export function secretsOf(config: Config): readonly string[] {
  const secrets = [
    config.source.token,
    config.status.token,
    ...config.orgs.map(({ clientSecret }) => clientSecret),
    config.server.token,
    ...Object.values(config.server.webhooks).flat(),
    ...config.notifications.destinations.flatMap(({ channel }) => secretsOfChannel(channel)),
  ];
  return [...new Set(secrets.filter((secret) => secret !== undefined))];
}

/**
 * The same config with every local path made absolute.
 *
 * @param folder absolute path of the folder of the config file
 */
export function resolvePaths(config: Config, folder: string): Config {
  const resolve = (path: string): string => (isAbsolute(path) ? path : join(folder, path));
  const remote = <T extends RemoteConfig>(from: T): T => ({
    ...from,
    repository: from.repositoryKind === 'local' ? resolve(from.repository) : from.repository,
    ...(from.ssh && { ssh: sshWith(from.ssh, resolve) }),
  });
  return {
    ...config,
    source: {
      ...remote(config.source),
      ...(config.source.verify && { verify: verifyWith(config.source.verify, resolve) }),
    },
    status: remote(config.status),
    state: { directory: resolve(config.state.directory) },
  };
}

function sshWith(
  { keyFile, knownHostsFile }: SshConfig,
  resolve: (path: string) => string,
): SshConfig {
  return {
    ...(keyFile !== undefined && { keyFile: resolve(keyFile) }),
    ...(knownHostsFile !== undefined && { knownHostsFile: resolve(knownHostsFile) }),
  };
}

function verifyWith(
  { mode, ...files }: VerifyConfig,
  resolve: (path: string) => string,
): VerifyConfig {
  const resolved = Object.entries(files).map(([key, path]: [string, string]) => [
    key,
    resolve(path),
  ]);
  return { mode, ...(Object.fromEntries(resolved) as typeof files) };
}

function isAbsolute(path: string): boolean {
  return /^([/\\]|[A-Za-z]:[/\\])/.test(path);
}

function join(folder: string, path: string): string {
  const plain = path.replace(/^(\.\/+)+/, '');
  const base = folder.endsWith('/') ? folder : `${folder}/`;
  return plain === '' || plain === '.' ? folder : `${base}${plain}`;
}
