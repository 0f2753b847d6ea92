import { logIn, register } from '../support/account.js';
import { expect, test } from '../support/test.js';
import { before } from '../support/visit-visa.js';

const NAME = 'start.filler-name';

test.describe('near the end of a page’s time', () => {
  test.use({ settings: { LODGE_PAGE_TIME: '6s' } });

  test('one key press gives more time, ten times and more', async ({ page, mails, form, javaScriptEnabled }) => {
    test.skip(javaScriptEnabled === false, 'the dialog is the browser’s part');
    await register(page, mails);
    await form.start();
    const dialog = page.locator('#time-dialog');
    for (let times = 0; times < 11; times += 1) {
      await expect(dialog).toBeVisible();
      await expect(dialog.getByRole('button')).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(dialog).toBeHidden();
    }
    await expect(page).toHaveURL(/^[^?]*\/start$/);
  });
});

test.describe('near the end of a page’s time, while somebody is typing', () => {
  test.use({ settings: { LODGE_PAGE_TIME: '14s' } });

  test('the question whether they need more waits for a pause', async ({ page, mails, form, javaScriptEnabled }) => {
    test.skip(javaScriptEnabled === false, 'the dialog is the browser’s part');
    await register(page, mails);
    await form.start({ start: { 'start.filler': 'other' } });
    const name = form.controls(NAME);
    await name.focus();
    let typed = '';
    // The question is due with seven seconds left, and does not wait any longer with three.
    for (let left = 14; left > 5; left = Number((await page.locator('#ring').textContent())?.split(':')[1])) {
      await page.keyboard.type('a');
      typed += 'a';
    }
    await expect(page.locator('#time-dialog')).toBeVisible();
    await expect(name).toHaveValue(typed);
  });
});

test.describe('when a page’s time is over', () => {
  test.use({ settings: { LODGE_PAGE_TIME: '10s' } });

  test('what was typed is saved, the person is logged out and comes back to that page', async ({
    page,
    mails,
    form,
    javaScriptEnabled,
  }) => {
    test.skip(javaScriptEnabled === false, 'the clock is the browser’s part');
    const email = await register(page, mails);
    await form.start({ start: { 'start.filler': 'other' } });
    await form.controls(NAME).fill('Deniz');
    await expect(page).toHaveURL(/\/login\?/, { timeout: 20_000 });
    await expect(page.getByRole('status')).toContainText(/saved/);
    await logIn(page, email);
    await form.isOn('start');
    await expect(form.controls(NAME)).toHaveValue('Deniz');
  });

  test('without the browser’s part, the page says by when to save, and a later post is kept', async ({
    page,
    mails,
    form,
    javaScriptEnabled,
  }) => {
    test.skip(javaScriptEnabled !== false, 'with it, the page ends by itself');
    await register(page, mails);
    await form.start();
    await expect(page.locator('#time-words')).toContainText(/Save before \d\d:\d\d.\(UTC/);
    await form.fill({ 'start.filler': 'other', [NAME]: 'Deniz' });
    await page.waitForTimeout(11_000);
    await form.controls(NAME).fill('Deniz Yıldız');
    await form.button('continue').click();
    await page.goto(`${form.draftPath()}/start`);
    await expect(form.controls(NAME)).toHaveValue('Deniz Yıldız');
  });
});

test.describe('when a page’s time is over and a text on another page is too long', () => {
  test.use({ settings: { LODGE_PAGE_TIME: '12s' } });

  test('the page with the text comes back, and nobody is told that it is saved', async ({
    page,
    mails,
    form,
    watch,
    javaScriptEnabled,
  }) => {
    test.skip(javaScriptEnabled === false, 'the clock is the browser’s part');
    watch.allow(/413/);
    await register(page, mails);
    await form.start(before('trip'), 'trip');
    await form.controls('trip.detail').fill('x'.repeat(20_001));
    await form.button('back').click();
    await form.isOn('start');
    await expect(page.locator('h1')).toHaveText('Your trip', { timeout: 30_000 });
    await expect(form.controls('trip.detail')).toHaveValue(/^x{20001}$/);
    await expect(page).not.toHaveURL(/login/);
  });
});

test.describe('with two tabs', () => {
  test.use({ settings: { LODGE_PAGE_TIME: '8s' } });

  test('time that is given in one tab counts in the other', async ({ page, context, mails, form, javaScriptEnabled }) => {
    test.skip(javaScriptEnabled === false, 'the clock is the browser’s part');
    await register(page, mails);
    await form.start();
    const other = await context.newPage();
    for (let turns = 0; turns < 5; turns += 1) {
      await other.goto(page.url());
      await page.waitForTimeout(3_000);
    }
    await expect(page).toHaveURL(/^[^?]*\/start$/);
  });
});

test.describe('when the computer sleeps', () => {
  test.use({ settings: { LODGE_IDLE_TIME: '5s' } });

  test('the page asks the server when it wakes, and does not believe its own clock', async ({
    page,
    mails,
    form,
    javaScriptEnabled,
  }) => {
    test.skip(javaScriptEnabled === false, 'the clock is the browser’s part');
    const email = await register(page, mails);
    await page.addInitScript(() => {
      const clock = performance.now.bind(performance);
      let slept = 0;
      performance.now = () => clock() - slept;
      // A computer that sleeps runs nothing, and its monotonic clock stands still.
      Object.assign(window, {
        sleep: (milliseconds: number) => {
          const end = clock() + milliseconds;
          while (clock() < end);
          slept += milliseconds;
        },
      });
    });
    await form.start();
    await page.evaluate('sleep(7000)');
    await expect(page).toHaveURL(/\/login\?/, { timeout: 4_000 });
    await logIn(page, email);
    await form.isOn('start');
  });
});

test('a clock that is wrong, and is set, changes nothing of the time that is left', async ({ page, mails, form, javaScriptEnabled }) => {
  test.skip(javaScriptEnabled === false, 'the clock is the browser’s part');
  await page.addInitScript(() => {
    const now = Date.now;
    const setClock = (days: number) => (Date.now = () => now() + days * 86_400_000);
    setClock(400);
    Object.assign(window, { setClock });
  });
  await register(page, mails);
  await form.start();
  await page.evaluate(() => {
    const ring = document.querySelector('#ring')!;
    const shown: (string | null)[] = [];
    new MutationObserver(() => shown.push(ring.textContent)).observe(ring, { childList: true });
    Object.assign(window, { shown });
  });
  await page.waitForTimeout(1_500);
  await page.evaluate('void setClock(500)');
  await page.waitForTimeout(2_500);
  const shown = await page.evaluate<string[]>('shown');
  expect(shown.length).toBeGreaterThan(2);
  for (const left of shown) expect(left).toMatch(/29:[45]\d/);
});
