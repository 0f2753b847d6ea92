import { expect, type Page } from '@playwright/test';

/** What to answer to a question: a text, a date, several choices, or the rows of a group. */
export type Answer = string | Date | string[] | Row[];
export type Row = Record<string, string | Date | string[]>;
/** Answers by question, in the order in which they are filled in. */
export type Answers = Record<string, Answer>;

/** A form of many pages, as a person fills it in. */
export class Form {
  constructor(
    private readonly page: Page,
    readonly hasJavaScript: boolean,
  ) {}

  /** Starts a draft of the service by its pages, and ends on the first one of the form. */
  async startByPages(service: string, prefix = ''): Promise<void> {
    await this.page.goto(`${prefix}/services/${service}`);
    await this.page.locator(`form[action$="/apply/${service}"] button`).first().click();
    await this.isOn('start');
  }

  /**
   * Starts a visit visa without showing the pages before it, which journeys of their own look at,
   * and opens its page `id`. `filled` is what is answered already.
   */
  async start(filled: Record<string, Answers> = {}, id = 'start'): Promise<void> {
    const started = await this.request('/apply/visit-visa');
    const draft = started.headers().location?.split('/')[2] ?? '';
    if (Object.keys(filled).length > 0) await this.seed(filled, draft);
    await this.page.goto(`/apply/${draft}/${id}`);
    if (id !== 'review') await this.isOn(id);
  }

  /** Stores answers as the wizard does, past the page that is open. */
  async seed(pages: Record<string, Answers>, draft = this.draftPath().split('/').at(-1)): Promise<void> {
    const fields = Object.fromEntries(Object.values(pages).flatMap((answers) => fieldsOf(answers)));
    const [page] = Object.keys(pages).slice(-1);
    const changes = { base: 0, fields };
    const save = { draft, page, changes, tried: [], ticket: '', renews: false };
    expect(await (await this.request('/api/ui/draft-save', { save })).text()).toContain('Saved');
  }

  private async request(path: string, data?: object) {
    const headers = { 'Sec-Fetch-Site': 'same-origin' };
    return this.page.request.post(path, { headers, maxRedirects: 0, ...(data && { data }) });
  }

  /** Waits for the page `id`, and for the browser's part to have taken over where there is one. */
  async isOn(id: string): Promise<void> {
    // The log-in has the page's path in its query.
    await expect(this.page).toHaveURL(new RegExp(`^[^?]*/apply/[^/]+/${id}([?#].*)?$`));
    await this.isAwake();
  }

  async isAwake(): Promise<void> {
    if (this.hasJavaScript) await expect(this.page.locator('form[data-live]').first()).toBeAttached({ timeout: 20_000 });
  }

  /** Waits until the page that is open has asked, as each does, what was stored since it was made. */
  async hasAsked(): Promise<void> {
    const answers = () =>
      this.page.evaluate(() => performance.getEntriesByName(`${location.origin}/api/ui/draft-save`).length);
    if (this.hasJavaScript) await expect.poll(answers).toBeGreaterThan(0);
  }

  /** The id of the page that is open. */
  pageId(): string {
    return new URL(this.page.url()).pathname.split('/').at(-1) ?? '';
  }

  /** The path of the draft, without its page. */
  draftPath(): string {
    return new URL(this.page.url()).pathname.split('/').slice(0, -1).join('/');
  }

  /** The form's own button. */
  button(go: 'continue' | 'back' | 'leave') {
    return this.page.locator(`.wizard__buttons button[name=go][value=${go}]`);
  }

  /** Presses Save and continue and waits for another page. */
  async goOn(): Promise<void> {
    const before = this.pageId();
    await this.button('continue').click();
    await expect(this.page).not.toHaveURL(new RegExp(`^[^?]*/${before}([?#].*)?$`));
    if (this.pageId() !== 'review') await this.isAwake();
  }

  /**
   * Presses Save and continue on a page that is not right yet, or that has more to ask once the
   * answers are known.
   */
  async goOnInVain(): Promise<void> {
    const before = this.pageId();
    // The page before may have an alert too, and may still be moving to it: a pointer would press
    // beside the button.
    const loaded = this.hasJavaScript ? undefined : this.page.waitForEvent('load');
    await this.button('continue').press('Enter');
    await loaded;
    await expect(this.page.getByRole('alert').or(this.page.locator('#more .notice')).first()).toBeVisible();
    expect(this.pageId()).toBe(before);
  }

  /**
   * Fills in the answers that this page asks for. A question that another answer brings up shows
   * at once with JavaScript; without, only after a save: hence the second and third round.
   */
  async fill(answers: Answers): Promise<void> {
    const done = new Set<string>();
    for (let round = 0; round < 3; round += 1) {
      for (const [field, answer] of Object.entries(answers)) {
        if (!done.has(field) && (await this.isAsked(field, answer))) {
          await this.answer(field, answer);
          done.add(field);
        }
      }
      if (done.size === Object.keys(answers).length) return;
      if (!this.hasJavaScript) await this.goOnInVain();
    }
    const left = Object.keys(answers).filter((field) => !done.has(field));
    throw new Error(`The page ${this.pageId()} does not ask for ${left.join(', ')}`);
  }

  /** Fills in one page after the other until review. */
  async fillAll(pages: Record<string, Answers>): Promise<void> {
    for (let count = 0; this.pageId() !== 'review' && count < 30; count += 1) {
      await this.fill(pages[this.pageId()] ?? {});
      await this.goOn();
    }
    expect(this.pageId()).toBe('review');
  }

  /** The controls of a question that a person sees. */
  controls(field: string) {
    return this.page.locator(`[name="${field}"]:not([type=hidden])`);
  }

  /** Whether a control of the question is on the page. */
  private async isAsked(field: string, answer: Answer): Promise<boolean> {
    if (answer instanceof Date) return (await this.controls(`${field}-day`).count()) > 0;
    if (isRows(answer)) return (await this.page.locator(`button[value="add:${field}"]`).count()) > 0;
    return (await this.controls(field).count()) > 0;
  }

  async answer(field: string, answer: Answer): Promise<void> {
    if (isRows(answer)) return this.fillRows(field, answer);
    if (answer instanceof Date) {
      await this.controls(`${field}-day`).fill(String(answer.getUTCDate()));
      await this.controls(`${field}-month`).fill(String(answer.getUTCMonth() + 1));
      await this.controls(`${field}-year`).fill(String(answer.getUTCFullYear()));
      return;
    }
    const control = this.controls(field).first();
    const [tag, type] = await control.evaluate((each) => [each.tagName, each.getAttribute('type')]);
    if (tag === 'SELECT') await control.selectOption(String(answer));
    else if (type === 'radio' || type === 'checkbox') {
      for (const choice of [answer].flat()) {
        await this.page.locator(`input[name="${field}"][value="${choice}"]`).check();
      }
    } else await control.fill(String(answer));
  }

  /** The names that rows of a group have, in the order in which they stand. */
  async rows(group: string): Promise<string[]> {
    const names = await this.page
      .locator(`[name^="${group}."]`)
      .evaluateAll((all) => all.map((each) => each.getAttribute('name') ?? ''));
    return [...new Set(names.map((name) => name.slice(group.length + 1).split('.')[0] ?? ''))];
  }

  async addRow(group: string): Promise<void> {
    const before = (await this.rows(group)).length;
    // By the keyboard: a page with problems moves to its summary while it is being shown, and a
    // pointer would then press beside the button.
    await this.page.locator(`button[value="add:${group}"]`).press('Enter');
    await expect.poll(async () => (await this.rows(group)).length).toBe(before + 1);
    await this.isAwake();
  }

  private async fillRows(group: string, rows: Row[]): Promise<void> {
    while ((await this.rows(group)).length < rows.length) await this.addRow(group);
    const ids = await this.rows(group);
    for (const [index, row] of rows.entries()) {
      for (const [question, answer] of Object.entries(row)) {
        await this.answer(`${group}.${ids[index]}.${question}`, answer);
      }
    }
  }
}

function isRows(answer: Answer): answer is Row[] {
  return Array.isArray(answer) && typeof answer[0] === 'object';
}

/** The names and texts of the controls. */
function fieldsOf(answers: Answers, prefix = ''): [string, string][] {
  return Object.entries(answers).flatMap(([question, answer]): [string, string][] => {
    const name = prefix + question;
    if (answer instanceof Date) {
      const parts = { day: answer.getUTCDate(), month: answer.getUTCMonth() + 1, year: answer.getUTCFullYear() };
      return Object.entries(parts).map(([part, number]) => [`${name}-${part}`, String(number)]);
    }
    if (!isRows(answer)) return [[name, [answer].flat().join('\n')]];
    const rows = answer.map((row, index): [string, Row] => [`seeded${index}`, row]);
    const inRows = rows.flatMap(([id, row]) => fieldsOf(row, `${name}.${id}.`));
    return [[name, rows.map(([id]) => id).join('\n')], ...inRows];
  });
}
