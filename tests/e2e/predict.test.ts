import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { repository } from '#cli/prepare.mjs';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';
import { bytesOf, download, trainSample, type Sample } from './journey.ts';

async function openPrediction(page: Page, sample: Sample, target: string): Promise<void> {
  await trainSample(page, sample, target);
  await page.getByRole('link', { name: 'Predict with it' }).click();
  await expect(page.getByRole('heading', { name: `Predict ${target}` })).toBeVisible();
  await expect(page.getByText(/in onnxruntime, in this tab/)).toBeVisible();
}

async function give(page: Page, name: string, content: string): Promise<void> {
  await page
    .getByLabel('Drop a file of new rows, or choose one')
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
}

const header = 'island,bill_length_mm,bill_depth_mm,flipper_length_mm,body_mass_g,sex';

test.describe('predicting', () => {
  test('is accessible, with notes, errors and a file', { tag: '@long' }, async ({ page }) => {
    await openPrediction(page, 'penguins.csv', 'species');
    await expect(page.getByRole('list', { name: 'Probabilities' })).toBeVisible();
    await page.getByLabel('body_mass_g').fill('99999');
    await page.getByLabel('bill_length_mm').fill('long');
    await expect(page.getByRole('alert')).toBeVisible();
    await give(page, 'new.csv', `${header}\nBiscoe,46,15,220,5000,male\n`);
    await expect(page.getByRole('button', { name: 'predictions.csv' })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Read it differently…' }).click();
    await expect(page.getByLabel('Decimal mark')).toBeVisible();
    await expectAccessible(page);
  });

  test('by form: typed values, what is out of range, what is missing', async ({ page }) => {
    await openPrediction(page, 'penguins.csv', 'species');
    const answer = page.locator('p.answer');
    await page.getByLabel('island').selectOption({ label: 'Biscoe' });
    await page.getByLabel('bill_length_mm').fill('48');
    await page.getByLabel('bill_depth_mm').fill('15');
    await page.getByLabel('flipper_length_mm').fill('220');
    await page.getByLabel('body_mass_g').fill('5400');
    await page.getByLabel('sex').selectOption({ label: 'male' });
    await expect(answer).toHaveText('Gentoo');
    const bars = page.getByRole('list', { name: 'Probabilities' }).getByRole('listitem');
    await expect(bars).toHaveCount(3);
    await expect(bars.first()).toContainText('Gentoo');

    await page.getByLabel('body_mass_g').fill('9000');
    await expect(page.getByText('This is above all training values')).toBeVisible();
    await expect(answer).toHaveText('Gentoo');
    await page.getByLabel('body_mass_g').fill('');
    await expect(page.getByText('Missing: the model fills it in')).toBeVisible();
    await expect(answer).toHaveText('Gentoo');

    await page.getByLabel('island').selectOption({ label: 'another value…' });
    await page.getByLabel('Another island').fill('Anvers');
    await expect(page.getByText('Not seen in training')).toBeVisible();
    await expect(answer).toHaveText('Gentoo');

    await page.getByLabel('bill_depth_mm').fill('shallow');
    await expect(page.getByLabel('bill_depth_mm')).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByText('"shallow" is not a number.', { exact: true })).toBeVisible();
    const refusal = page.getByRole('alert');
    await expect(refusal).toContainText('column "bill_depth_mm": "shallow" is not a number');
    await expect(refusal).toContainText('clear its field where it is missing');
    await page.getByRole('button', { name: 'Typical values' }).click();
    await expect(page.getByRole('alert')).toBeHidden();

    await page.getByLabel('Candidate').selectOption('baseline');
    await expect(answer).toHaveText('Adelie');
  });

  test('by CSV: the table, the file, and errors that name row and column', async ({ page }) => {
    await openPrediction(page, 'penguins.csv', 'species');
    const sample = await readFile(join(repository, 'public/samples/penguins.csv'), 'utf8');
    await give(page, 'penguins.csv', sample);
    await expect(page.getByText('344 rows predicted by')).toBeVisible();
    const table = page.getByRole('region', { name: 'The first 20 of 344 rows' });
    await expect(table.getByRole('row')).toHaveCount(21);
    await expect(table.getByRole('row').nth(1)).toContainText('Adelie');
    const file = await download(page, 'predictions.csv');
    expect(file.suggestedFilename()).toBe('predictions.csv');
    const [head = '', ...lines] = (await bytesOf(file)).toString().trimEnd().split('\n');
    expect(head).toBe(
      `species,${header},predicted_species,probability_Adelie,probability_Chinstrap,probability_Gentoo`,
    );
    expect(lines).toHaveLength(344);
    const right = lines.filter((line) => line.split(',')[0] === line.split(',')[7]);
    expect(right.length / lines.length).toBeGreaterThan(0.97);

    // The run's own data gives the same without its file, and after what was refused.
    await give(page, 'short.csv', 'island,sex\nBiscoe,male\n');
    await expect(page.getByRole('alert')).toBeVisible();
    await expect(page.getByText(/rows that trained the model are among them/)).toBeVisible();
    await page.getByRole('button', { name: 'Predict the rows of penguins.csv' }).click();
    await expect(page.getByText('344 rows predicted by')).toBeVisible();
    await expect(page.getByRole('alert')).toBeHidden();
    expect(await bytesOf(await download(page, 'predictions.csv'))).toEqual(await bytesOf(file));

    await give(
      page,
      'bad.csv',
      `${header}\nBiscoe,46,15,220,5000,male\nBiscoe,46,deep,220,5000,male\n`,
    );
    await expect(page.getByRole('alert')).toContainText('Row 2, column "bill_depth_mm": "deep"');
    await give(page, 'short.csv', 'island,sex\nBiscoe,male\n');
    await expect(page.getByRole('alert')).toContainText(
      'The rows lack the columns "bill_length_mm"',
    );
    await give(page, 'ragged.csv', `${header}\nBiscoe,46,15\n`);
    await expect(page.getByRole('alert')).toContainText(/line 2/i);
  });

  test('from a file that is read as one says', async ({ page }) => {
    await openPrediction(page, 'penguins.csv', 'species');
    // A sign that is not looked for, and decimal commas that the training rows do not have.
    const rows = `${header.replaceAll(',', '~')}\nBiscoe~46,5~15~220~5000~male\nDream~40~18,25~190~3600~\n`;
    await give(page, 'german.csv', rows);
    await expect(page.getByRole('alert')).toContainText('data.read.delimiter');
    await page.getByRole('button', { name: 'Set how it is read…' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByLabel('Decimal mark')).toContainText('As in the training rows');
    await dialog.getByLabel('Between columns stand').selectOption('Another character');
    await dialog.getByLabel('The character between columns').fill('~');
    await dialog.getByRole('button', { name: 'Read it so' }).click();
    await expect(dialog.getByRole('alert')).toContainText('"46,5" is not a number');
    await expect(dialog.getByRole('alert')).toContainText('data.read.decimal');
    await dialog.getByLabel('Decimal mark').selectOption('Comma, as in 3,14');
    await dialog.getByRole('button', { name: 'Read it so' }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText('2 rows predicted by')).toBeVisible();
    await expect(page.getByText('Read as: text table separated by “~”')).toBeVisible();
    const table = page.getByRole('region', { name: '2 rows' });
    await expect(table.getByRole('row').nth(1)).toContainText('Gentoo');

    await page.getByRole('button', { name: 'Read it differently…' }).click();
    await dialog.getByLabel('The first line').selectOption('Is a row like the others');
    await dialog.getByRole('button', { name: 'Read it so' }).click();
    await expect(dialog.getByRole('alert')).toContainText('data.read.header');
    await page.keyboard.press('Escape');
    await expect(page.getByText('2 rows predicted by')).toBeVisible();
    await expect(page.getByRole('alert')).toBeHidden();
  });

  test('a regression gives a value, after a reload too', { tag: '@long' }, async ({ page }) => {
    await openPrediction(page, 'seattle-weather.csv', 'temp_min');
    const answer = page.locator('p.answer');
    await page.getByLabel('temp_max').fill('30');
    await expect.poll(async () => Number(await answer.textContent())).toBeGreaterThan(9);
    await page.getByLabel('temp_max').fill('1');
    await expect
      .poll(async () => Number((await answer.textContent())?.replace('−', '-')))
      .toBeLessThan(4);
    await page.reload();
    await expect(answer).toHaveText(/^-?[\d.]+$/);
    await expect(page.getByText(/^The training target has mean/)).toBeVisible();
  });
});
