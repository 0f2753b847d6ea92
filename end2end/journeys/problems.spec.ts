import { register } from '../support/account.js';
import { expect, test } from '../support/test.js';
import { before, VISIT } from '../support/visit-visa.js';

test.beforeEach(async ({ page, mails, form }) => {
  await register(page, mails);
  await form.start();
});

test('a refused Continue says what is wrong, at the top and beside the question, and links to it', async ({
  page,
  form,
}) => {
  await form.fill({ 'start.embassy': 'swedish', 'start.work-permit': 'no' });
  await expect(page).toHaveTitle(/^Before you start – Visit visa – Lodge$/);
  await form.goOnInVain();

  const summary = page.getByRole('alert');
  await expect(summary).toBeFocused();
  await expect(page).toHaveTitle(/^Error: Before you start – Visit visa – Lodge$/);
  const links = summary.getByRole('link');
  await expect(links).toHaveCount(3);
  await expect(page.locator('[name="start.main-destination"]:not([type=hidden])').first()).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('[name="start.embassy"]:not([type=hidden])').first()).not.toHaveAttribute('aria-invalid', 'true');

  for (const link of await links.all()) {
    const target = (await link.getAttribute('href')) ?? '';
    await expect(page.locator(`[id="${target.slice(1)}"]`), target).toBeVisible();
  }
  await links.first().click();
  if (form.hasJavaScript) await expect(page.locator(':focus')).toHaveAttribute('name', 'start.main-destination');
  else await expect(page).toHaveURL(/#start\.main-destination/);
});

test('every wrong control is described by its problem', async ({ page, form }) => {
  await form.goOnInVain();
  const wrong = page.locator('[aria-invalid=true]');
  expect(await wrong.count()).toBeGreaterThan(4);
  for (const control of await wrong.all()) {
    const ids = await control.evaluate((each) => {
      const fieldset = each.closest('fieldset');
      return `${each.getAttribute('aria-describedby') ?? ''} ${fieldset?.getAttribute('aria-describedby') ?? ''}`;
    });
    const problem = ids.split(/\s+/).find((id) => id.endsWith('-problem'));
    expect(problem).toBeDefined();
    await expect(page.locator(`[id="${problem}"]`)).not.toBeEmpty();
  }
});

test('a right answer takes the problem away', async ({ page, form }) => {
  await form.goOnInVain();
  await form.fill(VISIT.start ?? {});
  await form.goOn();
  expect(form.pageId()).toBe('trip');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('Back never validates and loses nothing', async ({ page, form }) => {
  await form.seed(before('trip'));
  await page.goto(`${form.draftPath()}/trip`);
  await form.isOn('trip');
  await form.answer('trip.detail', 'half a sen');
  await form.controls('trip.arrival-day').fill('99');
  await form.button('back').click();
  await form.isOn('start');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await form.goOn();
  await expect(form.controls('trip.detail')).toHaveValue('half a sen');
  await expect(form.controls('trip.arrival-day')).toHaveValue('99');
});

test('a wrong answer is stored as it was typed', async ({ page, form }) => {
  await form.seed(before('trip'));
  await page.goto(`${form.draftPath()}/trip`);
  await form.isOn('trip');
  await form.controls('trip.arrival-year').fill('twenty');
  await form.goOnInVain();
  await page.goto('/my');
  await page.locator('a[href*="/apply/"]').first().click();
  await form.isOn('trip');
  await expect(form.controls('trip.arrival-year')).toHaveValue('twenty');
});

test('an answer that brings up a question shows it, and one that hides it keeps what was written', async ({ form }) => {
  await form.fill({ ...VISIT.start, 'start.filler': 'other', 'start.filler-name': 'Deniz Kaya' });
  await form.answer('start.filler', 'self');
  if (form.hasJavaScript) await expect(form.controls('start.filler-name')).toHaveCount(0);
  await form.goOn();
  expect(form.pageId()).toBe('trip');

  await form.button('back').click();
  await form.isOn('start');
  await expect(form.controls('start.filler-name')).toHaveCount(0);
  await form.answer('start.filler', 'other');
  if (!form.hasJavaScript) await form.goOnInVain();
  await expect(form.controls('start.filler-name')).toHaveValue('Deniz Kaya');
});

test('rows of a group are added and removed', async ({ page, form }) => {
  await form.seed(before('trip'));
  await page.goto(`${form.draftPath()}/trip`);
  await form.isOn('trip');
  await form.fill({ 'trip.visited': 'yes', 'trip.visits': [{ country: 'SE' }, { country: 'FI' }, { country: 'DK' }] });
  const [, second] = await form.rows('trip.visits');
  await page.locator(`button[value="remove:trip.visits.${second}"]`).click();
  await expect.poll(() => form.rows('trip.visits')).toHaveLength(2);
  const [first, last] = await form.rows('trip.visits');
  await expect(form.controls(`trip.visits.${first}.country`)).toHaveValue('SE');
  await expect(form.controls(`trip.visits.${last}.country`)).toHaveValue('DK');
});
