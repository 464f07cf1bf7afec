// Part of `npm run kernels`: writes the image decoders' WebAssembly, as their packages ship it, into TypeScript files, so
// that the same bytes decode in a tab, a worker and on Node with nothing to fetch.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { repository } from './prepare.mjs';

/** The name of what the file exports, and the package that it comes from. */
const decoders = {
  'jpeg-turbo': { name: 'jpegTurboWasm', module: '@cwasm/jpeg-turbo/jpeg-turbo.wasm' },
  webp: { name: 'webpWasm', module: '@cwasm/webp/webp.wasm' },
};

/** @returns {{ file: string, source: string }[]} the files and what belongs in them */
export function carriedDecoders() {
  return Object.entries(decoders).map(([decoder, { name, module }]) => {
    const bytes = readFileSync(join(repository, 'node_modules', module));
    return {
      file: join(repository, 'src', 'core', 'images', `${decoder}-wasm.ts`),
      source: [
        `// The bytes of ${module}, written here by \`npm run kernels\`: do not edit.`,
        `export const ${name} =`,
        `  '${bytes.toString('base64')}';`,
        '',
      ].join('\n'),
    };
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { file, source } of carriedDecoders()) writeFileSync(file, source);
}
