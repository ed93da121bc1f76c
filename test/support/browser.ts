import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, jest } from '@jest/globals';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { describeWith } from './needs-tool.ts';

const CHROMIUM = '/usr/bin/chromium';
/** Works as root and in containers, asks nothing of the internet, and leaves nothing behind. */
const FLAGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-dev-shm-usage'],
];

/** A browser of its own for one test file; every page that it opened is closed after the test. */
export interface TestBrowser {
  /** A page at a path of the server. What it asks of other hosts, and errors of its scripts, are remembered. */
  open(url: string, options?: BrowserContextOptions): Promise<WatchedPage>;
}

export interface WatchedPage {
  readonly page: Page;
  /** Requests to anybody but the server, refused by policy or not; and what the console told of as an error. */
  readonly troubles: string[];
}

/** A suite that needs a real browser, see `describeWith`. */
export function describeInBrowser(name: string, suite: (browser: TestBrowser) => void): void {
  describeWith({ program: CHROMIUM, install: 'apt-get install chromium' }, name, () => {
    // a browser on a busy machine takes its time
    jest.setTimeout(60_000);
    let browser: Browser | undefined;
    const contexts: BrowserContext[] = [];
    let profile = '';
    beforeAll(async () => {
      profile = mkdtempSync(join(tmpdir(), 'flowkeeper-chromium-'));
      browser = await chromium.launch({
        executablePath: CHROMIUM,
        args: FLAGS,
        // what it writes beside its profile goes there, too
        env: { ...process.env, HOME: profile, XDG_CONFIG_HOME: profile, XDG_CACHE_HOME: profile },
      });
    });
    afterEach(async () => {
      await Promise.all(contexts.splice(0).map((context) => context.close()));
    });
    afterAll(async () => {
      await browser?.close();
      rmSync(profile, { recursive: true, force: true });
    });
    suite({
      async open(url, options = {}) {
        if (!browser) throw new Error('no browser yet');
        const context = await browser.newContext(options);
        contexts.push(context);
        const page = await context.newPage();
        page.setDefaultTimeout(20_000);
        const watched = { page, troubles: watch(page, new URL(url).origin) };
        await page.goto(url);
        return watched;
      },
    });
  });
}

function watch(page: Page, origin: string): string[] {
  const troubles: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !url.startsWith('data:')) troubles.push(`asked ${url}`);
  });
  page.on('pageerror', (error) => troubles.push(`threw ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(`said ${message.text()}`);
  });
  return troubles;
}
