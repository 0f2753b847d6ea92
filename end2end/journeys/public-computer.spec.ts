import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { logOut, register } from '../support/account.js';
import { Form } from '../support/form.js';
import { expect, test } from '../support/test.js';
import { before, VISIT } from '../support/visit-visa.js';

const SECRET = 'Kingfisher-Wallpaper-77';

test('after log-out, Back and Forward show nothing personal of any page', async ({ page, mails, form }) => {
  const email = await register(page, mails);
  await form.start();
  await form.fill({ 'start.filler': 'other', 'start.filler-name': SECRET });
  const draft = page.url();
  await page.goto('/my');
  await expect(page.locator('main')).toContainText('Visit');
  await logOut(page);
  for (const step of ['goBack', 'goBack', 'goBack', 'goForward', 'goForward'] as const) {
    await page[step]({ waitUntil: 'commit' });
    await expect(page.locator('body')).not.toContainText(SECRET);
    await expect(page.locator('body')).not.toContainText(email);
    await expect(page.locator('a[href^="/apply/"]')).toHaveCount(0);
    await expect(page.locator('[name="start.filler-name"]')).toHaveCount(0);
  }
  await page.goto(draft);
  await expect(page).toHaveURL(/\/login\?/);
});

test('the tab of a page that stayed open shows it no longer once somebody has logged out elsewhere', async ({
  page,
  context,
  mails,
  form,
  javaScriptEnabled,
}) => {
  test.skip(javaScriptEnabled === false, 'a plain page cannot know');
  await register(page, mails);
  await form.start({ start: { 'start.filler': 'other', 'start.filler-name': SECRET } });
  await form.hasAsked();
  const other = await context.newPage();
  await other.goto('/my');
  await logOut(other);
  await page.bringToFront();
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await expect(page).toHaveURL(/\/login\?/);
  await page.goBack({ waitUntil: 'commit' });
  await expect(page.locator('[name="start.filler-name"]')).toHaveCount(0);
});

test('a page is blank in the memory of the browser, and is asked for anew when it is shown again', async ({
  page,
  context,
  mails,
  form,
  javaScriptEnabled,
}) => {
  test.skip(javaScriptEnabled === false, 'nothing but a script hears of it');
  await register(page, mails);
  await form.start({ start: { 'start.filler': 'other', 'start.filler-name': SECRET } });
  const says = (type: string) =>
    page.evaluate((type) => void setTimeout(() => dispatchEvent(new PageTransitionEvent(type, { persisted: true }))), type);
  await says('pagehide');
  await expect(page.locator('[name="start.filler-name"]')).toBeHidden();
  await context.clearCookies();
  await says('pageshow');
  await expect(page).toHaveURL(/\/login\?/);
});

test('a shared computer keeps nothing of the answers on its disk', async ({ server, mails, javaScriptEnabled }, info) => {
  const profile = await mkdtemp(join(tmpdir(), 'lodge-profile-'));
  const { launchOptions } = info.project.use;
  const context = await chromium.launchPersistentContext(profile, {
    ...launchOptions,
    headless: true,
    baseURL: server.url,
    javaScriptEnabled: javaScriptEnabled !== false,
  });
  const page = await context.newPage();
  const form = new Form(page, javaScriptEnabled !== false);
  await register(page, mails, '', true);
  await form.start(before('trip'), 'trip');
  await form.fill({ ...VISIT.trip, 'trip.detail': SECRET });
  await form.goOn();
  // A field whose meaning browsers know, and which they like to remember.
  await form.fill({ ...VISIT.you, 'you.surname': SECRET });
  await form.goOn();
  if (javaScriptEnabled !== false) await expect(page.locator('#saved')).toContainText('Saved');
  await page.goto('/my');
  await page.goBack({ waitUntil: 'commit' });
  await page.goto('/my');
  await logOut(page);
  const stored = await context.storageState({ indexedDB: true });
  expect(JSON.stringify(stored)).not.toContain(SECRET);
  expect(stored.origins).toEqual([]);
  // Long enough for the browser to write what it means to remember.
  await page.waitForTimeout(3_000);
  await context.close();
  const found = await filesWith(profile, SECRET);
  await rm(profile, { recursive: true, force: true });
  expect(found).toEqual([]);
});

/** The files below `folder` that hold `text`, in one byte a letter or in two. */
async function filesWith(folder: string, text: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of await readdir(folder, { recursive: true })) {
    const path = join(folder, name);
    if (!(await stat(path).catch(() => undefined))?.isFile()) continue;
    const content = await readFile(path);
    if (content.includes(text) || content.includes(Buffer.from(text, 'utf16le'))) found.push(name);
  }
  return found;
}
