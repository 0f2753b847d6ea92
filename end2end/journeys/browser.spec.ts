import type { Response } from '@playwright/test';
import { register } from '../support/account.js';
import { expect, test } from '../support/test.js';
import { before, VISIT } from '../support/visit-visa.js';

test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, 'what the browser’s part adds');

/** A save of this text that has been answered. */
function holds(text: string) {
  return (answer: Response) => answer.ok() && (answer.request().postData()?.includes(text) ?? false);
}

test('text typed before the WebAssembly arrives is still there after hydration, and is saved', async ({
  page,
  mails,
  form,
}) => {
  await register(page, mails);
  await form.start(before('trip'), 'trip');

  let letIn = () => {};
  const gate = new Promise<void>((open) => (letIn = open));
  await page.route('**/*.wasm', async (route) => {
    await gate;
    await route.continue();
  });
  await page.reload({ waitUntil: 'commit' });
  await form.controls('trip.detail').fill('typed early');
  await form.controls('trip.arrival-day').fill('7');
  await page.locator('[name="trip.entries"][value=two]').check();
  await expect(page.locator('form[data-live]')).toHaveCount(0);
  const saved = page.waitForResponse(holds('typed early'));
  letIn();
  await form.isAwake();
  await saved;

  await expect(form.controls('trip.detail')).toHaveValue('typed early');
  await expect(form.controls('trip.arrival-day')).toHaveValue('7');
  await expect(page.locator('[name="trip.entries"][value=two]')).toBeChecked();
  await page.unroute('**/*.wasm');
  await page.reload();
  await expect(form.controls('trip.detail')).toHaveValue('typed early');
});

test('what is typed is saved without pressing anything', async ({ page, mails, form }) => {
  await register(page, mails);
  await form.start(before('trip'), 'trip');
  const saved = page.waitForResponse(holds('slowly typed'));
  await form.controls('trip.detail').pressSequentially('slowly typed', { delay: 20 });
  await saved;
  await page.reload();
  await form.isOn('trip');
  await expect(form.controls('trip.detail')).toHaveValue('slowly typed');
});

test('the browser’s Back and Forward do what the form’s buttons do, and lose nothing', async ({ page, mails, form }) => {
  await register(page, mails);
  await form.start();
  await form.fill(VISIT.start ?? {});
  await form.goOn();
  await form.answer('trip.detail', 'written and not saved by a button');
  await page.goBack({ waitUntil: 'commit' });
  await form.isOn('start');
  await expect(page.locator('[name="start.embassy"][value=swedish]')).toBeChecked();
  await page.goForward({ waitUntil: 'commit' });
  await form.isOn('trip');
  await expect(form.controls('trip.detail')).toHaveValue('written and not saved by a button');
  await page.evaluate(() => history.back());
  await form.isOn('start');
});

test('the page moves without being loaded anew, and the focus goes to its title', async ({ page, mails, form }) => {
  await register(page, mails);
  await form.start();
  let documents = 0;
  page.on('request', (request) => {
    if (request.resourceType() === 'document') documents += 1;
  });
  await form.fill(VISIT.start ?? {});
  await form.goOn();
  await expect(page.locator('#page-title')).toBeFocused();
  expect(documents).toBe(0);
});

test('what is typed and taken back at once is not left as if it were being saved', async ({ page, mails, form }) => {
  await register(page, mails);
  await form.start();
  await form.fill({ 'start.filler': 'other' });
  await expect(page.locator('#saved')).toContainText('Saved');
  await form.controls('start.filler-name').fill('x');
  await form.controls('start.filler-name').fill('');
  await expect(page.locator('#saved')).toContainText('saved');
  await expect(page.locator('#saved')).not.toContainText('Saving');
});
