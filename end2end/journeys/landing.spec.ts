import type { Page } from '@playwright/test';
import { register } from '../support/account.js';
import { expect, test } from '../support/test.js';
import { before, VISIT } from '../support/visit-visa.js';

const ARRIVAL = 'trip.arrival';
const VISITS = 'trip.visits';

/** Below what stays at the top of the screen, and above its end. */
async function expectInSight(page: Page, ...selectors: string[]): Promise<void> {
  for (const selector of selectors) {
    const isInSight = () =>
      page.locator(selector).evaluate((element) => {
        const bars = [...document.querySelectorAll('.wizard__bar, .wizard__pages')];
        const stuck = bars.filter((bar) => getComputedStyle(bar).position === 'sticky' && innerWidth < 1088);
        const top = Math.max(0, ...stuck.map((bar) => bar.getBoundingClientRect().bottom));
        const box = element.getBoundingClientRect();
        return box.top >= top - 1 && box.bottom <= innerHeight + 1;
      });
    await expect.poll(isInSight, { message: `${selector} is in sight` }).toBe(true);
  }
}

const id = (name: string) => `[id="${name}"]`;

for (const viewport of [
  { width: 320, height: 568 },
  // 1280 by 1024, enlarged four times.
  { width: 320, height: 256 },
]) {
  test.describe(`on a screen of ${viewport.width} by ${viewport.height}`, () => {
    test.use({ viewport });

    test.beforeEach(({ page, mails }) => register(page, mails));

    test('a change from the review lands on the control, and comes back to the answer', async ({ page, form }) => {
      await form.start(VISIT, 'review');
      for (const [pageId, question, control] of [
        ['start', 'start.work-permit', 'start.work-permit:no'],
        ['trip', 'trip.departure', 'trip.departure-day'],
      ] as const) {
        await page.locator(`a[href*="?review=${question}#"]`).click();
        await form.isOn(pageId);
        await expect(page.locator(id(control))).toBeFocused();
        await expectInSight(page, `${id(`q-${question}`)} .question__label`, id(control));
        await form.button('continue').press('Enter');
        await expect(page).toHaveURL(new RegExp(`/review#${question}$`));
        await expect(page.locator(id(question))).toBeFocused();
        await expectInSight(page, id(question));
      }
    });
  });
}

test.describe('on a small phone', () => {
  test.use({ viewport: { width: 320, height: 568 } });

  test.beforeEach(async ({ page, mails, form }) => {
    await register(page, mails);
    await form.start(before('trip'), 'trip');
  });

  test('what is wrong is shown from its heading on, and leads to the controls', async ({ page, form }) => {
    await form.controls(`${ARRIVAL}-day`).fill('1');
    await form.goOnInVain();
    await expect(page.getByRole('alert')).toBeFocused();
    await expectInSight(page, '.summary__title');
    await expect(page).toHaveTitle(/^Error: /);
    // Of a date, the part that is missing.
    await page.locator(`.summary a[href="#${ARRIVAL}-month"]`).click();
    await expect(page.locator(id(`${ARRIVAL}-month`))).toBeFocused();
    const question = id(`q-${ARRIVAL}`);
    await expectInSight(page, `${question} .question__label`, id(`${ARRIVAL}-problem`), id(`${ARRIVAL}-month`));
  });

  test('a new row has the focus in its first control', async ({ page, form }) => {
    await form.fill({ 'trip.visited': 'yes' });
    if (!form.hasJavaScript) await form.goOnInVain();
    await form.addRow(VISITS);
    await form.addRow(VISITS);
    const row = `${VISITS}.${(await form.rows(VISITS)).at(-1)}`;
    await expect(page.locator(id(`${row}.country`))).toBeFocused();
    // What the browser itself brings into sight of a fragment is its own affair.
    if (form.hasJavaScript) await expectInSight(page, id(row), id(`${row}.country`));
  });

  test('a row that was taken out is put back whole, at its place', async ({ page, form }) => {
    await form.fill({ 'trip.visited': 'yes', [VISITS]: [{ country: 'SE' }, { country: 'FI' }, { country: 'DK' }] });
    const rows = await form.rows(VISITS);
    const second = `${VISITS}.${rows[1]}`;
    await form.controls(`${second}.from-year`).fill('twenty');
    await page.locator(`button[value="remove:${second}"]`).press('Enter');
    await expect(page.locator(id(`${second}-removed`))).toBeFocused();
    await expect(page.locator(id(`${VISITS}-removed`))).toContainText('Removed: Visit 2 (Finland).');
    await expect(page.locator(id(`${VISITS}-removed`))).toHaveAttribute('role', 'status');
    await form.isAwake();
    if (form.hasJavaScript) await expect(page.locator('#saved')).toContainText('Saved');

    await page.locator(`button[value="undo:${second}"]`).press('Enter');
    await expect(page.locator(id(second))).toBeFocused();
    await expectInSight(page, id(second));
    if (form.hasJavaScript) await expect(page.locator('form[data-unsaved]')).toHaveCount(0);
    await page.goto(page.url().split(/[?#]/)[0] ?? '');
    await form.isOn('trip');
    expect(await form.rows(VISITS)).toEqual(rows);
    await expect(form.controls(`${second}.country`)).toHaveValue('FI');
    await expect(form.controls(`${second}.from-year`)).toHaveValue('twenty');
  });

  test('the content that is skipped to is the form', async ({ page, form }) => {
    await page.locator('.skip').focus();
    await page.keyboard.press('Enter');
    await expect(page.locator('#form')).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(form.controls('trip.purpose').first()).toBeFocused();
  });

  test('Escape closes the list of pages', async ({ page, javaScriptEnabled }) => {
    test.skip(javaScriptEnabled === false, 'without JavaScript it stays open until it is closed');
    const list = page.locator('.wizard__disclosure');
    await list.locator('summary').press('Enter');
    await expect(list).toHaveAttribute('open');
    await page.keyboard.press('Escape');
    await expect(list).not.toHaveAttribute('open');
    await expect(list.locator('summary')).toBeFocused();
  });
});

test('questions that come up without JavaScript are led to, and nobody is told that they are missing', async ({
  page,
  mails,
  form,
  javaScriptEnabled,
}) => {
  test.skip(javaScriptEnabled !== false, 'with JavaScript they come up at once');
  await register(page, mails);
  await form.start({ start: { ...VISIT.start, 'start.filler': 'self' } });
  await form.answer('start.filler', 'other');
  await form.goOnInVain();
  await expect(page.locator('#more')).toBeFocused();
  await expect(page.getByRole('status').first()).toContainText('4 more questions');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.locator('#more a').first().click();
  await expect(form.controls('start.filler-name')).toBeFocused();
});

test.describe('near the end of a page’s time', () => {
  test.use({ settings: { LODGE_PAGE_TIME: '6s' } });

  test('Escape means to stay, and the dialog says what happens otherwise', async ({
    page,
    mails,
    form,
    javaScriptEnabled,
  }) => {
    test.skip(javaScriptEnabled === false, 'the dialog is the browser’s part');
    await register(page, mails);
    await form.start();
    const dialog = page.locator('#time-dialog');
    for (let times = 0; times < 3; times += 1) {
      await expect(dialog).toBeVisible();
      await expect(dialog).toContainText(/you are logged out at \d\d:\d\d/);
      await page.keyboard.press('Escape');
      await expect(dialog).toBeHidden();
    }
    await expect(page).toHaveURL(/^[^?]*\/start$/);
  });
});
