import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';

async function openPenguins(page: Page): Promise<void> {
  await page.goto('./');
  await page.getByRole('button', { name: 'Open Palmer penguins' }).click();
  await expect(page.getByRole('img', { name: /^Distribution of body_mass_g/ })).toBeVisible();
  await expect(page.getByRole('cell', { name: 'Torgersen' }).first()).toBeVisible();
}

test.describe('the page of a data set', () => {
  test('is accessible', { tag: '@long' }, async ({ page }) => {
    await openPenguins(page);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(page);
  });

  test('shows what was found in each column', async ({ page }) => {
    await openPenguins(page);
    await expect(page.getByText('344 rows, 7 columns')).toBeVisible();
    const columns = page.getByRole('region', { name: 'Columns' });
    const sex = columns
      .getByRole('listitem')
      .filter({ has: page.getByText('sex', { exact: true }) });
    await expect(sex).toContainText('category');
    await expect(sex).toContainText('2 distinct values');
    await expect(sex).toContainText('11 missing (3.2%)');
    await expect(
      page.getByRole('img', { name: 'Distribution of body_mass_g from 2700 to 6300' }),
    ).toBeVisible();
  });

  test('says which task a target makes, and why', async ({ page }) => {
    await openPenguins(page);
    await expect(page.getByText('Classification: species holds texts, 3 distinct.')).toBeVisible();
    await page.getByLabel('Target column').selectOption('body_mass_g');
    await expect(page.getByText('Regression: body_mass_g holds integers with many')).toBeVisible();
    await page.reload();
    await expect(page.getByLabel('Target column')).toHaveValue('body_mass_g');
    await page.getByRole('link', { name: 'Set up training' }).click();
    await expect(page).toHaveURL(/#\/setup\/[^?]+\?target=body_mass_g$/);
  });

  test('shows every row of a long file, and only those in view', async ({ page }) => {
    const rows = 60_000;
    const lines = Array.from({ length: rows }, (_, at) => `${at},r${at % 7}`);
    await page.goto('./');
    await page.getByLabel('Drop a file of data, or choose one').setInputFiles({
      name: 'long.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`n,r\n${lines.join('\n')}\n`),
    });
    const table = page.getByRole('region', { name: 'Rows of long.csv' });
    await expect(table.getByRole('row', { name: '1 0 r0' })).toBeVisible();
    await expect(table.getByRole('table')).toHaveAttribute('aria-rowcount', String(rows + 1));
    await table.focus();
    await page.keyboard.press('End');
    const last = `60,000 ${rows - 1} r${(rows - 1) % 7}`;
    await expect(table.getByRole('row', { name: last })).toBeVisible();
    expect(await table.getByRole('row').count()).toBeLessThan(40);
  });

  test('tells where the fingerprint comes from', async ({ page }) => {
    await openPenguins(page);
    await page.getByRole('button', { name: /^Fingerprint/ }).click();
    await expect(page.getByRole('note').getByText(/^[0-9a-f]{64}$/)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('note')).toBeHidden();
  });

  test(
    'deletes after asking, and gives the focus back when not',
    { tag: '@accessible' },
    async ({ page }) => {
      await openPenguins(page);
      const address = page.url();
      const remove = page.getByRole('button', { name: 'Delete' });
      await remove.click();
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
      await expect(remove).toBeFocused();

      await remove.click();
      await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
      await expect(page.getByRole('status')).toHaveText('penguins.csv was deleted.');
      await expect(page.getByRole('region', { name: 'Your data' })).toBeHidden();
      await page.goto(address);
      await expect(page.getByRole('heading', { name: 'This data set is not here' })).toBeVisible();
      await expectAccessible(page);
    },
  );
});
