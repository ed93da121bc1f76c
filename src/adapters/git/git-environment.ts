import type { GitAddress } from './git-address.ts';
import { base64 } from './redact.ts';
import { sshCommand } from './ssh-command.ts';
import type { SshFiles } from './ssh-command.ts';
import type { GitTimeouts } from './git-timeouts.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Who we are to the remote. */
export interface GitIdentity {
  /** A token or password for https; wins over a password in the address. */
  readonly token?: string;
  readonly ssh?: SshFiles;
}

/** What of our own environment git and its helpers may see: where things are, and how to get out. */
const PASSED_ON = [
  'PATH',
  'HOME',
  'TMPDIR',
  'USER',
  'LOGNAME',
  'SSH_AUTH_SOCK',
  'http_proxy',
  'https_proxy',
  'HTTPS_PROXY',
  'all_proxy',
  'ALL_PROXY',
  'no_proxy',
  'NO_PROXY',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'GIT_SSL_CAINFO',
  'GIT_SSL_CAPATH',
];

/** A name that hosts ignore beside a token; those that do not ignore it have it in the address. */
const DEFAULT_USER = 'x-access-token';

/**
 * The whole environment of every git process: no configuration of the machine or of the user, no
 * prompts, no hooks, no background work, and only the protocols that the address needs. The credential
 * travels in GIT_CONFIG_* variables, since arguments can be read by everybody on the machine, and is bound
 * to the address' origin.
 */
export function gitEnvironment(
  address: GitAddress,
  identity: GitIdentity,
  timeouts: GitTimeouts,
  own: Environment,
): Record<string, string> {
  const passed = PASSED_ON.flatMap((name) => {
    const value = own[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    ...Object.fromEntries(passed),
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: address.protocols,
    GIT_LITERAL_PATHSPECS: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    // there is no such file: history is what the commits say, whatever a mirror holds beside them
    GIT_GRAFT_FILE: '/dev/null/grafts',
    GIT_DEFAULT_REF_FORMAT: 'files',
    GIT_SSH_VARIANT: 'ssh',
    GIT_SSH_COMMAND: sshCommand(identity.ssh ?? {}, timeouts.checkMs),
    ...configVariables(settingsOf(address, identity, timeouts)),
  };
}

/** What must not be shown anywhere. */
export function secretsOf(address: GitAddress, identity: GitIdentity): readonly string[] {
  const userAndPassword = basicCredential(address, identity);
  const { password } = address;
  return [identity.token?.trim(), password, userAndPassword].filter((text) => text !== undefined);
}

function settingsOf(
  address: GitAddress,
  identity: GitIdentity,
  timeouts: GitTimeouts,
): readonly (readonly [key: string, value: string])[] {
  const credential = basicCredential(address, identity);
  const settings: (readonly [string, string])[] = [
    ['core.hooksPath', '/dev/null'],
    ['gc.auto', '0'],
    // a commit as one small pack is made three times as fast as from loose objects
    ['fastimport.unpackLimit', '1'],
    ['maintenance.auto', 'false'],
    ['protocol.version', '2'],
    ['transfer.bundleURI', 'false'],
    // git sends its headers along to wherever it is redirected
    ['http.followRedirects', credential === undefined ? 'initial' : 'false'],
    // a helper that outlives its killed git ends by itself when the server stays silent
    ['http.lowSpeedLimit', '1'],
    ['http.lowSpeedTime', String(Math.ceil(timeouts.checkMs / 1000) + 1)],
  ];
  if (credential !== undefined && address.origin !== undefined)
    settings.push([
      `http.${address.origin}/.extraHeader`,
      `Authorization: Basic ${base64(credential)}`,
    ]);
  return settings;
}

/** `user:password`; undefined where there is no secret or no http. */
function basicCredential(address: GitAddress, identity: GitIdentity): string | undefined {
  const secret = identity.token?.trim() ?? address.password;
  if (address.kind !== 'http' || secret === undefined || secret === '') return undefined;
  return `${address.user ?? DEFAULT_USER}:${secret}`;
}

function configVariables(settings: readonly (readonly [string, string])[]): Record<string, string> {
  const variables: Record<string, string> = { GIT_CONFIG_COUNT: String(settings.length) };
  for (const [index, [key, value]] of settings.entries()) {
    variables[`GIT_CONFIG_KEY_${String(index)}`] = key;
    variables[`GIT_CONFIG_VALUE_${String(index)}`] = value;
  }
  return variables;
}
