import { register } from '../support/account.js';
import { Form } from '../support/form.js';
import { expect, test } from '../support/test.js';

const NAME = 'start.filler-name';

test('what two windows write in different questions is merged', async ({ page, context, mails, form }) => {
  await register(page, mails);
  await form.start('visit-visa');
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
  ['What stands here', 'Second'],
  ['What I wrote in the other window', 'First'],
] as const) {
  test(`when two windows write in the same question, both texts are shown: “${button}”`, async ({ page, context, mails, form }) => {
    await register(page, mails);
    await form.start('visit-visa');
    await form.fill({ 'start.filler': 'other' });
    await form.button('continue').click();
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
    await expect(other.controls(NAME)).toHaveValue('Second');
    await second.getByRole('button', { name: button }).click();
    await expect(second.locator('.contested:visible')).toHaveCount(0);
    await expect(other.controls(NAME)).toHaveValue(choice);
    await page.reload();
    await expect(form.controls(NAME)).toHaveValue(choice);
  });
}

test('a window whose draft was deleted in another says so, and keeps what was typed', async ({ page, context, mails, form, watch }) => {
  watch.allow(/404/);
  await register(page, mails);
  await form.start('visit-visa');
  await form.fill({ 'start.filler': 'other', [NAME]: 'D' });
  if (form.hasJavaScript) await expect(page.locator('#saved')).toContainText('Saved');
  const second = await context.newPage();
  await second.goto('/my');
  await second.locator('a[href$="/delete"]').click();
  await second.locator('form[action$="/delete"] button').click();
  await expect(second).toHaveURL(/\/my$/);
  await form.controls(NAME).fill('Deniz');
  if (form.hasJavaScript) {
    await expect(page.locator('#saved')).toContainText('submitted or deleted in another window');
    await expect(form.controls(NAME)).toHaveValue('Deniz');
    await form.controls(NAME).fill('Deniz Yıldız');
    await expect(page.locator('#saved')).toContainText('submitted or deleted in another window');
  } else {
    await form.button('continue').click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('no such page');
  }
});
