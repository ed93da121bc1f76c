/** True for an absolute http(s) URL without user, query and fragment. */
export function isServiceUrl(text: string): boolean {
  const url = urlOf(text);
  if (!url || !['http:', 'https:'].includes(url.protocol)) return false;
  // an empty `?` or `#` leaves no trace in the parsed URL
  return !url.username && !url.password && !/[?#@\s\\]/.test(text);
}

/** True for an absolute https URL without user and fragment, whose query may hold a credential; http to this machine. */
export function isHookUrl(text: string): boolean {
  const url = urlOf(text);
  if (!url || !['http:', 'https:'].includes(url.protocol)) return false;
  return isPrivateUrl(text) && !url.username && !url.password && !/[#@\s\\]/.test(text);
}

/** True when a secret that is sent there can be read by nobody on the way: https, or this machine. */
export function isPrivateUrl(text: string): boolean {
  const url = urlOf(text);
  return url !== undefined && (url.protocol === 'https:' || isLoopback(url.hostname));
}

/** Without `/` at the end, so that a path can follow. */
export function withoutEndSlash(text: string): string {
  return text.replace(/\/{1,2000}$/, '');
}

export function urlOf(text: string): URL | undefined {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
