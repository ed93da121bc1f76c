import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { aFlowId } from '../support/builders.ts';
import { describeInBrowser } from '../support/browser.ts';
import { TOKEN } from '../support/server-rig.ts';
import { startShownOrgs } from '../support/shown-orgs.ts';
import type { ShownOrgs } from '../support/shown-orgs.ts';

const IMAGES = new URL('../../docs/images/', import.meta.url);
/** Makes the pictures of the documentation anew: `UPDATE_SCREENSHOTS=1 npm test -- test/browser/screenshots` */
const IS_UPDATE = (process.env['UPDATE_SCREENSHOTS'] ?? '') !== '';
const WIDE = { width: 1180, height: 800 };
/** What is below is more of the same. */
const MAX_HEIGHT = 1_300;
const NARROW = { width: 390, height: 800 };
const FLOW = `/orgs/acme/flows/${aFlowId(1)}`;

const PICTURES = [
  { name: 'sign-in', path: '/login', viewport: { width: 760, height: 480 }, colorScheme: 'light' },
  { name: 'orgs', path: '/', viewport: WIDE, colorScheme: 'light' },
  { name: 'orgs-narrow', path: '/', viewport: NARROW, colorScheme: 'light' },
  { name: 'org', path: '/orgs/acme', viewport: WIDE, colorScheme: 'light' },
  { name: 'org-dark', path: '/orgs/acme', viewport: WIDE, colorScheme: 'dark' },
  { name: 'org-narrow', path: '/orgs/acme', viewport: NARROW, colorScheme: 'dark' },
  { name: 'org-held', path: '/orgs/acme-test', viewport: WIDE, colorScheme: 'light' },
  { name: 'flow', path: FLOW, viewport: WIDE, colorScheme: 'light' },
  { name: 'flow-narrow', path: FLOW, viewport: NARROW, colorScheme: 'light' },
  { name: 'flow-dark', path: FLOW, viewport: WIDE, colorScheme: 'dark' },
] as const;

describeInBrowser('pages as pictures', (browser) => {
  let shown: ShownOrgs;

  beforeAll(async () => {
    shown = await startShownOrgs();
  });

  afterAll(() => shown.server.close());

  // what has room on a telephone has room everywhere
  const taken = PICTURES.filter(({ viewport }) => IS_UPDATE || viewport === NARROW);

  test.each(taken)(
    '$name is no wider than the window',
    async ({ name, path, viewport, colorScheme }) => {
      const { page } = await browser.open(`${shown.server.url}${path}`, {
        ...{ viewport, colorScheme },
        extraHTTPHeaders: { authorization: `Bearer ${TOKEN}`, 'x-flowkeeper-user': 'Ola Oncall' },
      });
      await page.locator('#live.on').or(page.locator('.sign')).first().waitFor();
      const width = await page.evaluate<number>('document.documentElement.scrollWidth');
      expect(width).toBeLessThanOrEqual(viewport.width);
      if (!IS_UPDATE) return;
      const height = await page.evaluate<number>('document.documentElement.scrollHeight');
      const clip = { x: 0, y: 0, width: viewport.width, height: Math.min(height, MAX_HEIGHT) };
      const picture = await page.screenshot({ fullPage: true, clip });
      await writeFile(new URL(`${name}.png`, IMAGES), picture);
    },
  );
});
