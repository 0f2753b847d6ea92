import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = resolve(import.meta.dirname, '../..');
const binary = process.env.LODGE_BINARY ?? join(root, 'target/debug/lodge');

/** Settings by the names of their environment variables. */
export type Settings = Record<string, string>;

/** The real server on a port and in a data folder of its own. */
export class Server {
  private log = '';

  private constructor(
    readonly url: string,
    private readonly process: ChildProcess,
    private readonly folder: string,
  ) {
    const keep = (chunk: Buffer) => (this.log += chunk.toString());
    process.stdout?.on('data', keep);
    process.stderr?.on('data', keep);
  }

  /** Starts a server and waits until it is ready. */
  static async start(settings: Settings): Promise<Server> {
    const folder = await mkdtemp(join(tmpdir(), 'lodge-'));
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const child = spawn(binary, ['serve'], {
      cwd: root,
      env: {
        PATH: process.env.PATH,
        LODGE_MODE: 'demo',
        LODGE_LISTEN: `127.0.0.1:${port}`,
        LODGE_PUBLIC_URL: url,
        LODGE_DATA_DIR: folder,
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const server = new Server(url, child, folder);
    await server.ready();
    return server;
  }

  /** Everything that the server has written to its log. */
  written(): string {
    return this.log;
  }

  async stop(): Promise<void> {
    if (this.process.exitCode === null) {
      this.process.kill('SIGKILL');
      await once(this.process, 'exit');
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  private async ready(): Promise<void> {
    for (let waited = 0; waited < 30_000; waited += 50) {
      if (this.process.exitCode !== null) throw new Error(`The server ended at its start:\n${this.log}`);
      const answer = await fetch(`${this.url}/health/ready`).catch(() => undefined);
      if (answer?.ok) return;
      await sleep(50);
    }
    throw new Error(`The server was not ready after 30 seconds:\n${this.log}`);
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
