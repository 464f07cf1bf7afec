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

/** Each folder of sources is one module, but for what several import. */
export const kernelModules = readdirSync(sources).filter((name) => name !== 'shared');

/** @param {string} name */
export function kernelFile(name) {
  return join(room, `${name}-wasm.ts`);
}

/** SIMD but no relaxed SIMD, no runtime, memory from outside, whose most pages are said since shared memory needs that. */
const usual = [
  ...['-O3', '--enable', 'simd', '--runtime', 'stub', '--noAssert'],
  ...['--importMemory', '--maximumMemory', '65536'],
  // Pairs of numbers are handed on between files, not to JavaScript, which is what it warns of.
  ...['--disableWarning', '112'],
];
/** For kernels in a memory that several threads share. */
export const forThreads = ['--sharedMemory', '--enable', 'threads'];

/**
 * The TypeScript file that carries a module.
 *
 * @param {string} name the folder of its sources
 * @returns {string}
 */
export function kernelSource(name) {
  return [
    `// Compiled from assembly/${name} by \`npm run kernels\`: do not edit.`,
    `export const ${name}Wasm =`,
    `  '${compileKernels(name).toString('base64')}';`,
    '',
  ].join('\n');
}

/**
 * @param {string} name the folder of its sources
 * @param {readonly string[]} [more] further options of the compiler
 * @returns {Buffer} a WebAssembly module
 */
export function compileKernels(name, more = []) {
  const folder = join(sources, name);
  const out = mkdtempSync(join(tmpdir(), 'terrarium-kernels-'));
  const files = readdirSync(folder).sort();
  try {
    const module = join(out, 'out.wasm');
    const given = [...files, '--baseDir', folder, '--outFile', module, ...usual, ...more];
    execFileSync(process.execPath, [compiler, ...given], { stdio: 'inherit' });
    return readFileSync(module);
  } finally {
    rmSync(out, { recursive: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const name of kernelModules) writeFileSync(kernelFile(name), kernelSource(name));
}
