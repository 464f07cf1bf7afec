// Which Chromium the tests drive, and how. Plain JavaScript: the test runner needs it before anything is installed.
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Gives a WebGPU adapter (SwiftShader) on a machine that has no GPU, and keeps the browser's own traffic quiet. */
const chromiumFlags = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-unsafe-webgpu',
];

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/**
 * The Chromium to use: CHROMIUM_PATH, or the first one on the PATH.
 *
 * @returns {string | undefined} a path, or undefined when Playwright's own download has to serve
 */
export function chromiumPath() {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen !== undefined && chosen !== '') return chosen;
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => isExecutable(path));
}

/**
 * @returns {{ executablePath?: string, args: string[] }} Playwright's launch options
 */
export function chromiumLaunch() {
  const executablePath = chromiumPath();
  return { ...(executablePath === undefined ? {} : { executablePath }), args: chromiumFlags };
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
