import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { repository } from '#cli/prepare.mjs';
import { expect, test } from './app.ts';
import { expectShort, longestTasks } from './trace.ts';

const ROWS = 1_000_000;
let folder = '';
let file = '';

// A worker may come to this file several times, each time from the beginning.
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'terrarium-million-'));
  file = join(folder, 'million.csv');
  const script = join(repository, 'tests', 'bench', 'mixed-rows.mjs');
  execFileSync(process.execPath, [script, String(ROWS), file]);
});
test.afterAll(() => rmSync(folder, { recursive: true }));

async function choose(page: Page): Promise<void> {
  await page.goto('./');
  await page.getByLabel('Drop a file of data, or choose one').setInputFiles(file);
}

/** Rows read so far, as the page says. */
function reading(page: Page) {
  return page.getByText('Reading million.csv');
}

test.describe('a file of a million rows', { tag: '@long' }, () => {
  test('is read, profiled and scrolled to its last row without a page task over 50 ms', async ({
    browser,
    baseURL,
  }) => {
    const longest = await longestTasks(browser, {
      // The same bytes again would be there already.
      prepare: async () => {
        const page = await browser.newPage(baseURL === undefined ? {} : { baseURL });
        await page.goto('./');
        return page;
      },
      happen: async (page) => {
        await page.getByLabel('Drop a file of data, or choose one').setInputFiles(file);
        await expect(reading(page)).toBeVisible();
        await expect(page.getByText('1,000,000 rows, 12 columns')).toBeVisible({ timeout: 90_000 });
        await expect(page.getByRole('img', { name: /^Distribution of score/ })).toBeVisible({
          timeout: 60_000,
        });
        const table = page.getByRole('region', { name: 'Rows of million.csv' });
        await table.focus();
        await page.keyboard.press('End');
        const last = table.getByRole('row', { name: `1,000,000 ${100_000 + (ROWS - 1) * 7} ` });
        await expect(last).toBeVisible();
      },
    });
    expectShort(longest);
  });

  for (const moment of ['while it is read', 'while its columns are typed'] as const) {
    test(`can be cancelled within 200 ms ${moment}`, async ({ page }) => {
      await choose(page);
      await expect(page.getByText(/^[1-9][\d,]* rows, [\d.,]+ [kMG]?B of /)).toBeVisible();
      if (moment === 'while its columns are typed') {
        await expect(page.getByText(/^1,000,000 rows, [\d.,]+ [kMG]?B of /)).toBeVisible({
          timeout: 60_000,
        });
      }
      const answered = await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            const start = performance.now();
            const button = [...document.querySelectorAll('button')].find(
              ({ textContent }) => textContent.trim() === 'Cancel',
            );
            const look = (): void => {
              if (document.body.textContent.includes('Reading million.csv')) {
                requestAnimationFrame(look);
              } else resolve(performance.now() - start);
            };
            button?.click();
            requestAnimationFrame(look);
          }),
      );
      expect(answered).toBeLessThan(200);
      // Nothing of it is kept.
      await page.reload();
      await expect(page.getByRole('heading', { name: 'Or start with a sample' })).toBeVisible();
      await expect(page.getByRole('heading', { name: 'Your data' })).toBeHidden();
    });
  }
});
