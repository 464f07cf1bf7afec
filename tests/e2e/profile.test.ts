import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';
import { bytesOf, download, importCsv, importSample } from './journey.ts';

function columnItem(page: Page, name: string) {
  return page
    .getByRole('region', { name: 'Columns' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name, exact: true }) });
}

test.describe('the profile on the page of a data set', () => {
  test('describes each column in a few figures, and in full', async ({ page }) => {
    await importSample(page, 'penguins.csv');
    const mass = columnItem(page, 'body_mass_g');
    await expect(
      mass.getByRole('img', { name: 'Distribution of body_mass_g from 2700 to 6300' }),
    ).toBeVisible();
    await expect(mass).toContainText('mean 4202 ± 802');
    await expect(mass).toContainText('quartiles 3550 · 4050 · 4750');
    await expect(mass).toContainText('for example 3750, 3800, 3250');
    await expect(mass).toContainText('2 missing (0.6%)');
    await expect(columnItem(page, 'island')).toContainText(/Biscoe\s*48\.8%/);

    await mass.getByText('Details').click();
    await expect(mass.getByText('standard deviation')).toBeVisible();
    await mass.getByText('Show as table').click();
    const bins = mass.getByRole('region', { name: 'Values of body_mass_g, as a table' });
    await expect(bins.getByRole('row')).toHaveCount(12);
    await expect(bins.getByRole('row').nth(1)).toContainText('2700');

    const sheet = await bytesOf(await download(page, 'CSV of Columns of penguins.csv'));
    const [header, ...rows] = sheet.toString('utf8').trim().split('\r\n');
    expect(header).toMatch(/^column,type,rows with a value,missing,distinct,mean,/);
    expect(rows).toHaveLength(7);
    expect(rows[5]).toMatch(/^body_mass_g,\w+,342,2,94,4201\.75/);
  });

  test('maps what goes together, by pointer, by keyboard and as a table', async ({ page }) => {
    await importSample(page, 'penguins.csv');
    const section = page.getByRole('region', { name: 'What goes together' });
    await expect(section.getByText('0.87', { exact: true }).first()).toBeVisible();
    const reader = section.getByRole('slider', { name: 'Read a pair of columns' });
    await reader.focus();
    await page.keyboard.press('ArrowRight');
    await expect(reader).toHaveAttribute(
      'aria-valuetext',
      'species and island: Cramér’s V (bias-corrected) 0.66.',
    );
    await page.keyboard.press('ArrowRight');
    await expect(section.getByText(/^species and bill_length_mm: correlation ratio/)).toBeVisible();

    await section.getByLabel('numbers, Spearman').check({ force: true });
    await section.getByText('Show as table').click();
    const table = section.getByRole('region', { name: /as a table$/ });
    await expect(table.getByRole('row')).toHaveCount(7);
    await expect(table.getByRole('row').nth(1)).toContainText(
      'flipper_length_mmbody_mass_gSpearman’s ρ0.840',
    );
    const csv = await bytesOf(await download(page, 'CSV of Associations between columns'));
    expect(csv.toString('utf8')).toContain('flipper_length_mm,body_mass_g,Spearman’s ρ,0.8399');
    const svg = await bytesOf(await download(page, 'SVG of Associations between columns'));
    expect(svg.toString('utf8')).toContain('flipper_length_mm');
  });

  test('measures what tells the target, for each that is chosen', async ({ page }) => {
    await importSample(page, 'penguins.csv');
    await page.getByLabel('Target column').selectOption('species');
    await expect(
      page.getByRole('img', { name: /^Predictive power for species\. flipper_length_mm 0\.\d\d/ }),
    ).toBeVisible();
    await page.getByLabel('Target column').selectOption('body_mass_g');
    await expect(
      page.getByRole('heading', { name: 'What tells body_mass_g by itself' }),
    ).toBeVisible();
    await expect(
      page.getByRole('img', { name: /^Predictive power for body_mass_g\. flipper_length_mm 0/ }),
    ).toBeVisible();
  });

  test('is kept: a reload computes nothing', async ({ page }) => {
    await importSample(page, 'penguins.csv');
    await page.getByLabel('Target column').selectOption('sex');
    await expect(page.getByRole('heading', { name: 'What tells sex by itself' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'What goes together' })).toBeVisible();
    // Without its worker the page has only what is stored.
    await page.route('**/data.worker-*.js', (route) => route.abort());
    await page.reload();
    await expect(page.getByRole('heading', { name: 'What tells sex by itself' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'What goes together' })).toBeVisible();
    await expect(columnItem(page, 'body_mass_g')).toContainText('mean 4202 ± 802');
    await expect(page.getByRole('progressbar')).toHaveCount(0);
  });

  test('says why a target cannot be measured, and shows the rest', async ({ page }) => {
    const rows = Array.from({ length: 30 }, (_, row) => `${row * 1.5},x`).join('\n');
    const id = await importCsv(page, 'constant.csv', Buffer.from(`n,same\n${rows}\n`));
    await page.goto(`./#/data/${id}?target=same`);
    await expect(page.getByText('Column "same" holds the same value in every row')).toBeVisible();
    await expect(columnItem(page, 'n')).toContainText('mean 21.75');
  });

  test('is accessible, with everything open', { tag: '@long' }, async ({ page }) => {
    await importSample(page, 'penguins.csv');
    await page.getByLabel('Target column').selectOption('species');
    await expect(page.getByRole('heading', { name: 'What tells species by itself' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'What goes together' })).toBeVisible();
    const island = columnItem(page, 'island');
    await columnItem(page, 'body_mass_g').getByText('Details').click();
    await island.getByText('Details').click();
    await island.getByText('Show as table').click();
    await page.getByText('Show all columns as a table').click();
    await expectAccessible(page);
  });

  test('can be cancelled and continued', { tag: '@long' }, async ({ page }) => {
    // Pairs with holes are ranked anew for each pair, which takes a while.
    await importCsv(
      page,
      'holes.csv',
      tableOf(60, 20_000, (row, i) => (row + i) % 7 === 0),
    );
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByText('Stopped. What was found so far is kept.')).toBeVisible();
    await page.getByRole('button', { name: 'Continue' }).click();
    const section = page.getByRole('region', { name: 'What goes together' });
    await expect(section.getByRole('slider')).toBeVisible({ timeout: 60_000 });
    await expect(page.getByRole('button', { name: 'Continue' })).toBeHidden();
  });

  test('of 200 columns stays usable', { tag: '@long' }, async ({ page }) => {
    await importCsv(page, 'wide.csv', tableOf(200, 1_000));
    const section = page.getByRole('region', { name: 'What goes together' });
    await expect(section.getByRole('slider')).toBeVisible({ timeout: 60_000 });
    expect(await section.locator('svg *').count()).toBeLessThan(150);
    await expect(columnItem(page, 'column 199')).toContainText('quartiles');
    await section.getByText('Show as table').click();
    await expect(section.getByText('The first 500 of 19,900 rows')).toBeVisible();
  });
});

/** A CSV of numbers, empty where told. */
function tableOf(
  columns: number,
  rows: number,
  isMissing: (row: number, column: number) => boolean = () => false,
): Buffer {
  const names = Array.from({ length: columns }, (_, i) => `column ${i}`);
  const lines = Array.from({ length: rows }, (_, row) =>
    names
      .map((_, i) => (isMissing(row, i) ? '' : String(((row + 1) * (i + 3) * 7919) % 1009)))
      .join(','),
  );
  return Buffer.from(`${names.join(',')}\n${lines.join('\n')}\n`);
}
