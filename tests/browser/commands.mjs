// What a test in the browser may ask of Node: the other side of a comparison. Plain JavaScript: Vite's configuration
// imports it.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repository } from '../../src/cli/prepare.mjs';

const run = promisify(execFile);

/** @param {readonly string[]} args a TypeScript file, and its arguments */
const tsx = (...args) =>
  run(process.execPath, [join('node_modules', 'tsx', 'dist', 'cli.mjs'), ...args], {
    cwd: repository,
  });

/**
 * Runs the command line and gives the text of the run.json that it wrote.
 *
 * @param {unknown} _
 * @param {...string} words
 */
async function runOnNode(_, ...words) {
  const out = mkdtempSync(join(tmpdir(), 'terrarium-browser-'));
  try {
    await tsx('src/cli/main.ts', 'run', ...words, '--out', out);
    return readFileSync(join(out, 'run.json'), 'utf8');
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** What print-math-bits.ts says in Node. */
async function mathBitsOnNode() {
  const { stdout } = await tsx('tests/browser/print-math-bits.ts');
  return stdout;
}

export const commands = { runOnNode, mathBitsOnNode };
