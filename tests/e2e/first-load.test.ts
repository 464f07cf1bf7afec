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

test('the page works under a sub-path', async ({ page, served }) => {
  const failed: string[] = [];
  page.on('response', (response) => {
    if (response.status() >= 400) failed.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(await served({ base: '/some/path/' }), { waitUntil: 'networkidle' });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(failed).toEqual([]);
});
