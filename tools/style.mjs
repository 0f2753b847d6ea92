// Bundles style/main.css and what it imports into target/style/main.css, where Trunk picks it up.
// Minifies in release builds only, so that a developer's tools show lines as they were written.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(root, 'target/style/main.css');
const { outputFiles, warnings } = buildSync({
  entryPoints: [join(root, 'style/main.css')],
  bundle: true,
  write: false,
  minify: process.env.TRUNK_PROFILE === 'release',
  target: ['chrome100', 'firefox100', 'safari15'],
});
if (warnings.length > 0) process.exit(1);

// An unchanged file keeps its time: a watching Trunk would otherwise build for ever.
mkdirSync(dirname(target), { recursive: true });
const [{ text }] = outputFiles;
if (read(target) !== text) writeFileSync(target, text);

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
