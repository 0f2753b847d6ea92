import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** WCAG 2.2 at AA, and axe's own good practice. */
export async function expectAccessible(page: Page): Promise<void> {
  await expectNone(page, new AxeBuilder({ page }).withTags(STANDARDS));
}

/** The dark scheme differs in its colours alone. */
export async function expectAccessibleInTheDark(page: Page): Promise<void> {
  // Without motion: a colour on its way from one scheme to the other is none of either.
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await expectNone(page, new AxeBuilder({ page }).withRules(['color-contrast']));
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}

async function expectNone(page: Page, axe: AxeBuilder): Promise<void> {
  // axe looks at each of 250 countries in every list for a second. One is like the other.
  await page.evaluate(() => {
    for (const list of document.querySelectorAll('select')) {
      for (const option of [...list.options].slice(5)) if (!option.selected) option.remove();
    }
  });
  // Without a blank page of its own for the result, which is for frames from elsewhere.
  const { violations } = await axe.setLegacyMode().analyze();
  const told = violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.map((node) => node.target.join(' ')) }));
  expect(told, page.url()).toEqual([]);
}
