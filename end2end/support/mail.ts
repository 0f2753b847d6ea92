import { setTimeout as sleep } from 'node:timers/promises';

/** A message as the demo's outbox tells it. */
export type Mail = {
  id: string;
  channel: string;
  to: string;
  template: string;
  subject: string;
  text: string;
  html: string;
  created: string;
  state: string;
};

/** Reads what the server has sent. */
export class Mailbox {
  constructor(readonly url: string) {}

  /** Newest first. */
  async all(): Promise<Mail[]> {
    const answer = await fetch(`${this.url}/demo/outbox.json`);
    return (await answer.json()) as Mail[];
  }

  /** The newest mail to `to` that `matches`; waits for it up to five seconds. */
  async newest(to: string, matches: (mail: Mail) => boolean = () => true): Promise<Mail> {
    for (let waited = 0; waited < 5_000; waited += 100) {
      const found = (await this.all()).find((mail) => mail.to.includes(to) && matches(mail));
      if (found) return found;
      await sleep(100);
    }
    const subjects = (await this.all()).map((mail) => `${mail.to}: ${mail.subject}`);
    throw new Error(`No such mail to ${to}. There are: ${subjects.join(' · ') || 'none'}`);
  }

  /** Whom the newest mail was for. */
  async newestRecipient(): Promise<string> {
    return (await this.newest('')).to;
  }

  /** The code of six digits in the newest mail that holds one. */
  async code(to: string): Promise<string> {
    const mail = await this.newest(to, ({ text }) => codeIn(text) !== undefined);
    return codeIn(mail.text) ?? '';
  }

  /** The link whose path begins with `path` in the newest mail that holds one. */
  async link(to: string, path: string): Promise<string> {
    const mail = await this.newest(to, ({ text }) => linkIn(text, path) !== undefined);
    return linkIn(mail.text, path) ?? '';
  }
}

function codeIn(text: string): string | undefined {
  return /(?<!\d)\d{6}(?!\d)/.exec(text)?.[0];
}

function linkIn(text: string, path: string): string | undefined {
  return text.match(/https?:\/\/\S+/g)?.find((link) => new URL(link).pathname.includes(path));
}
