import type { Page } from '@playwright/test';
import { register } from '../support/account.js';
import { expect, test } from '../support/test.js';
import { VISIT } from '../support/visit-visa.js';

test.use({ viewport: { width: 360, height: 640 } });

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const [content, window] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  expect(content, page.url()).toBeLessThanOrEqual(window ?? 0);
}

test('no page scrolls sideways on a phone', async ({ page, mails, form }) => {
  test.slow();
  for (const path of ['/', '/services/visit-visa', '/register', '/login', '/reset', '/ar', '/sv/services/visit-visa']) {
    await page.goto(path);
    await expectNoSidewaysScroll(page);
  }
  await register(page, mails);
  await form.start();
  for (const [id, answers] of Object.entries(VISIT)) {
    await page.goto(`${form.draftPath()}/${id}`);
    await form.isOn(id);
    await form.goOnInVain();
    await expectNoSidewaysScroll(page);
    await form.seed({ [id]: answers });
    await page.reload();
    await expectNoSidewaysScroll(page);
  }
  for (const path of ['review', 'print']) {
    await page.goto(`${form.draftPath()}/${path}`);
    await expect(page).toHaveURL(new RegExp(`/${path}$`));
    await expectNoSidewaysScroll(page);
  }
  await page.goto('/my');
  await expectNoSidewaysScroll(page);
});

test('on a phone, buttons are wide and can be hit', async ({ page, mails, form }) => {
  await register(page, mails);
  await form.start();
  const box = await form.button('continue').boundingBox();
  expect(box?.height).toBeGreaterThanOrEqual(44);
  expect(box?.width).toBeGreaterThan(280);
});
