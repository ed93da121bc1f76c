/** A shell block of a page that a test runs: ` ```sh first-use `, perhaps with `background` or `exit=2` behind it. */
export interface MarkedBlock {
  readonly script: string;
  /** Goes on while the blocks after it run. */
  readonly isBackground: boolean;
  readonly exitCode: number;
  /** The lines of the text block that follows, before any other block: what the page says is printed. */
  readonly printed: readonly string[];
}

const BLOCK = /^```(\w*)([^\n]*)\n([\s\S]*?)^```$/gm;

/** The blocks that are marked so, in the order of the page. */
export function markedBlocks(page: string, mark: string): readonly MarkedBlock[] {
  const blocks = [...page.matchAll(BLOCK)].map(([, language, words = '', body = '']) => ({
    language,
    marks: words.trim().split(/\s+/),
    body,
  }));
  return blocks.flatMap(({ language, marks, body }, at) => {
    if (language !== 'sh' || !marks.includes(mark)) return [];
    const next = blocks[at + 1];
    const exit = marks.find((word) => word.startsWith('exit='));
    return [
      {
        script: body,
        isBackground: marks.includes('background'),
        exitCode: Number(exit?.slice('exit='.length) ?? 0),
        printed: next?.language === 'text' ? next.body.trimEnd().split('\n') : [],
      },
    ];
  });
}

/** What is different each time, made equal: instants, times, ids of commits and digests, months. */
export function withoutChance(line: string): string {
  return line
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'INSTANT')
    .replaceAll(/\d{4}-\d\d(?=\.jsonl)/g, 'MONTH')
    .replaceAll(/\d+(\.\d+)? m?s\b/g, 'TIME')
    .replaceAll(/(?<![-\w])[0-9a-f]{7,64}(?![-\w])/g, 'ID');
}
