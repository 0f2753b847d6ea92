import { test as base } from '@playwright/test';
import { Form } from './form.js';
import { Mailbox } from './mail.js';
import { Server, type Settings } from './server.js';
import { Watch } from './watch.js';

type Fixtures = {
  /** Settings of the server, beside those that every test has: `test.use({ settings: … })`. */
  settings: Settings;
  /** Whether the browser goes through a network that the test can spoil. */
  far: boolean;
  server: Server;
  mails: Mailbox;
  form: Form;
  /** Fails the test when the browser complains of anything. */
  watch: Watch;
};

/** Each test has a server, and so a database, of its own. */
export const test = base.extend<Fixtures>({
  settings: [{}, { option: true }],

  far: [false, { option: true }],

  server: async ({ settings, far }, use, info) => {
    const server = await Server.start(settings, far);
    await use(server);
    await server.stop();
    if (info.status !== info.expectedStatus) await info.attach('server.log', { body: server.written() });
  },

  baseURL: async ({ server }, use) => use(server.url),

  mails: async ({ server }, use) => use(new Mailbox(server.url)),

  form: async ({ page, javaScriptEnabled }, use) => use(new Form(page, javaScriptEnabled !== false)),

  watch: [
    async ({ context, server }, use) => {
      const watch = new Watch(context, server.url);
      await use(watch);
      watch.verdict();
    },
    { auto: true },
  ],
});

export { expect } from '@playwright/test';
