// `npm run kernels`: compiles AssemblyScript in src/core/kernels/assembly to WebAssembly, and writes its bytes into
// TypeScript files, so that the same module runs in a tab, a worker and Node without anything to fetch.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { repository } from './prepare.mjs';

const room = join(repository, 'src', 'core', 'kernels');
const sources = join(room, 'assembly');
/** Run as a program: imported, its types would change those of arrays everywhere. */
const compiler = join(repository, 'node_modules', 'assemblyscript', 'bin', 'asc.js');

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
 * @returns {string}
 */
export function compileKernels(name) {
  const folder = join(sources, name);
  const out = mkdtempSync(join(tmpdir(), 'terrarium-kernels-'));
  const options = ['-O3', '--enable', 'simd', '--runtime', 'stub', '--noAssert', '--importMemory'];
  const files = readdirSync(folder).sort();
  try {
    const module = join(out, 'out.wasm');
    const given = [...files, '--baseDir', folder, '--outFile', module, ...options];
    execFileSync(process.execPath, [compiler, ...given], { stdio: 'inherit' });
    return [
      `// Compiled from assembly/${name} by \`npm run kernels\`: do not edit.`,
      `export const ${name}Wasm =`,
      `  '${readFileSync(module).toString('base64')}';`,
      '',
    ].join('\n');
  } finally {
    rmSync(out, { recursive: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const name of kernelModules) writeFileSync(kernelFile(name), compileKernels(name));
}
