import { describe, expect, test } from '@jest/globals';
import { fitComment } from '../../../src/plan/fit-comment.ts';

const MARK = '<!-- m -->';
const fold = (n: number): string =>
  `<details><summary>${String(n)}</summary>\n\n${'x'.repeat(50)}\n\n</details>`;

describe('fitComment', () => {
  test('leaves a text that fits as it is, to the last character', () => {
    expect(fitComment(MARK, 'text\n', MARK.length + 6)).toBe(`${MARK}\ntext\n`);
    expect(fitComment(MARK, 'text\n', MARK.length + 5)).not.toContain('text\n');
  });

  test.each([150, 200, 250, 300, 333])('cuts at %i between two folds, and says so', (maxLength) => {
    const folds = [1, 2, 3, 4].map(fold);
    const text = `head\n\n${folds.join('\n\n')}\n`;
    const fitted = fitComment(MARK, text, maxLength);
    expect(fitted.length).toBeLessThanOrEqual(maxLength);
    expect(fitted.match(/<details>/g)?.length ?? 0).toBe(fitted.match(/<\/details>/g)?.length ?? 0);
    expect(fitted.startsWith(`${MARK}\nhead\n`)).toBe(true);
    expect(fitted.endsWith('_More did not fit here; the log of the job has all of it._\n')).toBe(
      true,
    );
  });

  test('cuts a text without folds between two lines, and one without lines anywhere', () => {
    const lines = Array.from({ length: 40 }, (_, n) => `line ${String(n)}`).join('\n');
    expect(fitComment(MARK, lines, 200)).toMatch(/line \d+\n\n_More/);
    expect(fitComment(MARK, 'x'.repeat(500), 200).length).toBeLessThanOrEqual(200);
  });
});
