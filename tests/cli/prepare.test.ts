import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { execute, isBuilt, isInstalled } from '#cli/prepare.mjs';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'terrarium-prepare-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, content: string, ageS = 0) {
  const file = join(folder, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, content);
  setAge(path, ageS);
}

function setAge(path: string, ageS: number) {
  const seconds = Date.now() / 1000 - ageS;
  utimesSync(join(folder, path), seconds, seconds);
}

describe('packages are installed', () => {
  const lock = (packages: object) => JSON.stringify({ lockfileVersion: 3, packages });
  const wanted = { '': {}, 'node_modules/a': { version: '1.0.0' } };
  const foreign = { 'node_modules/b': { version: '2.0.0', optional: true } };

  test('when all but optional ones are there', () => {
    write('package-lock.json', lock({ ...wanted, ...foreign }));
    write('node_modules/.package-lock.json', lock(wanted), 1000);
    expect(isInstalled(folder)).toBe(true);
  });

  test('not without node_modules', () => {
    write('package-lock.json', lock(wanted));
    expect(isInstalled(folder)).toBe(false);
  });

  test('not when a version differs', () => {
    write('package-lock.json', lock({ 'node_modules/a': { version: '1.0.1' } }));
    write('node_modules/.package-lock.json', lock(wanted));
    expect(isInstalled(folder)).toBe(false);
  });
});

describe('the page is built', () => {
  beforeEach(() => {
    write('src/ui/App.svelte', 'x', 100);
    write('dist/.vite/manifest.json', '{}', 50);
    for (const path of ['src/ui', 'src']) setAge(path, 100);
  });

  test('when it is newer than every source', () => expect(isBuilt(folder)).toBe(true));

  test('not when a source is newer', () => {
    write('src/ui/App.svelte', 'y', 10);
    expect(isBuilt(folder)).toBe(false);
  });

  test('not when a source was removed', () => {
    rmSync(join(folder, 'src/ui/App.svelte'));
    expect(isBuilt(folder)).toBe(false);
  });

  test('not when there is no build', () => {
    rmSync(join(folder, 'dist'), { recursive: true });
    expect(isBuilt(folder)).toBe(false);
  });
});

describe('a program', () => {
  const run = (script: string, limitS?: number) =>
    execute(process.execPath, ['-e', script], limitS === undefined ? {} : { limitS });

  test('gives its exit code', async () => expect(await run('process.exit(3)')).toBe(3));

  test('that does not exist gives 127', async () => {
    expect(await execute('no-such-program', [])).toBe(127);
  });

  test('that takes too long is ended, with what it started', async () => {
    const marker = join(folder, 'alive');
    const inner = `setTimeout(() => require('fs').writeFileSync(${JSON.stringify(marker)}, ''), 1500)`;
    const outer = `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(inner)}]);
      for (;;);`;
    expect(await run(outer, 0.5)).toBe(124);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    expect(existsSync(marker)).toBe(false);
  });
});
