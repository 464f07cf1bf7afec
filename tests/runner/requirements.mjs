// What the stages need beside npm's packages: a Chromium, and a Python with the reference libraries.
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execute, repository } from '../../src/cli/prepare.mjs';
import { chromiumPath } from '../chromium.mjs';

/**
 * Finds a Chromium or installs one.
 *
 * @returns {Promise<string | undefined>} a sentence that says why there is none
 */
export async function ensureChromium() {
  if (chromiumPath() !== undefined || (await hasPlaywrightChromium())) return undefined;
  console.log('No Chromium on the PATH: installing one …');
  const playwright = join('node_modules', 'playwright', 'cli.js');
  const downloaded = await execute(process.execPath, [playwright, 'install', 'chromium']);
  if (downloaded === 0 && (await hasPlaywrightChromium())) return undefined;
  await installFromDebian('chromium');
  if (chromiumPath() !== undefined) return undefined;
  return 'No Chromium could be found or installed: set CHROMIUM_PATH to one.';
}

async function hasPlaywrightChromium() {
  const { chromium } = await import('playwright');
  return existsSync(chromium.executablePath());
}

let lastInstall = Promise.resolve();

/**
 * Installs a Debian package where that is possible: as root, with apt-get; one after the other, as that wants it.
 *
 * @param {string} name
 */
function installFromDebian(name) {
  lastInstall = lastInstall.then(async () => {
    if (process.getuid?.() !== 0) return;
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await execute('apt-get', ['update', '-q'], { env });
    await execute('apt-get', ['install', '-y', '-q', name], { env });
  });
  return lastInstall;
}

const venv = join(repository, '.cache', 'interop-venv');
const requirements = join(repository, 'tests', 'interop', 'requirements.txt');

/** The Python of the interop tests. */
export const venvPython =
  process.platform === 'win32' ? join(venv, 'Scripts', 'python.exe') : join(venv, 'bin', 'python');

/** @type {Promise<string | undefined> | undefined} */
let python;

/**
 * Makes the virtual environment of the interop tests when it is missing or its requirements have changed. Called again,
 * it waits for the same.
 *
 * @returns {Promise<string | undefined>} a sentence that says why there is none
 */
export function ensurePython() {
  return (python ??= makePython());
}

async function makePython() {
  const stamp = join(venv, 'requirements.txt');
  const wanted = readFileSync(requirements, 'utf8');
  if (existsSync(venvPython) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
    return undefined;
  }
  console.log('Making the Python environment of the interop tests …');
  const base = process.env.PYTHON ?? 'python3';
  const make = () => execute(base, ['-m', 'venv', '--clear', venv]);
  if ((await make()) !== 0) {
    await installFromDebian('python3-venv');
    if ((await make()) !== 0) return `No virtual environment could be made with ${base}.`;
  }
  const install = ['-m', 'pip', 'install', '--quiet', '--only-binary', ':all:', '-r', requirements];
  if ((await execute(venvPython, install)) !== 0) {
    return 'pip could not install tests/interop/requirements.txt: no package index, or no wheel for this Python.';
  }
  copyFileSync(requirements, stamp);
  return undefined;
}
