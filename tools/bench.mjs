// Measures a release build from outside, by the public pages alone, and prints a table:
//   node tools/bench.mjs PATH_OF_LODGE
// It starts the server on a port and in a folder of its own, registers with the mailed code, starts
// a visit visa, and lets wrk ask for pages and save answers. The client runs on the same machine.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { brotliCompressSync } from 'node:zlib';

const run = promisify(execFile);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 10);
const CONNECTIONS = 16;

const binary = process.argv[2];
const folder = mkdtempSync(join(tmpdir(), 'lodge-bench-'));
const url = `http://127.0.0.1:${await freePort()}`;
const server = spawn(binary, ['serve'], {
  env: {
    PATH: process.env.PATH,
    LODGE_MODE: 'demo',
    LODGE_LISTEN: url.slice('http://'.length),
    LODGE_PUBLIC_URL: url,
    LODGE_DATA_DIR: join(folder, 'data'),
    LODGE_DRAFTS_PER_SERVICE: '1000',
    LODGE_DRAFTS_PER_HOUR: '1000',
  },
  stdio: 'ignore',
});

try {
  await ready();
  const idle = memory();
  const person = await register();
  const drafts = [];
  while (drafts.length < 2 * CONNECTIONS) drafts.push(await startDraft(person));
  const [page] = drafts;

  const rows = [
    await measured('front page', `${url}/`),
    await measured('start page of the service', `${url}/services/visit-visa`),
    await measured('page of a draft, logged in', page, { Cookie: person.cookies() }),
    await measured('save of a page, on disk', page, { Cookie: person.cookies() }, saves(drafts)),
    await measured('page with 120 rows', await withManyRows(person, page), { Cookie: person.cookies() }, undefined, 1),
  ];
  const busy = memory();

  console.table(Object.fromEntries(rows.map(({ name, ...figures }) => [name, figures])));
  console.table({
    'memory at rest, MB': { value: idle },
    'memory after the load, MB': { value: busy },
    ...(await weights(person, page)),
  });
} finally {
  server.kill('SIGTERM');
  await once(server, 'exit');
  rmSync(folder, { recursive: true, force: true });
}

// --- The server -----------------------------------------------------------------------------------

async function ready() {
  for (let tries = 0; tries < 300; tries += 1) {
    if (server.exitCode !== null) throw new Error('the server ended at its start');
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(100);
  }
  throw new Error('the server was not ready after 30 seconds');
}

/** Resident memory in MB. */
function memory() {
  const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024);
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  return port;
}

// --- A person -------------------------------------------------------------------------------------

/** A browser of the simplest kind: it keeps cookies and does not follow redirects. */
function browser() {
  const jar = new Map();
  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const ask = async (path, fields) => {
    const answer = await fetch(new URL(path, url), {
      method: fields ? 'POST' : 'GET',
      body: fields && new URLSearchParams(fields),
      headers: { Cookie: cookies(), Origin: url, 'Sec-Fetch-Site': 'same-origin' },
      redirect: 'manual',
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      jar.set(name, value);
    }
    return answer;
  };
  return { ask, cookies };
}

async function register() {
  const person = browser();
  const email = 'bench@example.org';
  await person.ask('/register', { email, password: 'seven grey owls on a wire' });
  const code = await mailed((mail) => /(?<!\d)\d{6}(?!\d)/.exec(mail.text)?.[0]);
  const answer = await person.ask('/register/code', { code });
  if (answer.status !== 303) throw new Error(`registering answered ${answer.status}`);
  return person;
}

async function mailed(find) {
  for (let tries = 0; tries < 50; tries += 1) {
    const mails = await (await fetch(`${url}/demo/outbox.json`)).json();
    const found = mails.map(find).find(Boolean);
    if (found) return found;
    await sleep(100);
  }
  throw new Error('no mail came');
}

/** Starts a draft; answers the address of its first page. */
async function startDraft(person) {
  let answer = await person.ask('/apply/visit-visa', {});
  let place = url;
  while (answer.status === 303) {
    place = new URL(answer.headers.get('location'), url).href;
    answer = await person.ask(place);
  }
  if (!place.endsWith('/start')) throw new Error(`starting a draft led to ${place}`);
  return place;
}

/** Fills in the first page, and 120 earlier visits on the second; answers its address. */
async function withManyRows(person, start) {
  await person.ask(start, {
    'start.main-destination': 'yes',
    'start.embassy': 'swedish',
    'start.work-permit': 'no',
    'start.eu-family': 'no',
    'start.filler': 'self',
    revision: '999999999',
    go: 'continue',
  });
  const ids = Array.from({ length: 120 }, (_, index) => `r${index}`);
  const rows = ids.map((id) => [`trip.visits.${id}.country`, 'FI']);
  const trip = start.replace(/start$/, 'trip');
  await person.ask(trip, { 'trip.visited': 'yes', 'trip.visits': ids.join('\n'), ...Object.fromEntries(rows), go: 'save' });
  const html = await (await person.ask(trip)).text();
  if (!html.includes('trip.visits.r119.country')) throw new Error('the page does not show 120 rows');
  return trip;
}

// --- The load -------------------------------------------------------------------------------------

/** A script for wrk: each save has a text of its own, so that each one writes, and goes to the next draft. */
function saves(drafts) {
  const script = join(folder, 'save.lua');
  writeFileSync(
    script,
    `local n = 0
local drafts = { ${drafts.map((draft) => `"${new URL(draft).pathname}"`).join(', ')} }
request = function()
  n = n + 1
  local body = "start.filler=other&start.filler-name=" .. n .. "&revision=999999999&go=save"
  return wrk.format("POST", drafts[n % #drafts + 1], {
    ["Content-Type"] = "application/x-www-form-urlencoded",
    ["Origin"] = "${url}", ["Sec-Fetch-Site"] = "same-origin", ["Cookie"] = wrk.headers["Cookie"],
  }, body)
end
`,
  );
  return script;
}

async function measured(name, address, headers = {}, script = undefined, connections = CONNECTIONS) {
  const { stdout } = await run('wrk', [
    ...['--threads', String(Math.min(2, connections)), '--connections', String(connections), '--duration', `${SECONDS}s`, '--latency'],
    ...Object.entries(headers).flatMap(([key, value]) => ['--header', `${key}: ${value}`]),
    ...(script ? ['--script', script] : []),
    address,
  ]);
  const find = (pattern) => pattern.exec(stdout)?.[1] ?? '';
  return {
    name,
    'a second': Math.round(Number(find(/Requests\/sec:\s+([\d.]+)/))),
    median: find(/^\s+50%\s+(\S+)/m),
    '99 of 100': find(/^\s+99%\s+(\S+)/m),
    refused: Number(find(/Non-2xx or 3xx responses: (\d+)/) || 0),
  };
}

// --- Weight ---------------------------------------------------------------------------------------

/** Bytes after Brotli of what a browser loads for the first page of a draft. */
async function weights(person, page) {
  const html = Buffer.from(await (await person.ask(page)).arrayBuffer());
  const dist = join(import.meta.dirname, '../dist');
  const packed = (pattern) =>
    readdirSync(dist)
      .filter((name) => pattern.test(name))
      .reduce((sum, name) => sum + readFileSync(join(dist, name)).length, 0);
  const style = packed(/\.css\.br$/);
  const code = packed(/\.(wasm|js)\.br$/);
  const markup = brotliCompressSync(html).length;
  return {
    'HTML of a page, bytes after Brotli': { value: markup },
    'style sheet': { value: style },
    'HTML and style sheet together': { value: markup + style },
    'wasm and JavaScript': { value: code },
  };
}
