/**
 * A URL for messages and error details: origin, path and the names of the query, without its
 * values and without credentials. What is no URL comes back empty.
 */
export function urlWithoutValues(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null) return '';
  const names = [...new Set(parsed.searchParams.keys())];
  const query = names.length === 0 ? '' : `?${names.join('&')}`;
  return `${parsed.origin}${parsed.pathname}${query}`;
}
