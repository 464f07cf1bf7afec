import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { chromiumLaunch } from '../chromium.mjs';
import { test as base } from './app.ts';

/** How a page can go away with all that it computes; the last two take their browser with them. */
export const ends = ['reload', 'close', 'crash', 'quit', 'kill'] as const;
export type End = (typeof ends)[number];

/** A browser of its own with one page, whose storage outlives both. */
export class LastingBrowser {
  readonly #profile = mkdtempSync(join(tmpdir(), 'terrarium-profile-'));
  readonly #baseURL: string;
  #open: { readonly context: BrowserContext; readonly page: Page } | null = null;

  constructor(baseURL: string) {
    this.#baseURL = baseURL;
  }

  async start(): Promise<void> {
    const context = await chromium.launchPersistentContext(this.#profile, {
      ...chromiumLaunch(),
      baseURL: this.#baseURL,
    });
    const [page = await context.newPage()] = context.pages();
    this.#open = { context, page };
  }

  get page(): Page {
    return this.#started.page;
  }

  /** Takes the page away, which gets no time for anything, and opens its address again. */
  async end(way: End): Promise<void> {
    const address = this.page.url();
    await this.#ends[way]();
    if (way !== 'reload') await this.page.goto(address);
  }

  async remove(): Promise<void> {
    await this.#open?.context.close();
    rmSync(this.#profile, { recursive: true, force: true });
  }

  get #started() {
    if (this.#open === null) throw new Error('the browser was not started');
    return this.#open;
  }

  readonly #ends: Readonly<Record<End, () => Promise<void>>> = {
    reload: async () => {
      await this.page.reload();
    },

    close: () => this.#replacePage((page) => page.close()),

    crash: () =>
      this.#replacePage(async (page) => {
        const session = await page.context().newCDPSession(page);
        const crashed = page.waitForEvent('crash');
        // It has nobody left to answer.
        session.send('Page.crash').catch(() => undefined);
        await crashed;
        await page.close();
      }),

    quit: async () => {
      await this.#started.context.close();
      await this.start();
    },

    kill: async () => {
      const { context } = this.#started;
      const session = await context.browser()?.newBrowserCDPSession();
      const { processInfo } = (await session?.send('SystemInfo.getProcessInfo')) ?? {
        processInfo: [],
      };
      const browser = processInfo.find(({ type }) => type === 'browser');
      if (browser === undefined) throw new Error('the browser does not say which process it is');
      const closed = context.waitForEvent('close');
      process.kill(browser.id, 'SIGKILL');
      await closed;
      await this.start();
    },
  };

  /** A browser without a page might end. */
  async #replacePage(end: (page: Page) => Promise<void>): Promise<void> {
    const { context, page } = this.#started;
    const next = await context.newPage();
    await end(page);
    this.#open = { context, page: next };
  }
}

/** The built page in a browser that can be ended and comes back. */
export const test = base.extend<{ lasting: LastingBrowser }>({
  lasting: async ({ address }, use) => {
    const lasting = new LastingBrowser(address);
    try {
      await lasting.start();
      await use(lasting);
    } finally {
      await lasting.remove();
    }
  },
});
