import { FlowkeeperError } from '../../domain/errors.ts';

/** A repository's address as the operator's config names it, taken apart. */
export interface GitAddress {
  readonly kind: 'local' | 'http' | 'ssh';
  /** What git is told; without a password. */
  readonly url: string;
  /** What people are told: no user, no password, no query. */
  readonly display: string;
  /** The value of GIT_ALLOW_PROTOCOL: what this address needs and nothing more. */
  readonly protocols: string;
  /** `https://host:port` of an http address. */
  readonly origin?: string;
  /** Paths that a local repository may be reached by; git's ownership check is waived for these. */
  readonly localPaths: readonly string[];
  readonly user?: string;
  readonly password?: string;
}

const SAFE_PROTOCOLS = 'https:ssh';

/**
 * Takes an address apart: https, http, ssh and file URLs, `user@host:path`, and absolute local paths
 * (the caller resolves relative ones). @throws git.unreachable for what is none of these
 */
export function parseGitAddress(repository: string): GitAddress {
  if (repository.startsWith('-') || hasControlCharacter(repository))
    throw badAddress('it begins with a dash or holds a control character');
  if (/^[^/]+::/.test(repository)) throw badAddress('it names a transport of its own (`name::`)');
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(repository)?.[1]?.toLowerCase();
  if (scheme !== undefined) return urlAddress(repository, scheme);
  return isScpForm(repository) ? sshAddress(repository) : localAddress(repository, repository);
}

function urlAddress(repository: string, scheme: string): GitAddress {
  switch (scheme) {
    case 'file':
      return localAddress(repository, localPathOf(parseUrl(repository)));
    case 'ssh':
    case 'git+ssh':
    case 'ssh+git':
      return sshAddress(withoutPassword(repository));
    case 'https':
    case 'http':
      return httpAddress(parseUrl(repository), scheme);
    default:
      throw badAddress(`${scheme}:// is not one of https, ssh, file and http`);
  }
}

/** git's own rule: a colon before the first slash means ssh. */
function isScpForm(repository: string): boolean {
  return /^[^/]+:/.test(repository);
}

function httpAddress(url: URL, scheme: 'http' | 'https'): GitAddress {
  const { username, password } = url;
  url.username = '';
  url.password = '';
  url.hash = '';
  return {
    kind: 'http',
    url: url.href,
    display: `${url.origin}${url.pathname}`,
    protocols: scheme === 'http' ? `${SAFE_PROTOCOLS}:http` : SAFE_PROTOCOLS,
    origin: url.origin,
    localPaths: [],
    ...(username !== '' && { user: decoded(username) }),
    ...(password !== '' && { password: decoded(password) }),
  };
}

function sshAddress(url: string): GitAddress {
  return { kind: 'ssh', url, display: url, protocols: SAFE_PROTOCOLS, localPaths: [] };
}

function localAddress(url: string, path: string): GitAddress {
  if (!path.startsWith('/')) throw badAddress('a local path must be absolute');
  const bare = path.replace(/\/+$/, '');
  return {
    kind: 'local',
    url,
    display: url,
    protocols: `${SAFE_PROTOCOLS}:file`,
    localPaths: [bare, `${bare}/.git`],
  };
}

function localPathOf(url: URL): string {
  if (url.host !== '' && url.host !== 'localhost')
    throw badAddress('a file:// address names another host');
  return decoded(url.pathname);
}

function withoutPassword(repository: string): string {
  const url = parseUrl(repository);
  if (url.password === '') return repository;
  url.password = '';
  return url.href;
}

function parseUrl(text: string): URL {
  if (!URL.canParse(text)) throw badAddress('it is not a URL');
  return new URL(text);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw badAddress('a % in it is not followed by two hex digits');
  }
}

function hasControlCharacter(text: string): boolean {
  return /\p{Cc}/u.test(text);
}

/** The address itself is not repeated: what cannot be parsed may hold a password anywhere. */
function badAddress(reason: string): FlowkeeperError {
  return new FlowkeeperError(
    'git.unreachable',
    `the repository address of the config cannot be used: ${reason}`,
    { remote: '(unusable address)', reason },
  );
}
