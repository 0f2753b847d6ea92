import { register } from '../support/account.js';
import { expectAccessible } from '../support/axe.js';
import { expectNoSidewaysScroll } from '../support/narrow.js';
import { expect, test } from '../support/test.js';
import { VISIT } from '../support/visit-visa.js';

test.use({ viewport: { width: 360, height: 640 } });

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

test.describe('with more drafts than there may be', () => {
  test.use({ settings: { LODGE_DRAFTS_PER_SERVICE: '1', LODGE_DRAFTS_PER_HOUR: '2' } });

  for (const prefix of ['', '/sv', '/ar']) {
    test(`the page says so and leads to My page (${prefix || '/en'})`, async ({ page, mails, form, javaScriptEnabled, watch }) => {
      watch.allow(/status of 4(09|29) .*\/apply\/visit-visa/);
      await register(page, mails);
      await form.start();
      await page.goto(`${prefix}/services/visit-visa`);
      await page.locator('form[action$="/apply/visit-visa"] button').first().click();
      await expect(page.getByRole('alert')).toBeVisible();
      await expectNoSidewaysScroll(page);
      if (javaScriptEnabled !== false) await expectAccessible(page);
      await page.locator('main a.button').click();
      await expect(page).toHaveURL(/\/my#drafts$/);
      await expectNoSidewaysScroll(page);
    });
  }
});

test('on a phone, buttons are wide and can be hit', async ({ page, mails, form }) => {
  await register(page, mails);
  await form.start();
  const box = await form.button('continue').boundingBox();
  expect(box?.height).toBeGreaterThanOrEqual(44);
  expect(box?.width).toBeGreaterThan(280);
});
