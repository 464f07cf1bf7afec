import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { plainRows, writeWorkbook } from '../support/xlsx.ts';
import { expect, test } from './app.ts';

/** Parted by semicolons, with decimal commas; commas alone would part it too. */
const semicolons = ['price;weight,kg', '1,5;2', '2,5;3', '3,25;4', '4,75;5', ''].join('\n');

async function open(page: Page, name: string, content: string | Uint8Array): Promise<void> {
  await page.goto('./');
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
}

/** Settles fields of the dialog that is open, and reads the file so. */
async function settle(page: Page, fields: Readonly<Record<string, string>>): Promise<Locator> {
  const dialog = page.getByRole('dialog');
  for (const [label, choice] of Object.entries(fields)) {
    await dialog.getByLabel(label, { exact: true }).selectOption({ label: choice });
  }
  await dialog.getByRole('button', { name: 'Read it so' }).click();
  return dialog;
}

async function readDifferently(page: Page, fields: Readonly<Record<string, string>>) {
  await page.getByRole('button', { name: 'Read it differently…' }).click();
  await expect(await settle(page, fields)).toBeHidden();
}

async function expectColumns(page: Page, names: readonly string[]): Promise<void> {
  const rows = page.getByRole('region', { name: /^Rows of/ });
  for (const name of names) {
    await expect(rows.getByRole('columnheader', { name, exact: true })).toBeVisible();
  }
  await expect(page.getByText(`${names.length} columns`).first()).toBeVisible();
}

test('a file is read under another delimiter, also after a reload, and back again', async ({
  page,
}) => {
  await open(page, 'prices.csv', semicolons);
  await expectColumns(page, ['price', 'weight,kg']);
  await readDifferently(page, { 'Between columns stand': 'Commas' });
  await expectColumns(page, ['price;weight', 'kg']);
  await expect(page.getByText('separated by commas')).toBeVisible();
  await expect(page.getByRole('status')).toContainText('is read in this way from now on');
  await expect(page.getByRole('button', { name: 'Read it differently…' })).toBeFocused();

  await page.reload();
  await expectColumns(page, ['price;weight', 'kg']);
  await page.getByRole('button', { name: 'Read it differently…' }).click();
  await expect(page.getByLabel('Between columns stand')).toHaveValue(',');
  await page.keyboard.press('Escape');
  await readDifferently(page, { 'Between columns stand': 'As found' });
  await expectColumns(page, ['price', 'weight,kg']);
  await expect(page.getByRole('img', { name: /^Distribution of price from 1\.5/ })).toBeVisible();
});

test('the setup of a file read so trains on what the page shows', async ({ page }) => {
  await open(page, 'prices.csv', semicolons);
  await readDifferently(page, { 'Between columns stand': 'Semicolons' });
  await page.getByLabel('Target column').selectOption('weight,kg');
  await page.getByRole('link', { name: 'Set up training' }).click();
  await page.getByRole('tab', { name: 'YAML' }).click();
  const yaml = page.getByRole('textbox', { name: /^The spec as YAML/ });
  await expect(yaml).toHaveValue(/read:\s+delimiter: ;/);
  await expect(yaml).toHaveValue(/target: weight,kg/);
});

test('the first line can be said to be a row', async ({ page }) => {
  await open(page, 'cities.csv', 'Lima,Peru\nOslo,Norway\nRome,Italy\n');
  await expectColumns(page, ['Lima', 'Peru']);
  await readDifferently(page, { 'The first line': 'Is a row like the others' });
  await expect(page.getByText('3 rows, 2 columns')).toBeVisible();
  await expect(page.getByText('without a header')).toBeVisible();
  await expect(page.getByRole('cell', { name: 'Oslo', exact: true }).first()).toBeVisible();
});

test('the day or the month can come first in dates', async ({ page }) => {
  const days = Array.from({ length: 12 }, (_, i) => `0${(i % 9) + 1}/04/2025,${i}`);
  await open(page, 'days.csv', `day,n\n${days.join('\n')}\n`);
  const column = page.getByRole('region', { name: 'Columns' }).getByRole('listitem').first();
  await readDifferently(page, { 'Dates like 03/04/2025': 'Day first: the 3rd of April' });
  await expect(column).toContainText('2025-04-01');
  await expect(column).toContainText('2025-04-09');
  await readDifferently(page, { 'Dates like 03/04/2025': 'Month first: the 4th of March' });
  await expect(column).toContainText('2025-01-04');
  await expect(column).toContainText('2025-09-04');
});

test(
  'a refusal is told in the dialog, and the file stays as it was read',
  { tag: '@long' },
  async ({ page }) => {
    await open(page, 'prices.csv', semicolons);
    await expectColumns(page, ['price', 'weight,kg']);
    await page.getByRole('button', { name: 'Read it differently…' }).click();
    const dialog = await settle(page, { 'Between columns stand': 'Another character' });
    await expect(dialog.getByText(/^Type one character/)).toBeVisible();
    const other = dialog.getByLabel('The character between columns');
    await expect(other).toHaveAttribute('aria-invalid', 'true');
    await settle(page, { 'Between columns stand': 'Commas', Encoding: 'UTF-16, little endian' });
    await expect(dialog.getByRole('alert')).toBeVisible();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expectColumns(page, ['price', 'weight,kg']);
    await page.getByRole('button', { name: 'Read it differently…' }).click();
    await expect(dialog.getByRole('alert')).toBeHidden();
    await expectAccessible(page);
  },
);

test(
  'a file that was refused is read from the home page when its encoding is said',
  { tag: '@long' },
  async ({ page }) => {
    // UTF-8 in the first line, Latin-1 after it.
    const mixed = Buffer.concat([
      Buffer.from('city,größe\n', 'utf8'),
      Buffer.from('Köln,1\nGöteborg,2\nMálaga,3\n', 'latin1'),
    ]);
    await open(page, 'mixed.csv', mixed);
    const refusal = page.getByRole('alert');
    await expect(refusal).toContainText('mixed.csv: The file is not wholly UTF-8');
    await page.getByRole('button', { name: 'Set how it is read…' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(page);
    await settle(page, { Encoding: 'UTF-8' });
    await expect(page.getByRole('dialog').getByRole('alert')).toContainText('UTF-8');
    await settle(page, { Encoding: 'Latin-1 (Windows-1252)' });
    await page.waitForURL(/#\/data\//);
    await expect(page.getByText('in Latin-1')).toBeVisible();
    await expect(page.getByRole('cell', { name: 'Köln' }).first()).toBeVisible();
    await expect(page.getByRole('columnheader', { name: 'grÃ¶ÃŸe' })).toBeVisible();
  },
);

test('another sheet of a workbook is read', { tag: '@long' }, async ({ page }) => {
  const book = writeWorkbook({
    sheets: {
      May: plainRows([
        ['city', 'rain'],
        ['Lima', 1],
        ['Oslo', 61],
      ]),
      June: plainRows([
        ['town', 'sun', 'wind'],
        ['Rome', 9, 2],
      ]),
    },
  });
  await open(page, 'weather.xlsx', book);
  await expectColumns(page, ['city', 'rain']);
  await page.getByRole('button', { name: 'Read it differently…' }).click();
  await expect(page.getByLabel('Sheet')).toContainText('As found: May');
  await expect(page.getByLabel('Encoding')).toBeHidden();
  await expectAccessible(page);
  await expect(await settle(page, { Sheet: 'June' })).toBeHidden();
  await expectColumns(page, ['town', 'sun', 'wind']);
  await expect(page.getByText('sheet “June”')).toBeVisible();
});
