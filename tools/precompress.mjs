// Makes a Trunk build ready to send: minifies the JavaScript glue and writes FILE.br and FILE.gz
// beside each file, so that the server never compresses a file twice. Trunk runs it before it puts
// the build in place; a debug build is left alone.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { transformSync } from 'esbuild';

const folder = process.env.TRUNK_STAGING_DIR;
if (!folder) throw new Error('TRUNK_STAGING_DIR is not set: Trunk runs this as a hook');

if (process.env.TRUNK_PROFILE === 'release') {
  for (const name of readdirSync(folder).filter(isSent)) {
    if (name.endsWith('.js')) minify(join(folder, name));
    const bytes = readFileSync(join(folder, name));
    writeFileSync(join(folder, `${name}.br`), brotli(bytes));
    writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }));
  }
}

function isSent(name) {
  return /\.(wasm|js|css|svg)$/.test(name);
}

function minify(path) {
  const { code } = transformSync(readFileSync(path, 'utf8'), { format: 'esm', minify: true, target: 'es2022' });
  writeFileSync(path, code);
}

function brotli(bytes) {
  return brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}
