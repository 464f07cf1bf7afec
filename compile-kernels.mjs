// `npm run kernels`: compiles AssemblyScript in src/core/kernels/assembly to WebAssembly, and writes its bytes into
// TypeScript files, so that the same module runs in a tab, a worker and Node without anything to fetch.
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const room = fileURLToPath(new URL('src/core/kernels', import.meta.url));
const sources = join(room, 'assembly');

/** Each folder of sources is one module. */
export const kernelModules = readdirSync(sources);

/** @param {string} name */
export function kernelFile(name) {
  return join(room, `${name}-wasm.ts`);
}

/**
 * The TypeScript file that carries a module: SIMD but no relaxed SIMD, no runtime, memory from outside.
 *
 * @param {string} name the folder of its sources
 * @returns {Promise<string>}
 */
export async function compileKernels(name) {
  const folder = join(sources, name);
  const options = ['-O3', '--enable', 'simd', '--runtime', 'stub', '--noAssert', '--importMemory'];
  const files = readdirSync(folder).sort();
  /** @type {Uint8Array | undefined} */
  let bytes;
  let complaints = '';
  const { error } = await asc.main(
    [...files, '--baseDir', folder, '--outFile', 'out.wasm', ...options],
    {
      writeFile(file, contents) {
        if (file === 'out.wasm' && typeof contents !== 'string') bytes = contents;
      },
      stderr: {
        write(text) {
          complaints += String(text);
        },
      },
    },
  );
  if (error !== null || bytes === undefined) throw new Error(complaints);
  return [
    `// Compiled from assembly/${name} by \`npm run kernels\`: do not edit.`,
    `export const ${name}Wasm =`,
    `  '${Buffer.from(bytes).toString('base64')}';`,
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const name of kernelModules) writeFileSync(kernelFile(name), await compileKernels(name));
}
