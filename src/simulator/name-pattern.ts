/** Whether a name is meant by a `name` filter. */
export type NameMatch = (name: string) => boolean;

/**
 * The service's `name` filter: the whole name, without regard to case, where `*` stands for any
 * characters. Linear in the name's length however many stars the pattern has.
 */
export function namePattern(pattern: string): NameMatch {
  const parts = pattern.toLowerCase().split('*');
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  const middle = parts.slice(1, -1);
  if (parts.length === 1) return (name) => name.toLowerCase() === first;
  return (name) => {
    const text = name.toLowerCase();
    if (!text.startsWith(first) || !text.endsWith(last)) return false;
    let at = first.length;
    for (const part of middle) {
      const found = text.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return at <= text.length - last.length;
  };
}
