import { contentSecurityPolicy } from '#cli/headers.mjs';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';

test.describe('the panel “Nothing leaves”', () => {
  test('is accessible', { tag: '@accessible' }, async ({ page }) => {
    await page.goto('./');
    await page.getByRole('button', { name: 'Nothing leaves' }).click();
    const panel = page.getByRole('dialog', { name: 'Nothing leaves' });
    await expect(panel.getByText('What the browser enforces')).toBeVisible();
    await panel.getByText('Show every request').click();
    await expectAccessible(page);
  });

  test('shows the policy that the server sends, rule by rule', async ({ page }) => {
    await page.goto('./');
    await page.getByRole('button', { name: 'Nothing leaves' }).click();
    const panel = page.getByRole('dialog');
    for (const rule of contentSecurityPolicy().split('; ')) {
      await expect(panel.getByText(rule, { exact: true })).toBeVisible();
    }
  });

  test('lists the requests of the page, all to its own server', async ({ page, address }) => {
    const seen = new Set<string>();
    page.on('request', (request) => seen.add(new URL(request.url()).origin));
    await page.goto('./');
    await page.getByRole('button', { name: 'Open Palmer penguins' }).click();
    await page.getByRole('button', { name: 'Nothing leaves' }).click();
    const panel = page.getByRole('dialog');
    const { host, origin } = new URL(address);
    await expect(panel.getByText(new RegExp(`^\\d+ requests, all to ${host}$`))).toBeVisible();
    await panel.getByText('Show every request').click();
    await expect(panel.getByRole('row', { name: /penguins\.csv this server/ })).toBeVisible();
    expect([...seen]).toEqual([origin]);
  });

  test('lets a person see the browser refuse', async ({ page }) => {
    const arrived: string[] = [];
    await page.route('https://example.com/**', (route) => {
      arrived.push(route.request().url());
      return route.fulfill({ body: 'received' });
    });
    await page.goto('./');
    await page.getByRole('button', { name: 'Nothing leaves' }).click();
    await page.getByRole('button', { name: 'Try to send to example.com' }).click();
    await expect(page.getByText('The browser refused: connect-src forbids it.')).toBeVisible();
    expect(arrived).toEqual([]);
  });

  test('does not claim what a server without headers can’t keep', async ({ page }) => {
    await page.route(/\/(\?.*)?$/, async (route) => {
      const response = await route.fetch();
      const headers = { ...response.headers() };
      delete headers['content-security-policy'];
      await route.fulfill({ response, headers });
    });
    await page.goto('./');
    await page.getByRole('button', { name: 'Nothing leaves' }).click();
    const panel = page.getByRole('dialog');
    await expect(panel.getByText('without a Content-Security-Policy')).toBeVisible();
    await expect(panel.getByRole('button', { name: /^Try to send/ })).toBeHidden();
  });
});
