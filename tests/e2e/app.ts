import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { ensureBuilt, repository } from '#cli/prepare.mjs';
import { serve } from '#cli/serve.mjs';

/** The folder of the build that the tests open. */
export const dist = join(repository, 'dist');

/**
 * Playwright's test with the built page served by the project's own server, once for each worker; `page.goto('./')`
 * opens it. `served` starts another server, under a sub-path or on another address, until the test ends.
 */
export const test = base.extend<
  { served: (options: { base?: string; host?: string }) => Promise<string> },
  { address: string }
>({
  address: [
    async ({}, use) => {
      await ensureBuilt();
      const server = await serve({ directory: dist });
      await use(server.url);
      await server.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: async ({ address }, use) => use(address),
  served: async ({}, use) => {
    const servers: Awaited<ReturnType<typeof serve>>[] = [];
    await use(async (options) => {
      const server = await serve({ directory: dist, ...options });
      servers.push(server);
      return server.url;
    });
    await Promise.all(servers.map((server) => server.close()));
  },
});

export { expect } from '@playwright/test';
