import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { register } from '../support/account.js';
import { root } from '../support/server.js';
import { expect, test } from '../support/test.js';
import { before, VISIT } from '../support/visit-visa.js';

test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, 'a plain form is never old');

const DETAIL = 'trip.detail';

/** What the browser's translator does to a page: every text stands in two new elements. */
async function translate(page: Page): Promise<void> {
  await page.evaluate(() => {
    const walker = document.createTreeWalker(document.querySelector('main') ?? document.body, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const isHidden = node.parentElement?.closest('script, style, textarea, option');
      if (!isHidden && node.nodeValue?.trim()) texts.push(node as Text);
    }
    for (const text of texts) {
      const outer = document.createElement('font');
      const inner = document.createElement('font');
      inner.textContent = `[${text.nodeValue}]`;
      outer.append(inner);
      text.replaceWith(outer);
    }
    document.documentElement.classList.add('translated-ltr');
  });
}

/** What some extensions do: elements of their own in every form, attributes on every control. */
async function extend(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const control of document.querySelectorAll('input, textarea, select')) {
      control.setAttribute('data-extension', 'yes');
      control.after(Object.assign(document.createElement('span'), { textContent: '✎' }));
    }
    document.querySelector('#questions')?.prepend(Object.assign(document.createElement('div'), { textContent: 'Fill in for me' }));
    document.body.append(Object.assign(document.createElement('aside'), { textContent: 'Save money today' }));
  });
}

for (const [who, change] of [
  ['the browser’s translator', translate],
  ['an extension', extend],
] as const) {
  for (const when of ['before', 'after'] as const) {
    test(`on a page that ${who} has changed ${when} the WebAssembly came, nothing is lost`, async ({ page, mails, form }) => {
      await register(page, mails);
      await form.start(before('trip'), 'trip');
      let letIn = () => {};
      const gate = new Promise<void>((open) => (letIn = open));
      await page.route('**/*.wasm', async (route) => {
        await gate;
        await route.continue();
      });
      await page.reload({ waitUntil: 'commit' });
      await form.controls(DETAIL).fill('typed early');
      if (when === 'before') await change(page);
      letIn();
      await form.isAwake();
      if (when === 'after') await change(page);
      await form.controls(DETAIL).pressSequentially(' and late');
      await form.fill({ 'trip.visited': 'yes' });
      await form.addRow('trip.visits');
      await expect(page.locator('#saved')).toContainText(/Saved|\[/);
      await form.button('back').click();
      await form.isOn('start');
      await form.goOn();
      await expect(form.controls(DETAIL)).toHaveValue('typed early and late');
      await page.unroute('**/*.wasm');
      await page.reload();
      await expect(form.controls(DETAIL)).toHaveValue('typed early and late');
    });
  }
}

/** Another build of the browser’s part: the same code under other names. */
async function newBuild(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lodge-dist-'));
  await cp(join(root, 'dist'), folder, { recursive: true });
  const renamed = (name: string) => name.replace(/^(frontend|main)-[0-9a-f]{4}/, '$1-0000');
  for (const name of await readdir(folder)) await rename(join(folder, name), join(folder, renamed(name)));
  const index = join(folder, 'index.html');
  const text = await readFile(index, 'utf8');
  await writeFile(index, text.replace(/(frontend|main)-[0-9a-f]{4}/g, '$1-0000'));
  return folder;
}

test('a tab that is older than the server goes on, and takes the new version with the next page', async ({
  page,
  mails,
  form,
  server,
  watch,
}) => {
  // The connection that the browser had kept open is gone.
  watch.allow(/ERR_/);
  await register(page, mails);
  await form.start(before('trip'), 'trip');
  await form.controls(DETAIL).fill('typed in the old version');
  const folder = await newBuild();
  await server.restart({ LODGE_ASSETS_DIR: folder });
  await form.fill(VISIT.trip ?? {});
  await form.controls(DETAIL).fill('still in the old version');
  await expect(page.locator('#saved')).toContainText('Saved', { timeout: 20_000 });
  const loaded = page.waitForResponse((answer) => /frontend-0000.*\.wasm$/.test(answer.url()));
  await form.button('continue').click();
  await loaded;
  await form.isOn('you');
  await page.goto(`${form.draftPath()}/trip`);
  await expect(form.controls(DETAIL)).toHaveValue('still in the old version');
  await rm(folder, { recursive: true });
});

test('a tab that the server does not understand any more saves as a plain form, and is loaded anew', async ({
  page,
  mails,
  form,
  watch,
}) => {
  watch.allow(/Failed to load resource/);
  await register(page, mails);
  await form.start(before('trip'), 'trip');
  await page.route('**/api/ui/draft-save', (route) => route.fulfill({ status: 400, body: 'missing field' }));
  const loaded = page.waitForEvent('load', { timeout: 30_000 });
  await form.controls(DETAIL).fill('in words that have changed');
  await loaded;
  await form.isAwake();
  await expect(form.controls(DETAIL)).toHaveValue('in words that have changed');
});

test('a page whose program cannot be had any more works as a plain form', async ({ page, mails, form, watch }) => {
  watch.allow(/Failed to load resource|failed to fetch Wasm/);
  await register(page, mails);
  await form.start();
  await page.route('**/*.wasm', (route) => route.fulfill({ status: 404, body: '' }));
  await page.reload();
  await form.fill({ 'start.embassy': 'swedish', 'start.filler': 'other' });
  await form.button('continue').click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.locator('[name="start.embassy"][value=swedish]')).toBeChecked();
});
