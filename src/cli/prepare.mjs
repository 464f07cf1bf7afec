// What `npm start` and `npm test` do first: install what is missing, build what is old.
// Plain JavaScript on Node alone, because it runs before anything is installed.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './lock.mjs';

/** The repository's folder. */
export const repository = fileURLToPath(new URL('../..', import.meta.url));

const sources = ['src', 'workers', 'public', 'static', 'vite.config.ts', 'package-lock.json'];

/**
 * Runs a program in the repository and shows its output.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, limitS?: number }} [options] after `limitS` seconds it is ended, with all that it
 *   started
 * @returns {Promise<number>} its exit code: 127 when it cannot be started, 124 when it took too long
 */
export function execute(command, args, { env = {}, limitS } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: repository,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32' && command === 'npm',
      detached: process.platform !== 'win32', // a group of its own, so that it can be ended whole
    });
    let tookTooLong = false;
    const end = () => endGroup(child.pid);
    const interrupt = () => process.exit(130);
    const timer =
      limitS === undefined
        ? undefined
        : setTimeout(() => {
            tookTooLong = true;
            end();
          }, limitS * 1000);
    // At its end, and not at the interrupt: several may run.
    process.once('SIGINT', interrupt).once('SIGTERM', interrupt).once('exit', end);
    const settle = (/** @type {number} */ code) => {
      clearTimeout(timer);
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt).off('exit', end);
      resolve(tookTooLong ? 124 : code);
    };
    child.once('error', () => settle(127));
    child.once('close', (code) => settle(code ?? 1));
  });
}

/** @param {number | undefined} pid */
function endGroup(pid) {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/**
 * Whether node_modules holds what package-lock.json asks for, by content: dates change with every checkout.
 *
 * @param {string} [folder]
 */
export function isInstalled(folder = repository) {
  const wanted = packagesOf(join(folder, 'package-lock.json'));
  const present = packagesOf(join(folder, 'node_modules', '.package-lock.json'));
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || optional === true || present[path]?.version === version,
  );
}

/**
 * @typedef {{ packages: Record<string, { version?: string, optional?: boolean }> }} LockFile
 *
 * @param {string} path
 */
function packagesOf(path) {
  if (!existsSync(path)) return {};
  const lock = /** @type {LockFile} */ (JSON.parse(readFileSync(path, 'utf8')));
  return lock.packages;
}

/** Runs `npm ci` when it is needed. Throws an Error with a sentence when that fails. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  console.log('Installing packages (npm ci) …');
  const code = await execute('npm', ['ci', '--no-audit', '--no-fund', '--loglevel', 'error']);
  if (code !== 0) throw new Error(`npm ci failed with exit code ${code}: its message is above.`);
}

/**
 * Whether dist is newer than every source file.
 *
 * @param {string} [folder]
 */
export function isBuilt(folder = repository) {
  const manifest = join(folder, 'dist', '.vite', 'manifest.json');
  if (!existsSync(manifest)) return false;
  const builtMs = statSync(manifest).mtimeMs;
  return sources.every((path) => newestMs(join(folder, path)) <= builtMs);
}

/**
 * @param {string} path a file or a folder
 * @returns {number} the latest modification under it, in ms since 1970; 0 when there is no such path
 */
function newestMs(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  const inside = readdirSync(path).map((name) => newestMs(join(path, name)));
  return Math.max(stats.mtimeMs, ...inside);
}

/** Builds the page when it is needed. Throws an Error with a sentence when that fails. */
export async function ensureBuilt() {
  if (isBuilt()) return;
  await withLock(join(repository, '.cache', 'build.lock'), async () => {
    if (isBuilt()) return; // another process has just done it
    console.log('Building the page …');
    const vite = join('node_modules', 'vite', 'bin', 'vite.js');
    const code = await execute(process.execPath, [vite, 'build', '--logLevel', 'warn']);
    if (code !== 0) {
      throw new Error(`The build failed with exit code ${code}: its message is above.`);
    }
  });
}
