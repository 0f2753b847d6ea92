import { expectAccessible } from '../support/axe.js';
import { register } from '../support/account.js';
import { expect, test } from '../support/test.js';
import { VISIT } from '../support/visit-visa.js';

test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, 'axe itself is a script');

test('the pages before log-in have no barrier that axe finds', async ({ page, watch }) => {
  watch.allow(/404/);
  for (const prefix of ['', '/sv', '/ar']) {
    for (const path of ['/', '/services/visit-visa', '/register', '/login', '/reset', '/no-such-page']) {
      await page.goto(`${prefix}${path}`);
      await expectAccessible(page);
    }
  }
});

for (const scheme of ['light', 'dark'] as const) {
  test(`no page of an application has a barrier that axe finds, ${scheme}`, async ({ page, mails, form }) => {
    test.slow();
    await page.emulateMedia({ colorScheme: scheme });
    await register(page, mails);
    await expectAccessible(page);
    await form.start('visit-visa');
    for (const answers of Object.values(VISIT)) {
      await form.goOnInVain();
      await expectAccessible(page);
      await form.fill(answers);
      await form.goOn();
    }
    await expect(page).toHaveURL(/\/review$/);
    await expectAccessible(page);
    for (const path of ['print', 'delete']) {
      await page.goto(`${form.draftPath()}/${path}`);
      await expectAccessible(page);
    }
    await page.goto(`${form.draftPath()}/review`);
    await page.locator('button[name=go][value=submit]').click();
    await expect(page).toHaveURL(/\/submitted$/);
    await expectAccessible(page);
    await page.goto('/my');
    await expectAccessible(page);
    await page.goto('/demo/outbox');
    // Each mail is shown in a frame in which no script may run, axe included.
    await page.locator('iframe').evaluateAll((frames) => frames.forEach((frame) => frame.remove()));
    await expectAccessible(page);
  });
}
