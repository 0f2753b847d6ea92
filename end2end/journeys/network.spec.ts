import { logIn, register } from '../support/account.js';
import type { Weather } from '../support/network.js';
import { expect, test } from '../support/test.js';
import { before, VISIT } from '../support/visit-visa.js';

test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, 'what the browser’s part adds');
test.use({ far: true });

const DETAIL = 'trip.detail';

test.beforeEach(async ({ page, mails, form, watch }) => {
  // What the test does to the network shows in the console.
  watch.allow(/Failed to load resource|ERR_/);
  watch.allow(/^50[03] for /);
  await register(page, mails);
  await form.start(before('trip'), 'trip');
});

for (const [weather, what] of [
  ['down', 'is gone'],
  ['error', 'answers 500'],
  ['unavailable', 'answers 503'],
  ['portal', 'shows somebody else’s page'],
  ['deaf', 'loses every answer'],
  ['silent', 'never answers'],
] as [Weather, string][]) {
  test(`while the network ${what}, the page says that nothing is saved, and saves when it is back`, async ({
    page,
    form,
    server,
  }) => {
    const network = server.network!;
    network.weather = weather;
    await form.controls(DETAIL).fill('written in bad weather');
    await expect(page.locator('#saved')).toContainText('Not saved', { timeout: 25_000 });
    await expect(page.locator('#saved .saved--good')).toHaveCount(0);
    // Typing on does not make it look better.
    await form.controls(DETAIL).pressSequentially(', and more');
    // What was typed last has been tried, too: from here on it is for the page to try again by itself.
    await page.waitForTimeout(2_500);
    await expect(page.locator('#saved .saved--good')).toHaveCount(0);
    network.weather = 'clear';
    await expect(page.locator('#saved')).toContainText('Saved', { timeout: 40_000 });
    await page.reload();
    await expect(form.controls(DETAIL)).toHaveValue('written in bad weather, and more');
    await expect(page.locator('.contested:visible')).toHaveCount(0);
  });
}

test('pages can be moved through without a network, and everything is saved when it is back', async ({ page, form, server }) => {
  const network = server.network!;
  await form.fill(VISIT.trip ?? {});
  network.weather = 'down';
  await form.goOn();
  await form.isOn('you');
  await form.controls('you.surname').fill('Yıldız');
  await form.button('back').click();
  await form.isOn('trip');
  await form.controls(DETAIL).fill('changed without a network');
  await page.goBack({ waitUntil: 'commit' });
  await expect(page.locator('#saved')).toContainText('Not saved');
  network.weather = 'clear';
  await expect(page.locator('#saved')).toContainText('Saved', { timeout: 40_000 });
  await page.goto(`${form.draftPath()}/you`);
  await expect(form.controls('you.surname')).toHaveValue('Yıldız');
  await page.goto(`${form.draftPath()}/trip`);
  await expect(form.controls(DETAIL)).toHaveValue('changed without a network');
});

test('who leaves with unsaved text is asked first', async ({ page, form, server, watch }) => {
  watch.answersDialogs();
  server.network!.weather = 'down';
  await form.controls(DETAIL).pressSequentially('not saved');
  await expect(page.locator('#saved')).toContainText('Not saved');
  const asked = page.waitForEvent('dialog');
  const closing = page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await closing;
  await expect(form.controls(DETAIL)).toHaveValue('not saved');
});

test('who closes while a save has been on its way for two seconds is asked first', async ({ page, form, server, watch }) => {
  watch.answersDialogs();
  server.network!.weather = 'silent';
  await form.controls(DETAIL).pressSequentially('swallowed');
  await page.waitForTimeout(4_000);
  const asked = page.waitForEvent('dialog');
  const closing = page.close({ runBeforeUnload: true });
  await (await asked).dismiss();
  await closing;
  await expect(form.controls(DETAIL)).toHaveValue('swallowed');
});

test('Save and log out waits for the network and loses nothing', async ({ page, form, server, mails }) => {
  const email = await mails.newestRecipient();
  server.network!.weather = 'down';
  await form.controls(DETAIL).fill('before leaving');
  await form.button('leave').click();
  await expect(page.locator('#saved')).toContainText('Not saved');
  await form.isOn('trip');
  server.network!.weather = 'clear';
  await form.button('leave').click();
  await expect(page).toHaveURL(/\/login\?/);
  await logIn(page, email);
  await page.locator('a[href^="/apply/"]').first().click();
  await form.isOn('trip');
  await expect(form.controls(DETAIL)).toHaveValue('before leaving');
});

test.describe('when the time is up without a network', () => {
  test.use({ settings: { LODGE_PAGE_TIME: '14s' } });

  test('the page waits, saves when it can, and only then logs out', async ({ page, form, server }) => {
    await form.controls(DETAIL).fill('at the last moment');
    server.network!.weather = 'down';
    await expect(page.locator('#ring')).toContainText('0:00', { timeout: 30_000 });
    await page.waitForTimeout(2_000);
    await expect(form.controls(DETAIL)).toHaveValue('at the last moment');
    await expect(page.locator('#saved')).toContainText('Not saved');
    server.network!.weather = 'clear';
    // The next try may be half a minute away.
    await expect(page).toHaveURL(/\/login\?.*next=/, { timeout: 45_000 });
  });
});
