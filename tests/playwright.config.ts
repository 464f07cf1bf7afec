import { defineConfig } from '@playwright/test';
import { chromiumLaunch } from './chromium.mjs';

const long = process.env.TERRARIUM_LONG === '1';

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.test.ts',
  // What is tagged @accessible runs in both parts: the long one looks at more of the page.
  ...(long ? { grep: /@long|@accessible/ } : { grepInvert: /@long/ }),
  outputDir: '../test-results',
  workers: 2,
  fullyParallel: true,
  forbidOnly: process.env.CI !== undefined,
  // A machine shared with others can be late once; a fault fails twice, and what failed once is listed as flaky.
  retries: process.env.CI === undefined ? 0 : 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  // PLAYWRIGHT_JSON_OUTPUT_FILE says where the report goes, so without it there is only the list.
  reporter:
    process.env.PLAYWRIGHT_JSON_OUTPUT_FILE === undefined ? [['list']] : [['list'], ['json']],
  // Recording a trace doubles the time of a test, so that only a second try is recorded.
  use: { browserName: 'chromium', launchOptions: chromiumLaunch(), trace: 'on-first-retry' },
});
