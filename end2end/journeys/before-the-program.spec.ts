import type { Page } from '@playwright/test';
import { register } from '../support/account.js';
import { expect, test } from '../support/test.js';
import { before } from '../support/visit-visa.js';

test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, 'without script a page has nothing but its buttons');

const DETAIL = 'trip.detail';
const ENTRIES = 'trip.entries';
const SAVED = '#saved';
const BY_BUTTON = 'when you press Save and continue';

test.beforeEach(async ({ page, mails, form, watch }) => {
  watch.allow(/Failed to load resource|ERR_|Wasm|WebAssembly/);
  await register(page, mails);
  await form.start(before('trip'), 'trip');
});

/** The page as it is while the program is on its way, or for ever where it cannot be had. */
async function withoutProgram(page: Page, how: 'late' | 'missing'): Promise<void> {
  await page.route('**/*.wasm', async (route) => {
    if (how === 'missing') await route.fulfill({ status: 404, body: '' });
  });
  await page.reload({ waitUntil: 'domcontentloaded' });
}

/** What is stored, as another window sees it. */
async function storedText(page: Page): Promise<string> {
  const html = await (await page.request.get(new URL(page.url()).pathname)).text();
  return page.evaluate((html) => {
    const control = new DOMParser().parseFromString(html, 'text/html').querySelector('[name="trip.detail"]');
    return control?.textContent ?? '';
  }, html);
}

for (const how of ['late', 'missing'] as const) {
  const name = how === 'late' ? 'has not come yet' : 'cannot be had';

  test(`while the program ${name}, the page does not say that what is typed is saved`, async ({ page, form }) => {
    await withoutProgram(page, how);
    await form.controls(DETAIL).fill('typed early');
    await expect(page.locator(SAVED)).toContainText(BY_BUTTON);
    await expect(page.locator('.saved--good')).toHaveCount(0);
  });

  test(`while the program ${name}, Reload loses nothing that was typed`, async ({ page, form }) => {
    await withoutProgram(page, how);
    await form.controls(DETAIL).fill('typed before the reload');
    await page.reload({ waitUntil: 'domcontentloaded' });
    await expect(form.controls(DETAIL)).toHaveValue('typed before the reload');
  });

  test(`while the program ${name}, another language loses nothing that was typed`, async ({ page, form }) => {
    await withoutProgram(page, how);
    await form.controls(DETAIL).fill('typed in English');
    await page.getByRole('button', { name: 'Svenska' }).click();
    await expect(page).toHaveURL(/\/sv\/apply\/[^/]+\/trip$/);
    await expect(form.controls(DETAIL)).toHaveValue('typed in English');
    await expect(page.locator('.contested:visible')).toHaveCount(0);
  });

  test(`while the program ${name}, My page and Back lose nothing that was typed`, async ({ page, form }) => {
    await withoutProgram(page, how);
    await form.controls(DETAIL).fill('typed before My page');
    await page.getByRole('link', { name: 'My page' }).click();
    await expect(page).toHaveURL(/\/my$/);
    await page.goBack({ waitUntil: 'commit' });
    await expect(form.controls(DETAIL)).toHaveValue('typed before My page');
    await form.controls(DETAIL).fill('typed before My page, and after');
    await form.button('continue').click();
    await expect.poll(() => storedText(page)).toBe('typed before My page, and after');
  });

  test(`while the program ${name}, closing the tab loses nothing that was typed`, async ({ page, context, form }) => {
    await withoutProgram(page, how);
    const address = page.url();
    await form.controls(DETAIL).fill('typed before closing');
    await form.controls(ENTRIES).first().check();
    await page.close({ runBeforeUnload: true });
    const again = await context.newPage();
    await expect(async () => {
      await again.goto(address);
      await expect(again.locator(`[name="${DETAIL}"]`)).toHaveValue('typed before closing', { timeout: 1_000 });
      await expect(again.locator(`[name="${ENTRIES}"][type=radio]`).first()).toBeChecked({ timeout: 1_000 });
    }).toPass({ timeout: 10_000 });
  });

  test(`while the program ${name}, who is about to lose more than the browser can send is asked`, async ({ page, form, watch }) => {
    watch.answersDialogs();
    await withoutProgram(page, how);
    await form.controls(DETAIL).fill('x'.repeat(70_000));
    const asked = page.waitForEvent('dialog');
    const closing = page.close({ runBeforeUnload: true });
    await (await asked).dismiss();
    await closing;
    expect((await form.controls(DETAIL).inputValue()).length).toBe(70_000);
  });
}

test('a page sent twice before the program came is taken over by it without a question', async ({ page, form }) => {
  let letIn = () => {};
  const gate = new Promise<void>((open) => (letIn = open));
  await page.route('**/*.wasm', async (route) => {
    await gate;
    await route.continue();
  });
  await page.reload({ waitUntil: 'domcontentloaded' });
  for (const text of ['first', 'first and second']) {
    await form.controls(DETAIL).fill(text);
    await hide(page);
    await expect.poll(() => storedText(page)).toBe(text);
  }
  await form.controls(DETAIL).fill('first and second and third');
  letIn();
  await form.isAwake();
  await expect.poll(() => storedText(page)).toBe('first and second and third');
  await expect(page.locator('.contested:visible')).toHaveCount(0);
});

async function hide(page: Page): Promise<void> {
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { get: () => true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
    Object.defineProperty(document, 'hidden', { get: () => false, configurable: true });
  });
}

test('what a translator or an extension puts into a page before the program comes erases no answer', async ({ page, form }) => {
  await form.fill({ 'trip.first-entry': 'DE' });
  await expect(page.locator(SAVED)).toContainText('Saved');
  await page.addInitScript(() => {
    document.addEventListener('DOMContentLoaded', () => {
      document.querySelectorAll('[data-island], [data-island] > *').forEach((place) => place.prepend('translated '));
    });
  });
  await page.reload();
  await form.isAwake();
  await form.controls(DETAIL).fill('goes on');
  await expect(page.locator(SAVED)).toContainText('Saved');
  await expect(form.controls('trip.first-entry')).toHaveValue('DE');
  const other = await page.context().newPage();
  await other.goto(page.url());
  await expect(other.locator('[name="trip.first-entry"]')).toHaveValue('DE');
});

test('a program that fails leaves the plain form as it is, with what was typed, and says so', async ({ page, form, watch }) => {
  watch.allow(/./);
  await form.fill({ 'trip.first-entry': 'DE' });
  await expect(page.locator(SAVED)).toContainText('Saved');
  // Something that the program needs is not as it must be: it stops in the middle of taking over.
  await page.addInitScript(() => {
    const find = document.querySelectorAll.bind(document);
    document.querySelectorAll = ((selector: string) => {
      const found = find(selector);
      if (selector === '[data-island]') found.forEach((island) => island.setAttribute('data-props', '{}'));
      return found;
    }) as typeof document.querySelectorAll;
  });
  await page.reload();
  await form.controls(DETAIL).fill('typed in the plain form');
  await page.waitForTimeout(3_000);
  await expect(page.locator(SAVED)).toContainText(BY_BUTTON);
  await expect(page.locator('form[data-live]')).toHaveCount(0);
  await expect(form.controls('trip.first-entry')).toHaveValue('DE');
  await expect(form.controls(DETAIL)).toHaveValue('typed in the plain form');
  await page.reload();
  await expect(form.controls(DETAIL)).toHaveValue('typed in the plain form');
});

test('an answer that changes without an event is saved too', async ({ page, form }) => {
  await page.evaluate(() => {
    const control = document.querySelector<HTMLTextAreaElement>('[name="trip.detail"]');
    if (control) control.value = 'filled in by a password manager';
  });
  await expect.poll(() => storedText(page)).toBe('filled in by a password manager');
  await expect(form.controls(DETAIL)).toHaveValue('filled in by a password manager');
});

test('characters that cannot be stored are not left standing as if they were', async ({ page, form }) => {
  await form.controls(DETAIL).evaluate((control: HTMLTextAreaElement) => {
    control.value = 'a\u0000b\ud800c';
    control.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await expect(form.controls(DETAIL)).toHaveValue('ab\ufffdc');
  await expect.poll(() => storedText(page)).toBe('ab\ufffdc');
});
