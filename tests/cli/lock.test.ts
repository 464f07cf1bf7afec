import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeLock, withLock } from '#cli/lock.mjs';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'terrarium-lock-'));
  path = join(folder, 'new', 'a.lock');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('work under one lock never overlaps', async () => {
  let inside = 0;
  const work = async () => {
    inside += 1;
    const most = inside;
    await new Promise((resolve) => setTimeout(resolve, 20));
    inside -= 1;
    return most;
  };
  expect(await Promise.all([1, 2, 3].map(() => withLock(path, work)))).toEqual([1, 1, 1]);
  expect(existsSync(path)).toBe(false);
});

test('an error frees the lock and reaches the caller', async () => {
  await expect(withLock(path, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await withLock(path, async () => 'next')).toBe('next');
});

test('the lock of a process that died is taken over', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  path = join(folder, 'a.lock');
  writeFileSync(path, String(pid));
  expect(await withLock(path, async () => 'taken')).toBe('taken');
});

test('of two that take over the same dead lock at once, one has it', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  const rounds = 200;
  const arrived = new Int32Array(new SharedArrayBuffer(4));
  path = join(folder, 'a.lock');
  // They begin each round within microseconds, and the last to end one lays out the next dead lock.
  const taker = `
    const { workerData: { arrived, module, path, pid, rounds }, parentPort } = require('node:worker_threads');
    const { writeFileSync } = require('node:fs');
    const meet = (times) => {
      if (Atomics.add(arrived, 0, 1) === 2 * times - 1) Atomics.notify(arrived, 0);
      for (let now; (now = Atomics.load(arrived, 0)) < 2 * times; ) Atomics.wait(arrived, 0, now);
    };
    import(module).then(({ takeLock }) => {
      const taken = [];
      for (let round = 0; round < rounds; round += 1) {
        meet(3 * round + 1);
        taken.push(takeLock(path));
        meet(3 * round + 2);
        writeFileSync(path, String(pid));
        meet(3 * round + 3);
      }
      parentPort.postMessage(taken);
    });`;
  const module = new URL('../../src/cli/lock.mjs', import.meta.url).href;
  writeFileSync(path, String(pid));
  const workerData = { arrived, module, path, pid, rounds };
  const takers = [1, 2].map(() => new Worker(taker, { eval: true, workerData }));
  const [first = [], second = []] = await Promise.all(
    takers.map(async (one) => {
      const [taken] = (await once(one, 'message')) as [boolean[]];
      return taken;
    }),
  );
  expect(first.map((has, round) => Number(has) + Number(second[round]))).toEqual(
    Array.from({ length: rounds }, () => 1),
  );
}, 60_000);

test('a dead lock that another is taking over is left to it', () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  path = join(folder, 'a.lock');
  writeFileSync(path, String(pid));
  expect(takeLock(`${path}.removal`)).toBe(true);
  expect(takeLock(path)).toBe(false);
  expect(readFileSync(path, 'utf8')).toBe(String(pid));
});

test('a lock that somebody holds is not taken', async () => {
  await withLock(path, async () => expect(takeLock(path)).toBe(false));
  expect(takeLock(path)).toBe(true);
  expect(takeLock(path)).toBe(false);
});

test.runIf(existsSync('/proc/self/stat'))(
  'a lock is free whose process has died, though another has its number now',
  async () => {
    path = join(folder, 'a.lock');
    expect(takeLock(path)).toBe(true);
    const [pid, start] = readFileSync(path, 'utf8').split(' ');
    expect(Number(pid)).toBe(process.pid);
    expect(Number(start)).toBeGreaterThan(0);
    writeFileSync(path, `${process.pid} ${Number(start) - 1}`);
    expect(takeLock(path)).toBe(true);
  },
);

test('a link that leads nowhere is no lock', () => {
  path = join(folder, 'a.lock');
  symlinkSync(join(folder, 'nowhere'), path);
  expect(takeLock(path)).toBe(true);
  expect(takeLock(path)).toBe(false);
});

test('a process that died while it took a lock over leaves no lock for good', () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  path = join(folder, 'a.lock');
  writeFileSync(path, String(pid));
  writeFileSync(`${path}.removal`, String(pid));
  expect(takeLock(path)).toBe(true);
  expect(readdirSync(folder)).toEqual(['a.lock']);
});

test('a lock that was never filled is free after a moment', () => {
  path = join(folder, 'a.lock');
  writeFileSync(path, '');
  expect(takeLock(path)).toBe(false);
  const past = new Date(Date.now() - 60_000);
  utimesSync(path, past, past);
  expect(takeLock(path)).toBe(true);
});
