import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import type { TestProjectConfiguration } from 'vitest/config';
import { commands } from './browser/commands.mjs';
import { chromiumLaunch } from './chromium.mjs';

/** What hooks prepare takes seconds, and many times as long on a machine that others use too. */
const hookTimeout = 120_000;

/** The three Vitest projects: `unit` and `interop` run in Node, `browser` in a real Chromium. */
export function testProjects(options: {
  repository: string;
  /** Whether the files named `*.long.test.ts` run, or all others. */
  long: boolean;
}): TestProjectConfiguration[] {
  const files = options.long ? '**/*.long.test.ts' : '**/!(*.long).test.ts';
  // A machine shared with others can be late once; a fault fails twice.
  const retry = process.env.CI === undefined ? 0 : 1;
  // Loading the same modules anew for each file takes a third of the short run's time; no test leaves anything in them.
  // In the long run, which trains thousands of models, each has a process of its own.
  const isolate = options.long;
  const root = options.repository;
  return [
    {
      root,
      plugins: [svelte({ configFile: false })],
      test: {
        name: 'unit',
        environment: 'node',
        include: [`tests/${files}`],
        exclude: ['tests/{browser,e2e,interop}/**'],
        globalSetup: 'tests/support/build-cli.ts',
        isolate,
        restoreMocks: true,
        unstubGlobals: true,
        testTimeout: 20_000,
        hookTimeout,
        retry,
      },
    },
    {
      root,
      test: {
        name: 'interop',
        environment: 'node',
        include: [`tests/interop/${files}`],
        globalSetup: 'tests/support/build-cli.ts',
        isolate,
        testTimeout: 120_000,
        hookTimeout,
        retry,
      },
    },
    {
      root,
      publicDir: 'public',
      plugins: [svelte({ configFile: false })],
      // The page runs cross-origin isolated, so its engine is tested that way.
      server: {
        headers: {
          'Cross-Origin-Opener-Policy': 'same-origin',
          'Cross-Origin-Embedder-Policy': 'require-corp',
        },
      },
      worker: { format: 'es' },
      // A package first met in the middle of a test makes Vite reload the page, and the test fails.
      optimizeDeps: { entries: ['tests/browser/*.test.ts', 'src/ui/**/*.svelte', 'workers/*.ts'] },
      test: {
        name: 'browser',
        include: [`tests/browser/${files}`],
        testTimeout: 120_000,
        hookTimeout,
        retry,
        fileParallelism: false,
        browser: {
          enabled: true,
          headless: true,
          screenshotFailures: false,
          provider: playwright({
            launchOptions: chromiumLaunch(),
          }),
          instances: [{ browser: 'chromium' }],
          commands,
        },
      },
    },
  ];
}
