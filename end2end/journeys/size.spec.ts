import { register } from '../support/account.js';
import { expect, test } from '../support/test.js';
import { before } from '../support/visit-visa.js';

const LIMIT = 20_000;
const DETAIL = 'trip.detail';
/** Some are written as letter and accents, as some keyboards do. */
const LETTERS = 'ÅÄÖ 李 🙂 İstanbul “quoted” <b>&amp;</b>\n\ttab — ﷺ A\u030a e\u0302\u0301 \u212b ';

test.beforeEach(async ({ page, mails, form }) => {
  await register(page, mails);
  await form.start(before('trip'), 'trip');
});

test('a text that is longer than can be kept stays in its box, uncut, and the page says so', async ({ page, form, watch }) => {
  watch.allow(/413/);
  const long = 'å'.repeat(LIMIT + 1);
  await form.controls(DETAIL).fill(long);
  if (form.hasJavaScript) await expect(page.locator('#saved')).toContainText('Not saved: an answer is too long');
  await form.answer('trip.entries', 'two');
  await form.button('continue').click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(form.controls(DETAIL)).toHaveValue(long);
  await expect(form.controls(DETAIL)).toHaveAttribute('aria-invalid', 'true');
  if (form.hasJavaScript) await expect(page.locator('#saved')).toContainText('Not saved: an answer is too long');

  await form.controls(DETAIL).fill('short enough');
  await form.button('continue').click();
  if (form.hasJavaScript) await expect(page.locator('#saved')).toContainText('Saved');
  await page.goto(`${form.draftPath()}/trip`);
  await expect(form.controls(DETAIL)).toHaveValue('short enough');
  await expect(page.locator('[name="trip.entries"][value=two]')).toBeChecked();
  await expect(page.locator('.contested:visible')).toHaveCount(0);
});

test('every letter of a long text comes back', async ({ page, form }) => {
  const text = LETTERS.repeat(300).slice(0, 14_000).trimEnd();
  await form.controls(DETAIL).fill(text);
  await form.button('back').click();
  await form.isOn('start');
  if (form.hasJavaScript) await expect(page.locator('#saved')).toContainText('Saved');
  await page.goto(`${form.draftPath()}/trip`);
  expect(await form.controls(DETAIL).inputValue()).toBe(text.normalize('NFC'));
});
