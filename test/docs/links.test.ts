import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

describe('links between pages', () => {
  const pages = ['README.md', 'CHANGELOG.md', ...pagesBelow('docs'), ...pagesBelow('examples')];

  test.each(pages)('%s links only to what is there', (page) => {
    const text = readFileSync(join(ROOT, page), 'utf8');
    const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? '');
    const local = targets.filter((target) => !/^[a-z]+:/.test(target));
    expect(local.filter((target) => !leadsSomewhere(page, target))).toEqual([]);
  });

  test('every page of docs/ can be reached from the README', () => {
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
    const index = readFileSync(join(ROOT, 'docs/adr/README.md'), 'utf8');
    const unlinked = pagesBelow('docs').filter((page) => {
      const inAdr = page.startsWith('docs/adr/') && page !== 'docs/adr/README.md';
      return inAdr
        ? !index.includes(`(${page.slice('docs/adr/'.length)})`)
        : !readme.includes(page);
    });
    expect(unlinked).toEqual([]);
  });
});

function leadsSomewhere(page: string, target: string): boolean {
  const [path = '', heading] = target.split('#');
  const file = path === '' ? join(ROOT, page) : join(ROOT, dirname(page), path);
  if (!existsSync(file)) return false;
  if (heading === undefined || statSync(file).isDirectory()) return heading === undefined;
  const headings = [...readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm)];
  return headings.some(([, words = '']) => anchorOf(words) === heading);
}

/** As GitHub makes it. */
function anchorOf(heading: string): string {
  const words = heading.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, '');
  return words.trim().replaceAll(/\s/g, '-');
}

function pagesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length).replaceAll('\\', '/'));
}
