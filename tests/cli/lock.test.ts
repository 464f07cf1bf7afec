import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

test('a lock that was never filled is free after a moment', () => {
  path = join(folder, 'a.lock');
  writeFileSync(path, '');
  expect(takeLock(path)).toBe(false);
  const past = new Date(Date.now() - 60_000);
  utimesSync(path, past, past);
  expect(takeLock(path)).toBe(true);
});
