import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { commitOf } from '#cli/commit.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'terrarium-commit-'));
  mkdirSync(join(folder, 'src/cli'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (path: string, text: string) => writeFileSync(join(folder, path), text);
const git = (...words: string[]): string =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...words], {
    cwd: folder,
    encoding: 'utf8',
  }).trim();

it('a commit is its hash, and says where the code is no longer what it was', () => {
  git('init', '-q');
  expect(commitOf(folder), 'without a commit').toBeNull();
  write('src/a.ts', '1');
  write('README.md', 'one');
  git('add', '.');
  git('commit', '-qm', 'first');
  const hash = git('rev-parse', 'HEAD');
  expect(hash).toMatch(/^[0-9a-f]{40}$/);
  expect(commitOf(folder)).toBe(hash);
  write('README.md', 'two');
  expect(commitOf(folder), 'a text about it').toBe(hash);
  write('src/a.ts', '2');
  expect(commitOf(folder)).toBe(`${hash}+`);
  expect(commitOf(join(folder, 'src/cli')), 'from within').toBe(`${hash}+`);
  git('commit', '-qam', 'second');
  expect(commitOf(folder)).toBe(git('rev-parse', 'HEAD'));
  write('src/b.ts', 'new');
  expect(commitOf(folder), 'a new file').toMatch(/\+$/);
});

it('there is none outside a checkout', () => {
  expect(commitOf(folder)).toBeNull();
});
