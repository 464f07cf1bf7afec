import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { ensureBuilt, repository } from '#cli/prepare.mjs';
import { firstLoad, firstLoadLimitBytes, totalBytes } from './first-load.ts';

test('the page loads at most 150 kB of gzipped JavaScript before a person interacts', async () => {
  await ensureBuilt();
  const scripts = firstLoad(join(repository, 'dist'));
  expect(totalBytes(scripts), JSON.stringify(scripts, null, 2)).toBeLessThanOrEqual(
    firstLoadLimitBytes,
  );
}, 120_000);

test('what counts is what index.html names and all that it imports statically', () => {
  const dist = mkdtempSync(join(tmpdir(), 'terrarium-dist-'));
  const files = {
    'index.html':
      '<script type="module" src="./assets/a.js"></script><link rel="modulepreload" href="./assets/p.js">',
    '.vite/manifest.json': JSON.stringify({
      'index.html': {
        file: 'assets/a.js',
        isEntry: true,
        imports: ['_b.js'],
        dynamicImports: ['c'],
      },
      '_b.js': { file: 'assets/b.js', imports: ['_d.js'] },
      '_d.js': { file: 'assets/d.js', imports: ['_b.js'] },
      '_p.js': { file: 'assets/p.js' },
      c: { file: 'assets/c.js', isDynamicEntry: true },
    }),
    // Random text, so that gzip leaves about as much as there is.
    ...Object.fromEntries(
      ['a', 'b', 'c', 'd', 'p'].map((name) => [`assets/${name}.js`, randomBytes(1000)]),
    ),
  };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dist, path)), { recursive: true });
    writeFileSync(join(dist, path), content);
  }
  const scripts = firstLoad(dist);
  expect(scripts.map(({ file }) => file)).toEqual([
    'assets/a.js',
    'assets/b.js',
    'assets/d.js',
    'assets/p.js',
  ]);
  expect(totalBytes(scripts)).toBeGreaterThan(4000);
  expect(totalBytes(scripts)).toBeLessThan(4400);
  rmSync(dist, { recursive: true });
});
