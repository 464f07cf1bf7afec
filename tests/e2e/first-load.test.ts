import { firstLoadInBrowser, firstLoadLimitBytes, totalBytes } from '../first-load.ts';
import { dist, expect, test } from './app.ts';

test('a browser asks for at most 150 kB of gzipped JavaScript before a person interacts', async ({
  browser,
  address,
}) => {
  const scripts = await firstLoadInBrowser(browser, dist, address);
  expect(scripts.length).toBeGreaterThan(0);
  expect(totalBytes(scripts), JSON.stringify(scripts, null, 2)).toBeLessThanOrEqual(
    firstLoadLimitBytes,
  );
});
