import { logIn, logOut, register } from '../support/account.js';
import { expect, test } from '../support/test.js';
import { before, VISIT } from '../support/visit-visa.js';

const TEXT = 'Line one\nline two: “å” & <b>İ</b> 李 🙂';

test('Save and log out keeps what was typed, and My page leads back to it', async ({ page, mails, form }) => {
  const email = await register(page, mails);
  await form.start(before('trip'), 'trip');
  await form.answer('trip.detail', TEXT);
  await form.button('leave').click();
  await expect(page).toHaveURL(/\/login(\?|$)/);

  await logIn(page, email);
  await expect(page).toHaveURL(/^[^?]*\/my$/);
  await page.locator('a[href*="/apply/"]').first().click();
  await form.isOn('trip');
  await expect(form.controls('trip.detail')).toHaveValue(TEXT);
});

test('after log-out the Back button shows nothing personal', async ({ page, mails, form }) => {
  await register(page, mails);
  await form.start();
  await form.fill(VISIT.start ?? {});
  await form.goOn();
  await form.answer('trip.detail', 'a secret plan');
  await form.button('leave').click();
  await expect(page).toHaveURL(/\/login(\?|$)/);

  await page.goBack({ waitUntil: 'commit' });
  await expect(page.locator('body')).not.toContainText('a secret plan');
  await expect(page.locator('[name="trip.detail"]')).toHaveCount(0);
  await page.goForward({ waitUntil: 'commit' });
  await expect(page.locator('[name="trip.detail"]')).toHaveCount(0);
});

test('somebody else’s draft is answered like one that does not exist', async ({ page, mails, form, watch }) => {
  watch.allow(/404/);
  await register(page, mails);
  await form.start();
  const draft = `${form.draftPath()}/start`;
  await page.goto('/my');
  await logOut(page);
  await register(page, mails);

  const theirs = await page.goto(draft);
  expect(theirs?.status()).toBe(404);
  const text = await page.locator('main').innerText();
  const nothing = await page.goto(draft.replace(/[0-9a-f]{8}\//, '00000000/'));
  expect(nothing?.status()).toBe(404);
  const normal = (content: string) => content.replace(/\b[0-9A-Za-z-]{8,}\b/g, '');
  expect(normal(await page.locator('main').innerText())).toBe(normal(text));
});

test('a draft is deleted for good after a question, and a mail confirms it', async ({ page, mails, form, watch }) => {
  watch.allow(/404/);
  const email = await register(page, mails);
  await form.start();
  const draft = page.url();
  await page.goto('/my');
  await page.locator('a[href$="/delete"]').click();
  await page.locator('form[action$="/delete"] button').click();
  await expect(page).toHaveURL(/^[^?]*\/my$/);
  await expect(page.locator('a[href*="/apply/"]')).toHaveCount(0);
  await mails.newest(email, (mail) => mail.template.includes('deleted'));
  const answer = await page.goto(draft);
  expect(answer?.status()).toBe(404);
});
