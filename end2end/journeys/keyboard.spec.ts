import type { Page } from '@playwright/test';
import { register } from '../support/account.js';
import { expect, test } from '../support/test.js';

/** Presses Tab until the element has the focus, as someone without a mouse does. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    if (await page.locator(selector).evaluate((each) => each === document.activeElement)) return;
  }
  throw new Error(`Tab never reaches ${selector}`);
}

test('the form can be filled in with the keyboard alone', async ({ page, mails, form }) => {
  await register(page, mails);
  await page.goto('/services/visit-visa');
  await tabTo(page, 'form[action$="/apply/visit-visa"] button >> nth=0');
  await page.keyboard.press('Enter');
  await form.isOn('start');

  // Radio buttons: Tab to the group, Space to choose, arrows to move.
  await tabTo(page, '[id="start.main-destination"]');
  await page.keyboard.press('Space');
  await tabTo(page, '[id="start.embassy"]');
  await page.keyboard.press('Space');
  await tabTo(page, '[id="start.work-permit"]');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('[name="start.work-permit"][value=no]')).toBeChecked();
  await tabTo(page, '[id="start.eu-family"]');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await tabTo(page, '[id="start.filler"]');
  await page.keyboard.press('Space');
  await tabTo(page, '.wizard__buttons button[value=continue]');
  await page.keyboard.press('Enter');
  await form.isOn('trip');
});

test('Enter in a text box continues, and the focus goes to what is wrong', async ({ page, mails, form }) => {
  await register(page, mails);
  await form.start();
  await form.answer('start.filler', 'other');
  if (!form.hasJavaScript) await form.goOnInVain();
  await form.controls('start.filler-name').press('Enter');
  await expect(page.getByRole('alert')).toBeFocused();
});

test('the first Tab offers to skip to the content', async ({ page }) => {
  await page.goto('/');
  await page.keyboard.press('Tab');
  const skip = page.locator(':focus');
  await expect(skip).toHaveAttribute('href', '#main');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#main$/);
});
