import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import axe from 'axe-core';
import type { AxeResults } from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { aFlowId } from '../support/builders.ts';
import { describeInBrowser } from '../support/browser.ts';
import { TOKEN } from '../support/server-rig.ts';
import { startShownOrgs } from '../support/shown-orgs.ts';
import type { ShownOrgs } from '../support/shown-orgs.ts';

const SHOWS_TOKEN = {
  extraHTTPHeaders: { authorization: `Bearer ${TOKEN}`, 'x-flowkeeper-user': 'Ola Oncall' },
} satisfies BrowserContextOptions;
const FLOW = `/orgs/acme/flows/${aFlowId(1)}`;

describeInBrowser('the page in a browser', (browser) => {
  let shown: ShownOrgs;
  const at = (path: string): string => `${shown.server.url}${path}`;

  beforeAll(async () => {
    shown = await startShownOrgs();
  });

  beforeEach(() => {
    shown.rig.token = TOKEN;
    shown.rig.asked.length = 0;
    shown.rig.released.length = 0;
    shown.rig.suspensions.length = 0;
  });

  afterAll(() => shown.server.close());

  const rowOf = (page: Page, name: string) => page.locator('#flows tr', { hasText: name });

  test('flows are shown, and follow what happens without a reload', async () => {
    const { page, troubles } = await browser.open(at('/orgs/acme'), SHOWS_TOKEN);
    await rowOf(page, 'Claims VIP').getByText('InSync').waitFor();
    await page.locator('#live.on').waitFor();
    await page.evaluate('window.same = true');
    const claims = await rowOf(page, 'Claims VIP').getByRole('link').getAttribute('href');
    const flowId = claims!.split('/').at(-1)!;
    // what has the focus keeps it
    await rowOf(page, 'Claims VIP').getByRole('link').focus();
    shown.rig.change('acme', flowId, { state: 'Stuck' });
    await rowOf(page, 'Claims VIP').getByText('Stuck').waitFor();
    expect(await page.evaluate('window.same')).toBe(true);
    const focused = await page.evaluate('document.activeElement.getAttribute("href")');
    expect(focused).toBe(claims);
    shown.rig.change('acme', flowId, { state: 'InSync' });
    expect(troubles).toEqual([]);
  });

  test('a filter answers while it is typed, and is in the address', async () => {
    const { page, troubles } = await browser.open(at('/orgs/acme'), SHOWS_TOKEN);
    await page.evaluate('window.same = true');
    await page.getByLabel('Name, id or file').pressSequentially('billing');
    await page.getByText('1 to 6 of 6').waitFor();
    expect(new URL(page.url()).searchParams.get('q')).toBe('billing');
    await page.getByLabel('State').selectOption('Drifted');
    await page.getByText('1 to 1 of 1').waitFor();
    expect(await page.locator('#flows tbody tr').count()).toBe(1);
    expect(await page.evaluate('window.same')).toBe(true);
    await page.reload();
    await page.getByText('1 to 1 of 1').waitFor();
    expect(troubles).toEqual([]);
  });

  test('one flow shows each field that differs, its timeline and its snapshots', async () => {
    const { page, troubles } = await browser.open(at('/orgs/acme?q=billing'), SHOWS_TOKEN);
    await page.locator('#flows').getByRole('link', { name: 'Billing Inbound' }).click();
    const cells = page.getByRole('region', { name: 'What differs' }).getByRole('row').nth(1);
    expect(await cells.innerText()).toMatch(/^\/routing\/maxWaitTime\s+900\s+600\s+the org/);
    const timeline = page.locator('#history li');
    expect(await timeline.count()).toBe(3);
    expect(await timeline.first().innerText()).toContain('by hand: Ola Oncall');
    await page.getByRole('link', { name: 'version 6' }).waitFor();
    expect(troubles).toEqual([]);
  });

  describe('an action', () => {
    test('is offered to nobody without a token, and refused to who asks for it all the same', async () => {
      shown.rig.token = undefined;
      const { page } = await browser.open(at('/orgs/acme'));
      await page.getByText('read only').waitFor();
      expect(await page.getByRole('button', { name: 'Reconcile now' }).count()).toBe(0);
      const status = await page.evaluate(
        `fetch('/orgs/acme/run', { method: 'POST' }).then(({ status }) => status)`,
      );
      expect([status, shown.rig.asked]).toEqual([403, []]);
    });

    test('is done for who signed in with the token, under the name', async () => {
      const { page, troubles } = await browser.open(at('/orgs/acme'));
      await signIn(page, 'not the token');
      await page.getByRole('alert').waitFor();
      await signIn(page, TOKEN);
      await page.getByRole('link', { name: 'acme', exact: true }).click();
      await page.getByRole('button', { name: 'Reconcile now' }).click();
      await page.waitForURL(/\/orgs\/acme$/);
      expect(shown.rig.asked).toEqual([{ reason: 'person', orgs: ['acme'], by: 'Ola Oncall' }]);
      await page.goto(at(FLOW));
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.waitForLoadState();
      expect(shown.rig.released).toEqual([{ flow: aFlowId(1), orgs: ['acme'], by: 'Ola Oncall' }]);
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.waitForURL(/\/login$/);
      // the browser tells of the wrong token as of any 401
      expect(troubles.filter((text) => !text.includes('401'))).toEqual([]);
    });

    test('is done with a plan that is held, and with a flow that is to be left alone', async () => {
      const { page, troubles } = await browser.open(at('/orgs/acme-test'), SHOWS_TOKEN);
      await page.getByText('Approve this plan').click();
      await page.getByRole('button', { name: 'Approve and write' }).click();
      await page.waitForURL(/\/orgs\/acme-test$/);
      expect(shown.rig.asked).toMatchObject([
        {
          orgs: ['acme-test'],
          approval: { by: 'Ola Oncall', digest: expect.stringMatching(/^7d1f/) },
        },
      ]);
      await page.goto(at(FLOW));
      await page.getByText('Suspend until').click();
      await page.getByLabel('Why').fill('INC-4711');
      await page.getByRole('button', { name: 'Leave it alone' }).click();
      await page.waitForURL(new RegExp(`${aFlowId(1)}$`));
      expect(shown.rig.suspensions).toMatchObject([
        { flow: aFlowId(1), by: 'Ola Oncall', suspend: { reason: 'INC-4711' } },
      ]);
      expect(troubles).toEqual([]);
    });

    test('is refused to a page of another site, whatever cookie the browser has', async () => {
      const { page } = await browser.open(at('/login'));
      await signIn(page, TOKEN);
      await page.goto('about:blank');
      await page.setContent(
        `<form method="post" action="${at('/orgs/acme/run')}"><button>Win</button></form>`,
      );
      const [answer] = await Promise.all([
        page.waitForResponse((response) => response.url().endsWith('/run')),
        page.getByRole('button', { name: 'Win' }).click(),
      ]);
      expect([answer.status(), shown.rig.asked]).toEqual([403, []]);
    });
  });

  test('with scripts off it is all there: sign in, filter, read, act', async () => {
    const { page } = await browser.open(at('/login'), { javaScriptEnabled: false });
    await signIn(page, TOKEN);
    await page.getByRole('link', { name: 'acme', exact: true }).click();
    await page.getByLabel('Name, id or file').fill('Billing Inbound');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByText('1 to 1 of 1').waitFor();
    await page.locator('#flows').getByRole('link', { name: 'Billing Inbound' }).click();
    await page.getByRole('heading', { name: 'What differs' }).waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.waitForLoadState();
    expect(shown.rig.released).toHaveLength(1);
  });

  test('by keyboard alone: past the head, into the filter, to a flow', async () => {
    const { page } = await browser.open(at('/orgs/acme'), SHOWS_TOKEN);
    await page.keyboard.press('Tab');
    expect(await focusedText(page)).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    const reached: string[] = [];
    for (let i = 0; i < 20 && !reached.includes('q'); i += 1) {
      await page.keyboard.press('Tab');
      reached.push(
        await page.evaluate('document.activeElement.name || document.activeElement.textContent'),
      );
    }
    expect(reached).toContain('Reconcile now');
    await page.keyboard.type('Roadside VIP');
    await page.getByText('1 to 1 of 1').waitFor();
    for (let i = 0; i < 6 && (await focusedText(page)) !== 'Roadside VIP'; i += 1)
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Roadside VIP', level: 1 }).waitFor();
  });

  test.each([
    { path: '/login', colorScheme: 'light' },
    { path: '/', colorScheme: 'light' },
    { path: '/orgs/acme', colorScheme: 'light' },
    { path: '/orgs/acme', colorScheme: 'dark' },
    { path: '/orgs/acme-test?state=none', colorScheme: 'light' },
    { path: FLOW, colorScheme: 'light' },
    { path: FLOW, colorScheme: 'dark' },
  ] as const)('axe finds no fault in $path, $colorScheme', async ({ path, colorScheme }) => {
    const { page } = await browser.open(at(path), { ...SHOWS_TOKEN, colorScheme });
    await page.evaluate(
      "document.querySelectorAll('details').forEach((each) => { each.open = true; })",
    );
    await page.evaluate(axe.source);
    // the rest is the same in both
    const rules = colorScheme === 'dark' ? `{ runOnly: ['color-contrast'] }` : '{}';
    const { violations, passes } = await page.evaluate<AxeResults>(`axe.run(${rules})`);
    expect(violations.map(({ id, impact, nodes }) => [id, impact, nodes[0]?.html])).toEqual([]);
    expect(passes.map(({ id }) => id)).toContain('color-contrast');
  });

  test('ten thousand flows are listed, searched and followed without a stall', async () => {
    const large = await startShownOrgs(10_000);
    try {
      const { page, troubles } = await browser.open(`${large.server.url}/orgs/acme`, SHOWS_TOKEN);
      await page.locator('#live.on').waitFor();
      await page.evaluate(WATCH_FRAMES);
      await page.getByLabel('Name, id or file').pressSequentially('9998');
      await page.getByText('1 to 1 of 1').waitFor();
      large.rig.change('acme', aFlowId(9_999), { state: 'Stuck' });
      await page.locator('#flows').getByText('Stuck').waitFor();
      // the longest time in which nothing could be drawn: some tens of ms, and a multiple on a busy machine
      const longestMs = await page.evaluate<number>('window.longestMs');
      if ((process.env['FLOWKEEPER_TELL'] ?? '') !== '')
        process.stderr.write(`longest frame with 10,000 flows: ${longestMs.toFixed(0)} ms\n`);
      expect(longestMs).toBeLessThan(1_000);
      expect(troubles).toEqual([]);
    } finally {
      await large.server.close();
    }
  });
});

const WATCH_FRAMES = `
  window.longestMs = 0;
  let before = performance.now();
  const look = () => {
    const now = performance.now();
    window.longestMs = Math.max(window.longestMs, now - before);
    before = now;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);`;

async function signIn(page: Page, token: string): Promise<void> {
  await page.getByLabel('Your name').fill('Ola Oncall');
  await page.getByLabel('Token').fill(token);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForLoadState();
}

function focusedText(page: Page): Promise<string> {
  return page.evaluate('document.activeElement.textContent');
}
