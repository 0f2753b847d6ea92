import { expect, test } from '../support/test.js';
import { logIn, logOut, newAddress, PASSWORD, register } from '../support/account.js';
import { expectAccessible } from '../support/axe.js';
import { expectNoSidewaysScroll } from '../support/narrow.js';

// A refused form is answered 4xx, and Chromium's console says so.
test.beforeEach(({ watch }) => watch.allow(/status of 4\d\d .*\/(login|register|register\/code|reset)\b/));

test('a wrong code says how many tries are left, and the right one still works', async ({ page, mails }) => {
  const email = newAddress();
  await page.goto('/register');
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Send me a code' }).click();
  const code = await mails.code(email);
  const wrong = code === '000000' ? '111111' : '000000';

  await page.getByLabel('6-digit code').fill(wrong);
  await page.getByRole('button', { name: 'Create the account' }).click();
  await expect(page.getByRole('alert')).toContainText('4 tries left');
  await page.getByLabel('6-digit code').fill(code);
  await page.getByRole('button', { name: 'Create the account' }).click();
  await expect(page).toHaveURL(/^[^?]*\/my$/);
});

test('a new code can be asked for, and the old one is dead', async ({ page, mails }) => {
  const email = newAddress();
  await page.goto('/register');
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Send me a code' }).click();
  const first = await mails.code(email);
  await page.getByRole('button', { name: 'Send a new code' }).click();
  await expect(page.getByRole('status')).toBeVisible();
  await expect.poll(() => mails.code(email)).not.toBe(first);

  await page.getByLabel('6-digit code').fill(first);
  await page.getByRole('button', { name: 'Create the account' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await page.getByLabel('6-digit code').fill(await mails.code(email));
  await page.getByRole('button', { name: 'Create the account' }).click();
  await expect(page).toHaveURL(/^[^?]*\/my$/);
});

test('a password that is too short, common or like the address is refused with the reason', async ({ page }) => {
  const email = newAddress();
  for (const [password, reason] of [
    ['short', /too short/],
    ['passwordpassword', /too common/],
    [email, /address/],
  ] as const) {
    await page.goto('/register');
    await page.getByLabel('Email address').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Send me a code' }).click();
    await expect(page.getByRole('alert')).toContainText(reason);
    await expect(page.getByLabel('Email address')).toHaveValue(email);
    await expect(page.getByLabel('Password')).toHaveValue('');
  }
});

test('while a password is typed, the page says how hard it is to guess', async ({ page, javaScriptEnabled }) => {
  test.skip(javaScriptEnabled === false, 'only the browser can look while somebody types');
  await page.goto('/register');
  const hint = page.getByRole('status');
  for (const [password, words] of [
    ['short', /Too easy to guess/],
    ['grey owls on wire', /Good/],
    [PASSWORD, /^Strong/],
    ['', /^$/],
  ] as const) {
    await page.getByLabel('Password').fill(password);
    await expect(hint).toHaveText(words);
  }
});

test('a forgotten password is replaced by a mailed link that works once', async ({ page, mails }) => {
  const email = await register(page, mails);
  await page.goto('/my');
  await logOut(page);
  await page.goto('/login');
  await page.getByRole('link', { name: 'Reset your password' }).click();
  await page.getByLabel('Email address').fill(email);
  await page.getByRole('button', { name: 'Send me the link' }).click();
  const link = await mails.link(email, '/reset/');

  // A mail scanner looks at links and must not use them up.
  await page.request.get(link);
  await page.goto(link);
  await page.getByLabel('New password').fill('an entirely new password');
  await page.getByRole('button', { name: 'Save the new password' }).click();
  await logIn(page, email, 'an entirely new password');
  await expect(page).toHaveURL(/^[^?]*\/my$/);

  await page.goto(link);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link no longer works');
  await page.goto('/my');
  await logOut(page);
  await page.goto('/login');
  await logIn(page, email, PASSWORD);
  await expect(page.getByRole('alert')).toBeVisible();
});

test('a page that needs log-in leads to it and then to that page', async ({ page, mails }) => {
  const email = await register(page, mails);
  await page.goto('/my');
  await logOut(page);
  await page.goto('/my');
  await logIn(page, email);
  await expect(page).toHaveURL(/^[^?]*\/my$/);
});

test('log-in says the same for a wrong password and an unknown address', async ({ page, mails }) => {
  const email = await register(page, mails);
  await page.goto('/my');
  await logOut(page);
  const answers: string[] = [];
  for (const address of [email, newAddress()]) {
    await page.goto('/login');
    await logIn(page, address, 'not the password at all');
    answers.push(await page.getByRole('alert').innerText());
  }
  expect(answers[1]).toBe(answers[0]);
});

test.describe('after many wrong passwords', () => {
  test.use({ settings: { LODGE_WRONG_PASSWORDS: '1' }, viewport: { width: 360, height: 640 } });

  for (const prefix of ['', '/sv', '/ar']) {
    test(`a known browser gets in, and another with a mailed code (${prefix || '/en'})`, async ({ page, mails, javaScriptEnabled }) => {
      const email = await register(page, mails);
      await page.goto(`${prefix}/my`);
      await logOut(page);
      const known = await page.context().cookies();
      await page.context().clearCookies();
      await page.goto(`${prefix}/login`);
      await logIn(page, email, 'not the password at all');
      await expect(page.getByRole('alert')).toBeVisible();
      await logIn(page, email);
      await expect(page).toHaveURL(/^[^?]*\/login\/code$/);
      await expectNoSidewaysScroll(page);
      if (javaScriptEnabled !== false) await expectAccessible(page);

      const code = await mails.code(email);
      await page.locator('input[name=code]').fill(code === '000000' ? '111111' : '000000');
      await page.locator('form:has(input[name=code]) button').click();
      await expect(page.getByRole('alert')).toContainText('4');
      await page.locator('input[name=code]').fill(code);
      await page.locator('form:has(input[name=code]) button').click();
      await expect(page).toHaveURL(/^[^?]*\/my$/);

      await logOut(page);
      await page.context().clearCookies();
      await page.goto(`${prefix}/login`);
      await logIn(page, email, 'not the password at all');
      await page.context().addCookies(known);
      await logIn(page, email);
      await expect(page).toHaveURL(/^[^?]*\/my$/);
    });
  }
});

test('logging out everywhere ends the log-in in every browser', async ({ page, mails, browser, server }) => {
  const email = await register(page, mails);
  const elsewhere = await browser.newContext({ baseURL: server.url });
  const there = await elsewhere.newPage();
  await there.goto('/login');
  await logIn(there, email);
  await expect(there).toHaveURL(/^[^?]*\/my$/);
  await page.goto('/my');
  await page.getByRole('button', { name: 'Log out everywhere' }).click();
  await expect(page.getByRole('status')).toContainText('logged out in every browser');
  await there.goto('/my');
  await expect(there).toHaveURL(/\/login\?/);
  await elsewhere.close();
});
