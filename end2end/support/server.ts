import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Network } from './network.js';

export const root = resolve(import.meta.dirname, '../..');
const binary = process.env.LODGE_BINARY ?? join(root, 'target/debug/lodge');

/** Settings by the names of their environment variables. */
export type Settings = Record<string, string>;

/** The real server on a port and in a data folder of its own. */
export class Server {
  private log = '';
  private process: ChildProcess | undefined;

  private constructor(
    private readonly port: number,
    private readonly folder: string,
    readonly network: Network | undefined,
    private settings: Settings,
  ) {}

  /** Starts a server and waits until it is ready; `far` is a network that the browser goes through. */
  static async start(settings: Settings, far = false): Promise<Server> {
    const folder = await mkdtemp(join(tmpdir(), 'lodge-'));
    const port = await freePort();
    const network = far ? await Network.before(port) : undefined;
    const server = new Server(port, folder, network, settings);
    await server.run();
    return server;
  }

  /** Where the browser finds it. */
  get url(): string {
    return this.network?.url ?? this.direct;
  }

  private get direct(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Everything that the server has written to its log. */
  written(): string {
    return this.log;
  }

  /** Kills it at once. */
  async kill(): Promise<void> {
    const child = this.process;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  /** Starts it again on what it had stored, perhaps with other settings. */
  async restart(settings: Settings = {}): Promise<void> {
    await this.kill();
    this.settings = { ...this.settings, ...settings };
    await this.run();
  }

  async stop(): Promise<void> {
    await this.kill();
    await this.network?.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async run(): Promise<void> {
    this.process = spawn(binary, ['serve'], {
      cwd: root,
      env: {
        PATH: process.env.PATH,
        LODGE_MODE: 'demo',
        LODGE_LISTEN: `127.0.0.1:${this.port}`,
        LODGE_PUBLIC_URL: this.url,
        LODGE_DATA_DIR: this.folder,
        ...this.settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const keep = (chunk: Buffer) => (this.log += chunk.toString());
    this.process.stdout?.on('data', keep);
    this.process.stderr?.on('data', keep);
    await this.ready();
  }

  private async ready(): Promise<void> {
    for (let waited = 0; waited < 30_000; waited += 50) {
      if (this.process?.exitCode !== null) throw new Error(`The server ended at its start:\n${this.log}`);
      const answer = await fetch(`${this.direct}/health/ready`).catch(() => undefined);
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
