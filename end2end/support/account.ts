import { expect, type Page } from '@playwright/test';
import type { Mailbox } from './mail.js';

export const PASSWORD = 'seven grey owls on a wire';

let people = 0;

/** An address that nobody else in this run has. */
export function newAddress(): string {
  people += 1;
  return `person${people}.${process.pid}@example.org`;
}

/**
 * Creates an account as a form does, without showing the pages, which journeys of their own look at.
 * Ends logged in.
 */
export async function register(page: Page, mails: Mailbox, prefix = '', isShared = false): Promise<string> {
  const email = newAddress();
  const post = (path: string, form: Record<string, string>) =>
    page.request.post(`${mails.url}${prefix}${path}`, { form, headers: { Origin: mails.url }, maxRedirects: 0 });
  await post('/register', { email, password: PASSWORD });
  const code = await mails.code(email);
  expect((await post('/register/code', { code, ...(isShared && { shared: 'yes' }) })).status()).toBe(303);
  return email;
}

/** Creates an account by the pages, with the mailed code. Ends logged in, on My page. */
export async function registerByPages(page: Page, mails: Mailbox, prefix = ''): Promise<string> {
  const email = newAddress();
  await page.goto(`${prefix}/register`);
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(PASSWORD);
  await submit(page, 'input[name=password]');
  await expect(page).toHaveURL(/^[^?]*\/register\/code$/);
  await page.locator('input[name=code]').fill(await mails.code(email));
  await submit(page, 'input[name=code]');
  await expect(page).toHaveURL(/^[^?]*\/my$/);
  return email;
}

/** Fills in the log-in page, wherever it leads. */
export async function logIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await expect(page).toHaveURL(/\/login(\?|$)/);
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(password);
  await submit(page, 'input[name=password]');
}

export async function logOut(page: Page): Promise<void> {
  await page.locator('form[action$="/logout"] button').first().click();
  await expect(page).toHaveURL(/\/login(\?|$)/);
}

/** Presses the first button of the form in which the control stands. */
async function submit(page: Page, control: string): Promise<void> {
  await page.locator('form', { has: page.locator(control) }).locator('button').first().click();
}
