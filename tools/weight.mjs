// Prints what the browser side weighs after Brotli, and fails when wasm and JavaScript together
// weigh more than LIMIT bytes (its argument), or when no island is linked.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = join(dirname(fileURLToPath(import.meta.url)), '../dist');
const limit = Number(process.argv[2]);
const files = readdirSync(dist);

const packed = files
  .filter((name) => name.endsWith('.br'))
  .map((name) => ({ name: name.slice(0, -3), size: readFileSync(join(dist, name)).length }));
for (const { name, size } of packed) console.log(`${String(size).padStart(8)} B  ${name}`);

const scripts = packed.filter(({ name }) => /\.(wasm|js)$/.test(name));
const total = scripts.reduce((sum, { size }) => sum + size, 0);
console.log(`${String(total).padStart(8)} B  wasm and JavaScript together, of ${limit}`);

const glue = files.filter((name) => name.endsWith('.js')).map((name) => readFileSync(join(dist, name), 'utf8'));
if (!glue.some((text) => /\b(function|as) wizard\b/.test(text))) {
  console.error('No island is linked: the glue exports no `wizard`.');
  process.exit(1);
}
if (scripts.length === 0 || total > limit) {
  console.error(`Too heavy, or nothing there: ${total} bytes.`);
  process.exit(1);
}
