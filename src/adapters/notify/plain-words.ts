/** What a receiver said, on one line and in plain characters: it may come from anybody. */
export function plainWords(text: string, maxLength: number): string {
  return text
    .replaceAll(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, maxLength);
}
