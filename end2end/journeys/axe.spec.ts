import { expectAccessible, expectAccessibleInTheDark } from '../support/axe.js';
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

test('no page of an application has a barrier that axe finds, in light or in dark', async ({ page, mails, form, watch }) => {
  test.slow();
  const check = async () => {
    await expectAccessible(page);
    await expectAccessibleInTheDark(page);
  };
  await register(page, mails);
  await page.goto('/my');
  await check();
  await form.start();
  for (const [id, answers] of Object.entries(VISIT)) {
    await page.goto(`${form.draftPath()}/${id}`);
    await form.isOn(id);
    await form.goOnInVain();
    await check();
    await form.seed({ [id]: answers });
  }
  for (const path of ['review', 'print', 'delete']) {
    await page.goto(`${form.draftPath()}/${path}`);
    await expect(page).toHaveURL(new RegExp(`/${path}$`));
    await check();
  }
  await page.goto(`${form.draftPath()}/review`);
  await page.locator('button[name=go][value=submit]').click();
  await expect(page).toHaveURL(/^[^?]*\/submitted$/);
  await check();
  await page.goto('/my');
  await check();

  // Each mail is shown in a frame in which no script may run, axe included.
  watch.allow(/Blocked script execution in .*\/demo\/outbox\//);
  await page.goto('/demo/outbox');
  await page.locator('iframe').evaluateAll((frames) => frames.forEach((frame) => frame.remove()));
  await check();
});
