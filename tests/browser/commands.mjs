// What a test in the browser may ask of Node: the other side of a comparison. Plain JavaScript: Vite's configuration
// imports it.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright';
import { repository } from '../../src/cli/prepare.mjs';
import { chromiumLaunch } from '../chromium.mjs';

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

/**
 * What the command line finds for a spec on the penguins, as JSON.
 *
 * @param {unknown} _
 * @param {string} spec
 */
async function findRateOnNode(_, spec) {
  const folder = mkdtempSync(join(tmpdir(), 'terrarium-browser-'));
  try {
    const path = join(folder, 'spec.yaml');
    writeFileSync(path, spec);
    const data = ['--data', 'public/samples/penguins.csv'];
    return (await tsx('src/cli/main.ts', 'find-rate', path, ...data, '--json')).stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What print-math-bits.ts says in Node. */
async function mathBitsOnNode() {
  const { stdout } = await tsx('tests/browser/print-math-bits.ts');
  return stdout;
}

/** What print-network-bits.ts says in Node. */
async function networkBitsOnNode() {
  const { stdout } = await tsx('tests/browser/print-network-bits.ts');
  return stdout;
}

/** A small network for images, as the base64 of its ONNX file. */
async function extractorOnNode() {
  const { stdout } = await tsx('tests/browser/print-extractor.ts');
  return stdout;
}

/**
 * The text that a module's function gives in a browser of its own, which knows nothing of this one.
 *
 * @param {{ page: import('playwright').Page }} context
 * @param {string} file a module of these tests
 * @param {string} name a function in it without parameters
 */
async function runInFreshBrowser({ page }, file, name) {
  const url = new URL(`/@fs${join(repository, 'tests', 'browser', file)}`, page.url()).href;
  const browser = await chromium.launch(chromiumLaunch());
  try {
    const fresh = await browser.newPage();
    await fresh.goto(new URL('/package.json', url).href);
    return String(
      await fresh.evaluate(`import(${JSON.stringify(url)}).then((one) => one.${name}())`),
    );
  } finally {
    await browser.close();
  }
}

export const commands = {
  runOnNode,
  findRateOnNode,
  mathBitsOnNode,
  networkBitsOnNode,
  extractorOnNode,
  runInFreshBrowser,
};
