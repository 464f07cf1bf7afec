import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright';

/** At most this much JavaScript, gzipped, before a person interacts. */
export const firstLoadLimitBytes = 150 * 1024;

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  /** The chunks that this one imports statically, by their key in the manifest. */
  readonly imports?: readonly string[];
}

/** One script that index.html loads before anybody interacts, with its size after gzip. */
export interface LoadedScript {
  readonly file: string;
  readonly gzipBytes: number;
}

/**
 * The scripts that a built page loads by itself: what index.html names (module scripts and module preloads), and
 * all that those import statically.
 *
 * @param dist the folder of the build, with Vite's manifest
 */
export function firstLoad(dist: string): LoadedScript[] {
  const manifest = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8')) as Record<
    string,
    Chunk
  >;
  const chunks = Object.values(manifest);
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const named = [...html.matchAll(/(?:src|href)="([^"]+\.m?js)"/g)].map(([, path = '']) =>
    path.replace(/^\.?\//, ''),
  );

  const files = new Set<string>();
  const load = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    const imports = chunks.find((chunk) => chunk.file === file)?.imports ?? [];
    for (const key of imports) load(manifest[key]?.file ?? missing(key));
  };
  named.forEach(load);
  if (files.size === 0) throw new Error(`${dist}/index.html loads no script: is it a build?`);
  return [...files].map((file) => ({ file, gzipBytes: gzipBytes(join(dist, file)) }));
}

/**
 * The scripts that a browser really asks for when it opens a page and nobody touches it: beside what index.html
 * names, also what the page then imports by itself (its first route, workers).
 *
 * @param dist the folder of the build behind the page
 * @param url where it is served
 */
export async function firstLoadInBrowser(
  browser: Browser,
  dist: string,
  url: string,
): Promise<LoadedScript[]> {
  const context = await browser.newContext();
  const files = new Set<string>();
  context.on('request', (request) => {
    const { href } = new URL(request.url());
    if (href.startsWith(url) && /\.m?js$/.test(href)) files.add(href.slice(url.length));
  });
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'networkidle' });
  await context.close();
  return [...files].map((file) => ({ file, gzipBytes: gzipBytes(join(dist, file)) }));
}

/** The size of a file after gzip at the level that hosts use for what they compress ahead of time. */
export function gzipBytes(path: string): number {
  return gzipSync(readFileSync(path), { level: 9 }).byteLength;
}

/** The sum over scripts. */
export function totalBytes(scripts: readonly LoadedScript[]): number {
  return scripts.reduce((sum, { gzipBytes: bytes }) => sum + bytes, 0);
}

function missing(key: string): never {
  throw new Error(`Vite's manifest names ${key} as an import but does not list it`);
}
