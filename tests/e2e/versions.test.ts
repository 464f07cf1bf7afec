import { writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';
import { bytesOf, download, importCsv } from './journey.ts';

/** Plants: each has an id, a height and a colour. The later file has other heights, a column and 20 plants more. */
function plants(later: boolean): Buffer {
  const rows = Array.from({ length: later ? 120 : 100 }, (_, i) => {
    const height = (i % 37) + (later ? 20 : 0);
    return `p${i},${height}.5,${i % 3 === 0 ? 'red' : 'green'}${later ? `,${i % 5}` : ''}`;
  });
  const columns = `plant,height,colour${later ? ',bed' : ''}`;
  return Buffer.from(`${[columns, ...rows.slice(later ? 10 : 0)].join('\n')}\n`);
}

async function openBoth(page: Page): Promise<string> {
  const id = await importCsv(page, 'plants.csv', plants(false));
  expect(await importCsv(page, 'plants.csv', plants(true))).toBe(id);
  await expect(page.getByRole('heading', { name: 'plants.csv' })).toBeVisible();
  return id;
}

/** The line under the data set's name. */
function facts(page: Page, size: string) {
  return page.getByText(size).filter({ hasText: 'Fingerprint' });
}

test('the same bytes twice are one data set', async ({ page }) => {
  const id = await importCsv(page, 'plants.csv', plants(false));
  expect(await importCsv(page, 'copy.csv', plants(false))).toBe(id);
  await expect(page.getByRole('status')).toContainText('This file is here already');
  await expect(page.getByRole('combobox', { name: 'Version', exact: true })).toBeHidden();
});

test(
  'a changed file is a new version, says so, and shows what changed',
  { tag: '@accessible' },
  async ({ page }) => {
    await openBoth(page);
    const question = page.getByText('plants.csv was taken for version 2 of plants.csv.');
    await expect(question).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'It is a new version' }).click();
    await expect(question).toBeHidden();

    await expect(page.getByLabel('Column that tells rows apart')).toHaveValue('plant');
    await page.getByRole('button', { name: 'Compare' }).click();
    await expect(
      page.getByText(
        'From version 1 to version 2: 1 change of columns, 20 rows added, 10 rows removed, 90 rows changed; 1 column with another distribution.',
      ),
    ).toBeVisible();
    await expect(page.getByText('bed was added')).toBeVisible();
    await expect(page.getByText('Changed columns: height in 90 rows.')).toBeVisible();
    const height = page
      .getByRole('region', { name: 'How far each column’s distribution moved' })
      .getByRole('row', { name: /^height/ });
    await expect(height).toContainText('moved');
    await expect(height).toContainText('median');
    await page.getByText('The first changed rows').click();
    await expect(page.getByRole('row', { name: 'p10 height 10.5 30.5 1' })).toBeVisible();
    await expectAccessible(page);

    await page.getByLabel('Column that tells rows apart').selectOption('colour');
    await page.getByRole('button', { name: 'Compare' }).click();
    await expect(page.getByRole('alert')).toContainText(
      'The column "colour" can\'t tell rows apart',
    );
  },
);

test('a version is chosen by its address and kept in it, also for a run', async ({ page }) => {
  const id = await openBoth(page);
  await page.getByRole('combobox', { name: 'Version', exact: true }).selectOption('1');
  await expect(page).toHaveURL(new RegExp(`#/data/${id}\\?version=1$`));
  await expect(facts(page, '100 rows, 3 columns')).toBeVisible();
  await page.reload();
  await expect(facts(page, '100 rows, 3 columns')).toBeVisible();
  await page.getByLabel('Target column').selectOption('colour');
  await page.getByRole('link', { name: 'Set up training' }).click();
  await expect(page.getByText('version 1, 100 rows')).toBeVisible();
  await page.getByLabel('Backend').selectOption('cpu');
  await page.getByRole('button', { name: 'Train' }).click();
  await expect(page.getByRole('heading', { name: 'Candidates side by side' })).toBeVisible({
    timeout: 60_000,
  });
  const data = page.getByText('on plants.csv, version 1');
  await expect(data).toBeVisible();
  await data.getByRole('link').click();
  await expect(facts(page, '100 rows, 3 columns')).toBeVisible();
  await page.goto(`./#/data/${id}?version=7`);
  await expect(page.getByRole('heading', { name: 'This version is not here' })).toBeVisible();
});

test('a version that was taken for one by its name can be kept apart', async ({ page }) => {
  const id = await openBoth(page);
  await page.getByRole('button', { name: 'Keep it as a data set of its own' }).click();
  await expect(page.getByRole('status')).toContainText('a data set of its own now');
  await expect(facts(page, '110 rows, 4 columns')).toBeVisible();
  expect(page.url()).not.toContain(id);
  await page.goto(`./#/data/${id}`);
  await expect(facts(page, '100 rows, 3 columns')).toBeVisible();
});

test(
  'a data set gets a new version from its own page, another name, and its file back',
  { tag: '@accessible' },
  async ({ page }) => {
    const errors: Error[] = [];
    page.on('pageerror', (error) => errors.push(error));
    const id = await importCsv(page, 'plants.csv', plants(false));
    await page
      .getByLabel('The files of a new version of plants.csv')
      .setInputFiles({ name: 'spring.csv', mimeType: 'text/csv', buffer: plants(true) });
    await expect(facts(page, '110 rows, 4 columns')).toBeVisible();
    await expect(page.getByText('was taken for version')).toBeHidden();
    expect(errors).toEqual([]);

    await page.getByRole('button', { name: 'Rename' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('  ');
    await dialog.getByRole('button', { name: 'Rename' }).click();
    await expect(dialog.getByText('A data set needs a name.')).toBeVisible();
    await expectAccessible(page);
    await dialog.getByLabel('Name').fill('Plants of 2026');
    await dialog.getByRole('button', { name: 'Rename' }).click();
    await expect(page.getByRole('heading', { name: 'Plants of 2026' })).toBeVisible();

    const newest = await download(page, 'Export');
    expect(newest.suggestedFilename()).toBe('spring.csv');
    expect(await bytesOf(newest)).toEqual(plants(true));
    await page.goto(`./#/data/${id}?version=1`);
    await expect(facts(page, '100 rows, 3 columns')).toBeVisible();
    const first = await download(page, 'Export');
    expect(first.suggestedFilename()).toBe('plants.csv');
    expect(await bytesOf(first)).toEqual(plants(false));

    await page.getByRole('button', { name: 'Delete version 2' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByRole('status')).toHaveText('Version 2 was deleted.');
    await expect(page.getByRole('combobox', { name: 'Version', exact: true })).toBeHidden();
  },
);

test('a file that is written to while it is read is refused', async ({ page }, testInfo) => {
  const path = testInfo.outputPath('growing.csv');
  const line = `${'abcdefghij,'.repeat(9)}1\n`;
  const header = `${Array.from({ length: 10 }, (_, i) => `c${i}`).join()}\n`;
  await writeFile(path, header + line.repeat(600_000));
  await page.goto('./');
  await page.getByLabel('Drop a file of data, or choose one').setInputFiles(path);
  await expect(page.getByText(/^Reading growing.csv/)).toBeVisible();
  await writeFile(path, `${line}\n`, { flag: 'a' });
  await expect(page.getByRole('alert')).toContainText(
    'could not be read to its end: it was changed, moved or taken away meanwhile.',
    { timeout: 60_000 },
  );
  await page.goto('./#/storage');
  await expect(page.getByRole('heading', { name: 'Nothing is stored yet' })).toBeVisible();
});
