import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';

const csv = (name: string, content: string) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(content),
});

async function chooseFile(page: Page, name: string, content: string): Promise<void> {
  await page.getByLabel('Drop a file of data, or choose one').setInputFiles(csv(name, content));
}

test.describe('the welcome', () => {
  test('is accessible', { tag: '@accessible' }, async ({ page }) => {
    await page.goto('./');
    await expect(page.getByRole('button', { name: 'Open Palmer penguins' })).toBeVisible();
    await expectAccessible(page);
  });

  test('opens a sample and proposes its target', async ({ page }) => {
    await page.goto('./');
    await page.getByRole('button', { name: 'Open Palmer penguins' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'penguins.csv' })).toBeVisible();
    await expect(page.getByLabel('Target column')).toHaveValue('species');
  });

  test('reads a file, keeps it, and knows it when it comes again', async ({ page }) => {
    await page.goto('./');
    await chooseFile(page, 'tiny.csv', 'a,b\n1,x\n2,y\n');
    await expect(page.getByRole('heading', { level: 1, name: 'tiny.csv' })).toBeVisible();

    await page.goto('./');
    const kept = page.getByRole('region', { name: 'Your data' });
    await expect(kept.getByRole('link', { name: 'tiny.csv' })).toBeVisible();
    await page.reload();
    await expect(kept.getByText('2 rows, 2 columns, 12 B')).toBeVisible();

    await chooseFile(page, 'again.csv', 'a,b\n1,x\n2,y\n');
    await expect(page.getByRole('status')).toHaveText('This file is here already: the same bytes.');
    await expect(page.getByRole('heading', { level: 1, name: 'tiny.csv' })).toBeVisible();
  });

  test('takes a file that is dropped anywhere on the page', async ({ page }) => {
    await page.goto('./');
    const transfer = await page.evaluateHandle(() => {
      const files = new DataTransfer();
      files.items.add(new File(['a,b\n1,2\n3,4\n'], 'dropped.csv', { type: 'text/csv' }));
      return files;
    });
    await page
      .getByRole('heading', { level: 1 })
      .dispatchEvent('drop', { dataTransfer: transfer, bubbles: true });
    await expect(page.getByRole('heading', { level: 1, name: 'dropped.csv' })).toBeVisible();
  });

  test(
    'says what is wrong with a file, and stays usable',
    { tag: '@accessible' },
    async ({ page }) => {
      await page.goto('./');
      await chooseFile(page, 'ragged.csv', 'a,b\n1,2\n1,2,3\n');
      const alert = page.getByRole('alert');
      await expect(alert).toContainText('line 3', { ignoreCase: true });
      await expectAccessible(page);
      await chooseFile(page, 'empty.csv', '');
      await expect(alert).toContainText('empty');
      await chooseFile(page, 'fine.csv', 'a,b\n1,2\n3,4\n');
      await expect(page.getByRole('heading', { level: 1, name: 'fine.csv' })).toBeVisible();
    },
  );

  test('says when the browser keeps nothing', { tag: '@accessible' }, async ({ page }) => {
    await page.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      };
    });
    await page.goto('./');
    await expect(page.getByRole('alert')).toContainText('storage (IndexedDB) can');
    await expectAccessible(page);
  });

  test('says when the background worker can’t be loaded, and recovers', async ({ page }) => {
    await page.route('**/data.worker-*.js', (route) => route.abort());
    await page.goto('./');
    await chooseFile(page, 'tiny.csv', 'a,b\n1,2\n3,4\n');
    await expect(page.getByRole('alert')).toContainText('The worker that computes');
    await page.unroute('**/data.worker-*.js');
    await chooseFile(page, 'tiny.csv', 'a,b\n1,2\n3,4\n');
    await expect(page.getByRole('heading', { level: 1, name: 'tiny.csv' })).toBeVisible();
  });

  test('says when a sample can’t be fetched', async ({ page }) => {
    await page.route('**/penguins.csv', (route) => route.abort());
    await page.goto('./');
    await page.getByRole('button', { name: 'Open Palmer penguins' }).click();
    await expect(page.getByRole('alert')).toContainText('Palmer penguins could not be loaded');
  });
});

test.describe('the shell', () => {
  test('remembers the theme that was chosen', async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto('./');
    const html = page.locator('html');
    await expect(html).toHaveAttribute('data-theme', 'light');
    await page.getByRole('button', { name: 'Theme: as the system' }).click();
    await page.getByRole('button', { name: 'Theme: light' }).click();
    await expect(html).toHaveAttribute('data-theme', 'dark');
    await page.reload();
    await expect(html).toHaveAttribute('data-theme', 'dark');
    await page.getByRole('button', { name: 'Theme: dark' }).click();
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect(html).toHaveAttribute('data-theme', 'dark');
    await page.emulateMedia({ colorScheme: 'light' });
    await expect(html).toHaveAttribute('data-theme', 'light');
  });

  test('is reached by the keyboard, and shows where the focus is', async ({ page }) => {
    await page.goto('./');
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: 'Skip to the content' });
    await expect(skip).toBeFocused();
    await expect(skip).toBeInViewport();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    const file = page.getByLabel('Drop a file of data, or choose one');
    await expect(file).toBeFocused();
    await expect(page.locator('label', { has: file })).toHaveCSS('outline-style', 'solid');
    const ways = ['Choose a folder of images', 'Capture with the webcam', 'Paste a text or cells'];
    for (const next of [...ways, 'Open Palmer']) {
      await page.keyboard.press('Tab');
      await expect(page.locator(':focus')).toHaveAccessibleName(new RegExp(next));
    }
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'penguins.csv' })).toBeVisible();
    await expect(page.getByRole('main')).toBeFocused();
  });

  test('marks the stage that is done and opens the next', async ({ page }) => {
    await page.goto('./');
    const stages = page.getByRole('navigation', { name: 'Stages' });
    await expect(stages.getByRole('link')).toHaveCount(1);
    await page.getByRole('button', { name: 'Open Palmer penguins' }).click();
    await expect(stages.getByRole('link', { name: 'Data (done)' })).toHaveAttribute(
      'aria-current',
      'step',
    );
    await stages.getByRole('link', { name: 'Setup (open)' }).click();
    await expect(page).toHaveURL(/#\/setup\/.+\?target=species$/);
  });

  test('has a page for addresses that lead nowhere', { tag: '@accessible' }, async ({ page }) => {
    await page.goto('./#/nowhere');
    await expect(page.getByRole('heading', { name: 'There is no page here' })).toBeVisible();
    await expectAccessible(page);
  });

  test('takes an address that was cut in an escape for one that leads nowhere', async ({
    page,
  }) => {
    const errors: Error[] = [];
    page.on('pageerror', (error) => errors.push(error));
    await page.goto('./#/runs/%E0%A4%A');
    await expect(page.getByRole('heading', { name: 'There is no page here' })).toBeVisible();
    expect(errors).toEqual([]);
  });

  test('says when a page’s code can’t be fetched', async ({ page }) => {
    await page.route('**/NotFoundPage-*.js', (route) => route.abort());
    await page.goto('./#/nowhere');
    await expect(
      page.getByRole('heading', { name: 'This page could not be loaded' }),
    ).toBeVisible();
  });
});
