import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { build } from 'vite';
import { repository } from '#cli/prepare.mjs';
import { serve } from '#cli/serve.mjs';
import { chromiumLaunch } from '../chromium.mjs';
import type { Done, Work } from './browser/data.worker.ts';
import type { NetworkDone, NetworkWork } from './browser/network.worker.ts';

export interface BrowserBench {
  /** Where files for the work go. */
  readonly folder: string;
  /** Does one piece of work in a worker of a fresh browser. */
  readonly work: (work: Omit<Work, 'url'>) => Promise<WorkDone>;
  /** Trains a network on the GPU, in a worker of a fresh browser too. */
  readonly trainNetwork: (work: NetworkWork) => Promise<NetworkDone>;
  readonly close: () => Promise<void>;
}

export interface WorkDone extends Done {
  /** Largest resident size of the page's process so far, in MiB. */
  readonly peakMiB: number;
}

/** Builds the worker of `browser/` as the app's are built, and serves it with the files beside it. */
export async function openBrowserBench(): Promise<BrowserBench> {
  const folder = mkdtempSync(join(tmpdir(), 'terrarium-bench-'));
  await build({
    configFile: false,
    logLevel: 'error',
    root: join(repository, 'tests', 'bench', 'browser'),
    base: './',
    build: { outDir: folder, emptyOutDir: false, target: 'es2022' },
    worker: { format: 'es' },
  });
  const server = await serve({ directory: folder });
  return {
    folder,
    work: (work) =>
      inFreshBrowser(server.url, async (page) => {
        const { href } = new URL(work.name, server.url);
        const done = await page.evaluate((asked) => window.work(asked), { ...work, url: href });
        return { ...done, peakMiB: await peakOf(page) };
      }),
    trainNetwork: (work) =>
      inFreshBrowser(server.url, (page) =>
        page.evaluate((asked) => window.trainNetwork(asked), work),
      ),
    close: async () => {
      await server.close();
      rmSync(folder, { recursive: true });
    },
  };
}

async function inFreshBrowser<Answer>(
  url: string,
  ask: (page: Page) => Promise<Answer>,
): Promise<Answer> {
  const browser = await chromium.launch(chromiumLaunch());
  try {
    const page = await browser.newPage();
    await page.goto(url);
    return await ask(page);
  } finally {
    await browser.close();
  }
}

/** Largest resident size of a page's process so far, in MiB. */
async function peakOf(page: Page): Promise<number> {
  const session = await page.context().browser()?.newBrowserCDPSession();
  const processes = await session?.send('SystemInfo.getProcessInfo');
  const renderers = processes?.processInfo.filter(({ type }) => type === 'renderer') ?? [];
  return Math.max(...renderers.map(({ id }) => peakMiB(id)));
}

/** The largest resident size that a process ever had, as Linux counts it. */
function peakMiB(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? NaN) / 1024;
}

/** Rows of twelve mixed columns, written by a program of its own so that its memory is not ours. */
export function writeRows(file: string, rows: number): void {
  const script = join(repository, 'tests', 'bench', 'mixed-rows.mjs');
  execFileSync(process.execPath, [script, String(rows), file]);
}
