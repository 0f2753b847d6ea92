import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { register } from '../support/account.js';
import { expect, test } from '../support/test.js';
import { VISIT } from '../support/visit-visa.js';

/** The text of each page of a PDF. */
function pagesOf(pdf: Buffer, path: string): string[] {
  writeFileSync(path, pdf);
  const text = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
  return text.split('\f').slice(0, -1);
}

test('the application prints on A4 with nothing lost', async ({ page, mails, form }, info) => {
  test.slow();
  await register(page, mails);
  await form.start(VISIT, 'review');
  await page.locator('a[href$="/print"]').click();
  await expect(page).toHaveURL(/^[^?]*\/print$/);

  const pdf = await page.pdf({ format: 'A4', printBackground: true });
  const pages = pagesOf(pdf, info.outputPath('application.pdf'));
  expect(pages.length).toBeGreaterThan(1);
  expect(pages.length).toBeLessThan(8);
  for (const [index, text] of pages.entries()) {
    expect(text, `page ${index + 1}`).toMatch(new RegExp(`\\b${index + 1}\\b.*\\b${pages.length}\\b`));
    expect(text, `page ${index + 1}`).toMatch(/not submitted/i);
    expect(text, `page ${index + 1}`).toMatch(/visit visa/i);
  }
  const all = pages.join('\n').replace(/\s+/g, ' ');
  for (const answer of ['Yıldız-Åkesson', 'U1234567', '“Gamla stan”, Öland & <more>', 'Deniz Sigorta', 'Zeynep', 'Türkiye']) {
    expect(all).toContain(answer);
  }
  expect(all).not.toMatch(/Log out/);
});

test('after submission the print says when it was submitted and bears the number', async ({ page, mails, form }, info) => {
  test.slow();
  await register(page, mails);
  await form.start(VISIT, 'review');
  await page.locator('button[name=go][value=submit]').click();
  const number = (await page.locator('#verification-number').innerText()).trim();
  await page.goto(`${form.draftPath()}/print`);
  const pages = pagesOf(await page.pdf({ format: 'A4' }), info.outputPath('submitted.pdf'));
  for (const text of pages) {
    expect(text).toContain(number);
    expect(text).not.toMatch(/not submitted/i);
  }
});
