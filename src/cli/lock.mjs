import { lstatSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 100;
/** As long as a process may take to fill the lock's file that it has made. */
const fillMs = 5_000;

/**
 * Does some work while no other process on this machine does it. A lock whose process has died is taken over.
 *
 * @template T
 * @param {string} path where the lock's file goes
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, work) {
  mkdirSync(dirname(path), { recursive: true });
  while (!takeLock(path)) await sleep(pollMs);
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

/**
 * Takes a lock that is free, or whose process has died; to be removed by who has it. Of several that find the same dead one,
 * one takes it over.
 *
 * @param {string} path in a folder that is there
 * @returns {boolean} whether it is taken now
 */
export function takeLock(path) {
  try {
    writeFileSync(path, `${process.pid} ${startOf(process.pid) ?? ''}`.trim(), { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
  }
  const state = stateOf(path);
  if (state === 'held' || (state === 'dead' && !removeDead(path))) return false;
  return takeLock(path);
}

/**
 * Removes the lock of a process that has died, under a lock of its own: who found it dead too may have taken it over since.
 *
 * @param {string} path
 * @returns {boolean} false where another is at it
 */
function removeDead(path) {
  const removal = `${path}.removal`;
  if (!takeLock(removal)) return false;
  try {
    // What is dead now nobody else removes, and nobody makes anew before it is removed.
    if (stateOf(path) === 'dead') rmSync(path, { force: true });
    return true;
  } finally {
    rmSync(removal, { force: true });
  }
}

/**
 * @param {string} path
 * @returns {'held' | 'dead' | 'gone'}
 */
function stateOf(path) {
  try {
    const [pid = '', start] = readFileSync(path, 'utf8').split(' ');
    if (pid === '') return Date.now() - statSync(path).mtimeMs < fillMs ? 'held' : 'dead';
    const startNow = startOf(Number(pid));
    const isSame = start === undefined || startNow === null || start === startNow;
    return isSame && isAlive(Number(pid)) ? 'held' : 'dead';
  } catch (error) {
    // One that cannot be read is somebody's; a link that leads nowhere is nobody's.
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') return 'held';
    return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true ? 'dead' : 'gone';
  }
}

/**
 * When a process began, as Linux tells it: another one may have its number by now, and in a container has it soon.
 *
 * @param {number} pid
 * @returns {string | null} null where that cannot be told
 */
function startOf(pid) {
  try {
    const facts = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name stands in brackets, and may hold any of its own.
    return facts.slice(facts.lastIndexOf(')')).split(' ')[20] ?? null;
  } catch {
    return null;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
