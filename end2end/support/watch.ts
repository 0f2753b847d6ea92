import { type BrowserContext, expect } from '@playwright/test';

/** Listens to all that a browser may complain of: the console, errors, strangers, server errors. */
export class Watch {
  private readonly complaints: string[] = [];
  private readonly allowed: RegExp[] = [];
  private asks = false;

  constructor(context: BrowserContext, url: string) {
    context.on('dialog', async (dialog) => {
      if (this.asks) return;
      this.complaints.push(`the browser asks (${dialog.type()}): ${dialog.message()}`);
      await dialog.accept();
    });
    context.on('console', (message) => {
      if (['warning', 'error'].includes(message.type())) {
        this.complaints.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
      }
    });
    context.on('weberror', (error) => this.complaints.push(`uncaught: ${error.error().stack ?? error.error()}`));
    context.on('request', (request) => {
      const isOurs = request.url().startsWith(`${url}/`) || /^(data|blob|about):/.test(request.url());
      if (!isOurs) this.complaints.push(`a request to elsewhere: ${request.url()}`);
    });
    context.on('response', (response) => {
      if (response.status() >= 500) this.complaints.push(`${response.status()} for ${response.url()}`);
    });
  }

  /** Lets complaints pass that the test provokes. */
  allow(pattern: RegExp): void {
    this.allowed.push(pattern);
  }

  /** The test answers what the browser asks, e.g. whether to leave with unsaved text. */
  answersDialogs(): void {
    this.asks = true;
  }

  /** Content-Security-Policy violations are console errors, so they are among these. */
  verdict(): void {
    const left = this.complaints.filter((complaint) => !this.allowed.some((pattern) => pattern.test(complaint)));
    expect(left, 'what the browser complained of').toEqual([]);
  }
}
