import { logIn, register, registerByPages } from '../support/account.js';
import { expect, test } from '../support/test.js';
import { VISIT } from '../support/visit-visa.js';

test('a person applies, leaves, comes back by the mailed link, reviews, submits and has a confirmation', async ({
  page,
  mails,
  form,
}) => {
  test.slow();
  const email = await registerByPages(page, mails);

  await form.startByPages('visit-visa');
  await form.fill(VISIT.start ?? {});
  await form.goOn();
  expect(form.pageId()).toBe('trip');
  await form.answer('trip.detail', 'My sister in Uppsala has a baby.');
  await form.button('leave').click();
  await expect(page).toHaveURL(/\/login(\?|$)/);

  await page.goto(await mails.link(email, '/resume/'));
  await logIn(page, email);
  await form.isOn('trip');
  await expect(form.controls('trip.detail')).toHaveValue('My sister in Uppsala has a baby.');

  await form.fillAll(VISIT);
  await expect(page.getByText('Yıldız-Åkesson')).toBeVisible();
  await expect(page.getByText('EUR 90')).toBeVisible();

  await page.locator('a[href$="/you?review=you.surname#you.surname"]').click();
  await form.isOn('you');
  await form.answer('you.surname', 'Yıldız');
  await form.button('continue').click();
  await expect(page).toHaveURL(/^[^?]*\/review#you\.surname$/);
  await expect(page.getByText('Yıldız', { exact: true })).toBeVisible();
  await expect(page.locator('body')).toHaveAttribute('data-state', /draft|ready/);

  await page.locator('button[name=go][value=submit]').click();
  await expect(page).toHaveURL(/^[^?]*\/submitted$/);
  await expect(page.locator('body')).toHaveAttribute('data-state', 'submitted');
  const number = (await page.locator('#verification-number').innerText()).trim();
  expect(number).toMatch(/^\d{8}-\d{2}$/);
  // ISO 7064 MOD 97-10: the ten digits leave 1 when divided by 97.
  expect(Number(number.replace('-', '')) % 97).toBe(1);

  const confirmation = await mails.newest(email, (mail) => mail.template.includes('submitted'));
  expect(confirmation.text).toContain(number);
  expect(confirmation.html).toContain(number);

  await page.goto('/my');
  await expect(page.getByText(number, { exact: true }).first()).toBeVisible();
});

test('what is submitted is locked, and submitting again gives the same number', async ({ page, mails, form }) => {
  await register(page, mails);
  await form.start(VISIT, 'review');
  const review = page.url();
  await page.locator('button[name=go][value=submit]').click();
  await expect(page).toHaveURL(/^[^?]*\/submitted$/);
  const number = await page.locator('#verification-number').innerText();

  await page.goto(review);
  await expect(page).toHaveURL(/^[^?]*\/submitted$/);
  await expect(page.locator('#verification-number')).toHaveText(number);
  await page.goto(review.replace(/review$/, 'you'));
  await expect(page).toHaveURL(/^[^?]*\/submitted$/);
});

test('looking at the start page creates no draft', async ({ page, mails }) => {
  await register(page, mails);
  await page.goto('/services/visit-visa');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.goto('/my');
  await expect(page.locator('a[href*="/apply/"]')).toHaveCount(0);
});
