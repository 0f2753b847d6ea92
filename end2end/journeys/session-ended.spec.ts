import { logIn, logOut, newAddress, PASSWORD, register } from '../support/account.js';
import type { Form } from '../support/form.js';
import { expect, test } from '../support/test.js';
import { before } from '../support/visit-visa.js';

const NAME = 'start.filler-name';
const SAFE = /What you wrote is kept/;

/** Presses the button. With the browser’s part what is typed goes by itself, and the page with it. */
async function press(form: Form, go: 'continue' | 'leave'): Promise<void> {
  if (!form.hasJavaScript) await form.button(go).click();
}

test.beforeEach(async ({ page, mails, form }) => {
  await register(page, mails);
  await form.start({ start: { 'start.filler': 'other', [NAME]: 'Deniz' } });
  await form.hasAsked();
});

test('a page that is posted after its cookie is gone is in the draft after log-in', async ({ page, context, form, mails }) => {
  const email = await mails.newestRecipient();
  await context.clearCookies();
  await form.controls(NAME).fill('Deniz Yıldız');
  await press(form, 'continue');
  await expect(page.getByText(SAFE)).toBeVisible();
  await logIn(page, email);
  await form.isOn('start');
  await expect(form.controls(NAME)).toHaveValue('Deniz Yıldız');
});

test('a page that is posted after logging out in another tab is in the draft after log-in', async ({ page, context, form, mails }) => {
  const email = await mails.newestRecipient();
  const other = await context.newPage();
  await other.goto('/my');
  await logOut(other);
  await form.controls(NAME).fill('Deniz Yıldız');
  await press(form, 'leave');
  await expect(page.getByText(SAFE)).toBeVisible();
  await logIn(page, email);
  await form.isOn('start');
  await expect(form.controls(NAME)).toHaveValue('Deniz Yıldız');
});

test('what is posted while somebody else is logged in waits for the right person', async ({ page, context, form, mails, watch }) => {
  watch.allow(/404/);
  const email = await mails.newestRecipient();
  const draft = page.url();
  const other = await context.newPage();
  await other.goto('/my');
  await logOut(other);
  await register(other, mails);
  await form.controls(NAME).fill('Deniz Yıldız');
  await press(form, 'continue');
  await expect(page.getByText(SAFE)).toBeVisible();
  expect((await other.goto(draft))?.status()).toBe(404);
  await expect(other.locator('body')).not.toContainText('Deniz');

  await logIn(page, email);
  await form.isOn('start');
  await expect(form.controls(NAME)).toHaveValue('Deniz Yıldız');
});

test('part of a date, typed after the session has ended, is in the draft after log-in', async ({ page, context, form, mails }) => {
  const email = await mails.newestRecipient();
  await form.seed({ ...before('trip'), trip: { 'trip.arrival': new Date(Date.UTC(2027, 2, 7)) } });
  await page.goto(`${form.draftPath()}/trip`);
  await form.isOn('trip');
  await form.hasAsked();
  await context.clearCookies();
  await form.controls('trip.arrival-day').fill('12');
  await press(form, 'continue');
  await expect(page.getByText(SAFE)).toBeVisible();
  await logIn(page, email);
  await form.isOn('trip');
  await expect(form.controls('trip.arrival-day')).toHaveValue('12');
  await expect(form.controls('trip.arrival-month')).toHaveValue('3');
  await expect(page.locator('.contested:visible')).toHaveCount(0);
});

test('a restart of the server between two key presses loses nothing', async ({ page, server, form, watch }) => {
  // The connection that the browser had kept open is gone.
  watch.allow(/ERR_/);
  await server.restart();
  await form.controls(NAME).fill('Deniz Yıldız');
  await form.button('continue').click();
  await expect(page.getByRole('alert')).toBeVisible();
  if (form.hasJavaScript) await expect(page.locator('#saved')).toContainText('Saved');
  await page.reload();
  await expect(form.controls(NAME)).toHaveValue('Deniz Yıldız');
});

test.describe('when nothing has happened for too long', () => {
  test.use({ settings: { LODGE_IDLE_TIME: '4s' } });

  test('the next post is kept, and found after log-in', async ({ page, form, mails, javaScriptEnabled }) => {
    const email = await mails.newestRecipient();
    // The browser's part notices by itself; a plain form notices when it is posted.
    if (javaScriptEnabled === false) {
      await page.waitForTimeout(5_000);
      await form.controls(NAME).fill('Deniz Yıldız');
      await form.button('continue').click();
    }
    await expect(page).toHaveURL(/\/login\?/, { timeout: 20_000 });
    await expect(page.getByRole('status')).toBeVisible();
    await logIn(page, email);
    await form.isOn('start');
    await expect(form.controls(NAME)).toHaveValue(javaScriptEnabled === false ? 'Deniz Yıldız' : 'Deniz');
  });
});

test('a new account does not find what waits for another', async ({ page, context, form, mails, watch }) => {
  watch.allow(/404/);
  await context.clearCookies();
  await form.controls(NAME).fill('Deniz Yıldız');
  await press(form, 'continue');
  await expect(page.getByText(SAFE)).toBeVisible();
  const stranger = newAddress();
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByLabel('Email address').fill(stranger);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Send me a code' }).click();
  await page.getByLabel('6-digit code').fill(await mails.code(stranger));
  await page.getByRole('button', { name: 'Create the account' }).click();
  await page.goto('/my');
  await expect(page.locator('a[href*="/apply/"]')).toHaveCount(0);
});
