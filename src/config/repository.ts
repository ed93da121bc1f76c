import { isLoopback, urlOf } from './service-url.ts';

/** How git reaches a repository; `local` is a path of this machine. */
export type RepositoryKind = 'local' | 'file' | 'https' | 'http' | 'ssh';

/**
 * The kind of a repository as the config names it; undefined for what is refused: transports that run commands
 * (`ext::`), the unprotected `git://`, plain http to another machine, a password or token inside the URL, and
 * anything that git would take for an option.
 */
export function repositoryKind(text: string): RepositoryKind | undefined {
  if (/^-|^\s|\s$|\p{Cc}/u.test(text) || /^[a-z0-9+.-]+::/i.test(text)) return undefined;
  if (text.includes('://')) return urlKind(text);
  // user@host:path, but not C:/path
  if (/^([A-Za-z0-9._~-]+@(?!-)[A-Za-z0-9.-]+|[A-Za-z0-9.-]{2,}):(?!-)/.test(text)) return 'ssh';
  return 'local';
}

function urlKind(text: string): RepositoryKind | undefined {
  const url = urlOf(text);
  if (!url || url.password !== '' || url.hostname.startsWith('-')) return undefined;
  const kind = KINDS.find(({ protocol }) => protocol === url.protocol);
  return kind?.accepts(url) ? kind.kind : undefined;
}

const KINDS: readonly {
  readonly protocol: string;
  readonly kind: RepositoryKind;
  accepts(url: URL): boolean;
}[] = [
  { protocol: 'file:', kind: 'file', accepts: (url) => url.hostname === '' },
  { protocol: 'ssh:', kind: 'ssh', accepts: (url) => !url.username.startsWith('-') },
  { protocol: 'https:', kind: 'https', accepts: (url) => url.username === '' },
  {
    protocol: 'http:',
    kind: 'http',
    accepts: (url) => url.username === '' && isLoopback(url.hostname),
  },
];
