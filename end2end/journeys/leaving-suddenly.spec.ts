import type { Page } from '@playwright/test';
import { logIn, register } from '../support/account.js';
import { expect, test } from '../support/test.js';
import { before } from '../support/visit-visa.js';

test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, 'a plain form is saved by its buttons');

const DETAIL = 'trip.detail';

test.beforeEach(async ({ page, mails, form }) => {
  await register(page, mails);
  await form.start(before('trip'), 'trip');
});

/** Kills what shows the page, as a crash or a phone does. */
async function crash(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  void devtools.send('Page.crash').catch(() => {});
  await crashed;
}

test('reloading right after the last key press loses nothing', async ({ page, form }) => {
  await form.controls(DETAIL).pressSequentially('up to the reload');
  await page.reload();
  await expect(form.controls(DETAIL)).toHaveValue('up to the reload');
});

test('closing the tab right after the last key press loses nothing', async ({ page, context, form }) => {
  const address = page.url();
  await form.controls(DETAIL).pressSequentially('up to the end');
  await page.close({ runBeforeUnload: true });
  const again = await context.newPage();
  await expect(async () => {
    await again.goto(address);
    await expect(again.locator(`[name="${DETAIL}"]`)).toHaveValue('up to the end', { timeout: 1_000 });
  }).toPass({ timeout: 10_000 });
});

test('opening the page once more shows what was typed in it, though that is stored after the page was made', async ({ page, form }) => {
  // The network is quicker with the page than with what was typed.
  await page.route('**/draft-save', async (route) => {
    await new Promise((later) => setTimeout(later, 300));
    await route.continue().catch(() => {});
  });
  await form.controls(DETAIL).pressSequentially('just now');
  await page.goto(page.url());
  await form.isAwake();
  await expect(form.controls(DETAIL)).toHaveValue('just now');
});

test('going to another site and coming Back loses nothing', async ({ page, form, server }) => {
  await form.controls(DETAIL).pressSequentially('before I looked something up');
  await page.goto(`${server.url}/services/visit-visa`);
  await page.goBack();
  await form.isOn('trip');
  await expect(form.controls(DETAIL)).toHaveValue('before I looked something up');
});

test('when the page goes to the background, everything is saved before the browser may be killed', async ({
  page,
  context,
  form,
}) => {
  const address = page.url();
  await form.controls(DETAIL).pressSequentially('on the phone');
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { get: () => true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await crash(page);
  const again = await context.newPage();
  await expect(async () => {
    await again.goto(address);
    await expect(again.locator(`[name="${DETAIL}"]`)).toHaveValue('on the phone', { timeout: 1_000 });
  }).toPass({ timeout: 10_000 });
});

test('of typing without a pause, a crash takes the last two seconds at most', async ({ page, context, form }) => {
  const address = page.url();
  const typed: { text: string; at: number }[] = [];
  const control = form.controls(DETAIL);
  await control.focus();
  const begin = Date.now();
  for (let text = ''; Date.now() - begin < 6_000; ) {
    const letter = String.fromCharCode(97 + (text.length % 26));
    await page.keyboard.press(letter);
    text += letter;
    typed.push({ text, at: Date.now() });
  }
  const end = Date.now();
  await crash(page);
  const again = await context.newPage();
  await again.goto(address);
  const kept = await again.locator(`[name="${DETAIL}"]`).inputValue();
  const must = typed.filter(({ at }) => at <= end - 2_000).at(-1)?.text ?? '';
  expect(must.length).toBeGreaterThan(20);
  expect(kept.length, `of ${typed.length} letters, ${must.length} were older than two seconds`).toBeGreaterThanOrEqual(must.length);
  expect(typed.at(-1)?.text.startsWith(kept)).toBe(true);
});

test('a browser that is opened again asks for the log-in, and then shows the page as it was', async ({
  page,
  context,
  form,
  mails,
}) => {
  const email = await mails.newestRecipient();
  const address = page.url();
  await form.controls(DETAIL).pressSequentially('yesterday');
  await page.close({ runBeforeUnload: true });
  await context.clearCookies();
  const again = await context.newPage();
  await again.goto(address);
  await logIn(again, email);
  await expect(again).toHaveURL(address);
  await expect(again.locator(`[name="${DETAIL}"]`)).toHaveValue('yesterday');
});
