import { registerByPages } from '../support/account.js';
import { expect, test } from '../support/test.js';

test('in Arabic, the pages run from right to left', async ({ page, mails, form }) => {
  const email = await registerByPages(page, mails, '/ar');
  await expect(page.locator('html')).toHaveAttribute('lang', 'ar');
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  const mail = await mails.newest(email);
  expect(mail.subject).toMatch(/[\u0600-\u06FF]/);
  expect(mail.html).toContain('dir="rtl"');

  await form.startByPages('visit-visa', '/ar');
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect(form.button('continue')).toHaveText(/[\u0600-\u06FF]/);
  // The form itself is not translated into Arabic: it says so for screen readers.
  await expect(page.locator('#page-title')).toHaveAttribute('lang', 'en');
  await expect(page.locator('#page-title')).toHaveAttribute('dir', 'ltr');
});

test('in Swedish, everything is Swedish', async ({ page, mails, form }) => {
  const email = await registerByPages(page, mails, '/sv');
  await expect(page.locator('html')).toHaveAttribute('lang', 'sv');
  expect((await mails.newest(email)).subject).not.toMatch(/code/i);
  await form.startByPages('visit-visa', '/sv');
  await expect(page.locator('html')).toHaveAttribute('lang', 'sv');
  await expect(form.button('continue')).not.toHaveText(/save/i);
  await form.goOnInVain();
  await expect(page.getByRole('alert')).not.toContainText(/choose/i);
});

test('the language can be changed on a page and stays on that page', async ({ page }) => {
  await page.goto('/services/visit-visa');
  await page.locator('a[hreflang=sv]').first().click();
  await expect(page).toHaveURL(/^[^?]*\/sv\/services\/visit-visa$/);
  await page.locator('a[hreflang=en]').first().click();
  await expect(page).toHaveURL(/[^v]\/services\/visit-visa$/);
});
