import type { Page } from '@playwright/test';

import { register } from '../support/account.js';
import { Form } from '../support/form.js';
import { expect, test } from '../support/test.js';
import { before } from '../support/visit-visa.js';

const NAME = 'start.filler-name';
const VISITS = 'trip.visits';

/** The trip page with two earlier visits, stored, in two windows. */
async function twoWindowsWithRows(page: Page, form: Form): Promise<[Form, string[]]> {
  await form.start(before('trip'), 'trip');
  await form.fill({ 'trip.visited': 'yes', [VISITS]: [{ country: 'SE' }, { country: 'FI' }] });
  await stored(page, form);
  const second = await page.context().newPage();
  const other = new Form(second, form.hasJavaScript);
  await second.goto(page.url());
  await other.isAwake();
  return [other, await form.rows(VISITS)];
}

/** Waits until everything is stored; without JavaScript a button has to say so. */
async function stored(page: Page, form: Form): Promise<void> {
  if (form.hasJavaScript) await expect(page.locator('#saved')).toContainText('Saved');
  else await form.goOnInVain();
}

async function takeOut(page: Page, row: string): Promise<void> {
  await page.locator(`button[value="remove:${VISITS}.${row}"]`).press('Enter');
}

test('what two windows write in different questions is merged', async ({ page, context, mails, form }) => {
  await register(page, mails);
  await form.start();
  const second = await context.newPage();
  const other = new Form(second, form.hasJavaScript);
  await second.goto(page.url());
  await other.isAwake();
  await form.answer('start.embassy', 'swedish');
  await form.button('continue').click();
  await expect(page.getByRole('alert')).toBeVisible();
  await other.answer('start.work-permit', 'no');
  await other.button('continue').click();
  await expect(second.getByRole('alert')).toBeVisible();
  await second.goto(page.url());
  await expect(second.locator('[name="start.embassy"][value=swedish]')).toBeChecked();
  await expect(second.locator('[name="start.work-permit"][value=no]')).toBeChecked();
});

for (const [button, choice] of [
  ['The answer on this page', 'Second'],
  ['The answer from the other window', 'First'],
] as const) {
  test(`when two windows write in the same question, both texts are shown: “${button}”`, async ({ page, context, mails, form }) => {
    await register(page, mails);
    await form.start({ start: { 'start.filler': 'other' } });
    const second = await context.newPage();
    const other = new Form(second, form.hasJavaScript);
    await second.goto(page.url());
    await other.isAwake();

    await form.controls(NAME).fill('First');
    await form.button('continue').click();
    await expect(page.getByRole('alert')).toBeVisible();
    if (form.hasJavaScript) await expect(page.locator('#saved')).toContainText('Saved');
    await other.controls(NAME).fill('Second');
    await other.button('continue').click();
    await expect(second.locator('.contested:visible')).toContainText('First');
    if (form.hasJavaScript) await expect(second.locator('#spoken')).toContainText('choose');
    await expect(other.controls(NAME)).toHaveValue('Second');
    await second.getByRole('button', { name: button }).click();
    await expect(second.locator('.contested:visible')).toHaveCount(0);
    await expect(second.locator('#spoken')).not.toContainText('choose');
    await expect(other.controls(NAME)).toHaveValue(choice);
    await page.reload();
    await expect(form.controls(NAME)).toHaveValue(choice);
  });
}

test('a window whose draft was deleted in another says so, and keeps what was typed', async ({ page, context, mails, form, watch }) => {
  watch.allow(/404/);
  await register(page, mails);
  await form.start();
  await form.fill({ 'start.filler': 'other', [NAME]: 'D' });
  if (form.hasJavaScript) await expect(page.locator('#saved')).toContainText('Saved');
  const second = await context.newPage();
  await second.goto('/my');
  await second.locator('a[href$="/delete"]').click();
  await second.locator('form[action$="/delete"] button').click();
  await expect(second).toHaveURL(/^[^?]*\/my$/);
  await form.controls(NAME).fill('Deniz');
  if (form.hasJavaScript) {
    await expect(page.locator('#saved')).toContainText('submitted or deleted in another window');
    await expect(form.controls(NAME)).toHaveValue('Deniz');
    await form.controls(NAME).fill('Deniz Yıldız');
    await expect(page.locator('#saved')).toContainText('submitted or deleted in another window');
  } else {
    await form.button('continue').click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('not found');
  }
});

test('a row that is taken out in one window, and written in in the other, comes back whole', async ({ page, mails, form }) => {
  await register(page, mails);
  const [other, [row]] = await twoWindowsWithRows(page, form);
  await takeOut(page, row!);
  await expect.poll(() => form.rows(VISITS)).toHaveLength(1);
  await stored(page, form);
  await other.controls(`${VISITS}.${row}.from-day`).fill('7');
  await other.button('continue').click();
  await page.reload();
  await expect.poll(() => form.rows(VISITS)).toContain(row);
  await expect(form.controls(`${VISITS}.${row}.from-day`)).toHaveValue('7');
  await expect(form.controls(`${VISITS}.${row}.country`)).toHaveValue('SE');
  await expect(page.locator('.row .contested:visible')).toContainText('in one window you removed this', { ignoreCase: true });
  await page.getByRole('button', { name: 'Keep it' }).press('Enter');
  await expect(page.locator('.contested:visible')).toHaveCount(0);
  expect(await form.rows(VISITS)).toContain(row);
});

test('a row is not taken out in a window that does not show what was written in it', async ({ page, mails, form }) => {
  await register(page, mails);
  const [other, [row]] = await twoWindowsWithRows(page, form);
  const second = page.context().pages()[1]!;
  await other.controls(`${VISITS}.${row}.from-day`).fill('7');
  await stored(second, other);
  await takeOut(page, row!);
  await expect(form.controls(`${VISITS}.${row}.from-day`)).toHaveValue('7');
  await page.getByRole('button', { name: 'Remove it' }).press('Enter');
  await expect.poll(() => form.rows(VISITS)).not.toContain(row);
  await stored(page, form);
  await page.reload();
  expect(await form.rows(VISITS)).toHaveLength(1);
});

test('of a date that two windows change both are shown, in words, and the person chooses', async ({ page, mails, form }) => {
  await register(page, mails);
  await form.start(before('trip'), 'trip');
  await form.answer('trip.arrival', new Date(Date.UTC(2027, 2, 7)));
  await stored(page, form);
  const second = await page.context().newPage();
  const other = new Form(second, form.hasJavaScript);
  await second.goto(page.url());
  await other.isAwake();
  await form.controls('trip.arrival-day').fill('12');
  await stored(page, form);
  await other.controls('trip.arrival-month').fill('4');
  await other.button('continue').click();
  const choice = second.locator('.contested:visible');
  await expect(choice).toContainText('12 March 2027');
  await expect(other.controls('trip.arrival-day')).toHaveValue('7');
  await choice.getByRole('button', { name: 'other window' }).click();
  await expect(choice).toHaveCount(0);
  await expect(other.controls('trip.arrival-day')).toHaveValue('12');
  await expect(other.controls('trip.arrival-month')).toHaveValue('3');
});
