import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';
import {
  bytesOf,
  download,
  editYaml,
  expectResults,
  importCsv,
  importSample,
  train,
} from './journey.ts';

async function openContract(page: Page): Promise<string> {
  const datasetId = await importSample(page, 'penguins.csv');
  await page.goto(`./#/contract/${datasetId}?target=species`);
  await expect(page.getByText('6 inputs, nothing pinned.')).toBeVisible();
  return datasetId;
}

async function schemaOf(page: Page): Promise<Record<string, unknown>> {
  const file = await download(page, 'Download JSON Schema');
  expect(file.suggestedFilename()).toBe('contract.schema.json');
  return JSON.parse((await bytesOf(file)).toString('utf8')) as Record<string, unknown>;
}

test.describe('the contract', () => {
  test('is accessible', { tag: '@long' }, async ({ page }) => {
    const datasetId = await importSample(page, 'penguins.csv');
    await page.goto(`./#/contract/${datasetId}`);
    await page.getByRole('link', { name: /^species/ }).click();
    await page.getByRole('button', { name: 'Pin all to what the data holds' }).click();
    await page.getByRole('checkbox', { name: 'sex is known in time' }).uncheck();
    await page.getByLabel('Largest body_mass_g').fill('3000');
    await expect(page.getByText(/row 1 \(3750\)/).first()).toBeVisible();
    await page.getByText('Read it here').click();
    await expectAccessible(page);
  });

  test('stands between data and setup, and asks for a target first', async ({ page }) => {
    const datasetId = await importSample(page, 'penguins.csv');
    await page.getByRole('link', { name: 'Contract (open)' }).click();
    await page.getByRole('link', { name: /^island/ }).click();
    await expect(page).toHaveURL(new RegExp(`#/contract/${datasetId}\\?target=island`));
    await page.getByRole('link', { name: 'Go on to the setup' }).click();
    await expect(page.getByRole('heading', { name: 'Set up training' })).toBeVisible();
    await expect(page.getByLabel('Target')).toHaveValue('island');
  });

  test('pins what the data holds, with one click for a column or for all', async ({ page }) => {
    await openContract(page);
    await page.getByRole('button', { name: 'Pin body_mass_g to what the data holds' }).click();
    await expect(page.getByLabel('Smallest body_mass_g')).toHaveValue('2700');
    await expect(page.getByLabel('Largest body_mass_g')).toHaveValue('6300');
    await page.getByRole('button', { name: 'Pin all to what the data holds' }).click();
    await expect(page.getByText('6 inputs, 6 pinned.')).toBeVisible();
    await expect(page.getByLabel('Values of island, one on each line')).toHaveValue(
      'Biscoe\nDream\nTorgersen',
    );
    await expect(page.getByRole('checkbox', { name: 'island may be missing' })).not.toBeChecked();
    await expect(page.getByRole('checkbox', { name: 'sex may be missing' })).toBeChecked();
    await page.getByRole('button', { name: 'Unpin all' }).click();
    await expect(page.getByLabel('Smallest body_mass_g')).toHaveValue('');
  });

  test('says which rows break what is pinned, at its field', async ({ page }) => {
    await openContract(page);
    await page.getByLabel('Largest body_mass_g').fill('6000');
    const row = page.getByRole('listitem').filter({ hasText: 'body_mass_g' });
    await expect(row).toContainText('2 of 344 rows have another value: row 238 (6300)');
    await page.getByLabel('Smallest body_mass_g').fill('7000');
    await expect(row).toContainText('begins at 7000, after its end at 6000');
    await expect(page.getByText('It is written as soon as the contract can hold.')).toBeVisible();
    await page.getByRole('button', { name: 'Unpin body_mass_g' }).click();
    await expect(page.getByRole('button', { name: 'Download JSON Schema' })).toBeVisible();
  });

  test('is the same draft as the setup and its YAML', async ({ page }) => {
    const datasetId = await openContract(page);
    await page.getByLabel('One row is').fill('one adult penguin');
    await page.getByRole('checkbox', { name: 'sex is known in time' }).uncheck();
    await page.getByLabel('Macro F1 at least').fill('1.5');
    await expect(
      page.getByText(/contract\.threshold is 1\.5, and Macro F1 can only be 0 to 1/).first(),
    ).toBeVisible();
    await page.getByLabel('Macro F1 at least').fill('0.9');
    await page.getByRole('link', { name: 'Go on to the setup' }).click();
    await expect(page.getByLabel('Read sex as')).toContainText('left out (not known in time)');
    await expect(page.getByText('Not known when a prediction is wanted: left out.')).toBeVisible();
    await editYaml(page, (yaml) => yaml.replace('threshold: 0.9', 'threshold: 0.95'));
    await page.goto(`./#/contract/${datasetId}?target=species`);
    await expect(page.getByLabel('Macro F1 at least')).toHaveValue('0.95');
    await expect(page.getByLabel('One row is')).toHaveValue('one adult penguin');
    await expect(page.getByText('5 inputs, nothing pinned, 1 not known in time.')).toBeVisible();

    await page.getByRole('link', { name: 'Go on to the setup' }).click();
    await page.getByRole('button', { name: 'Take sex as known in time' }).click();
    await editYaml(page, (yaml) => yaml.replace('seed: 1', 'seed: ['));
    await page.goto(`./#/contract/${datasetId}?target=species`);
    await page.getByRole('button', { name: 'Back to the last valid spec' }).click();
    await expect(page.getByText('6 inputs, nothing pinned.')).toBeVisible();
  });

  test('is exported as JSON Schema, kept by the model and held against the run', async ({
    page,
  }) => {
    await openContract(page);
    await page.getByRole('button', { name: 'Pin body_mass_g to what the data holds' }).click();
    await page.getByLabel('Macro F1 at least').fill('0.5');
    await page.getByLabel('Throughput at least').fill('1e12');
    const schema = await schemaOf(page);
    const valid = new Ajv2020({ strict: false }).compile(schema);
    expect(valid({ body_mass_g: 6300, island: 'Dream' })).toBe(true);
    expect(valid({ body_mass_g: 6301, island: 'Dream' })).toBe(false);

    await page.getByRole('link', { name: 'Go on to the setup' }).click();
    await page.getByLabel('Backend').selectOption('wasm');
    await train(page);
    await expectResults(page);
    await expect(page.getByText('The exported model misses 1 of 2 things')).toBeVisible();
    await expect(page.getByText('Macro F1 met', { exact: true })).toBeVisible();
    await expect(page.getByText('Throughput not met', { exact: true })).toBeVisible();

    await page.getByRole('link', { name: 'Predict with it' }).click();
    await expect(
      page.getByText('Training range 2700 to 6300. Allowed: 2700 to 6300.'),
    ).toBeVisible();
    await page.getByLabel('body_mass_g').fill('6400');
    await expect(
      page
        .getByText(/column "body_mass_g": the value is 6400, and the contract allows 2700 to 6300/)
        .first(),
    ).toBeVisible();
  });

  test('stays quick with two hundred columns', async ({ page }) => {
    const names = Array.from({ length: 200 }, (_, i) => `sensor ${i}.a`);
    const rows = Array.from({ length: 60 }, (_, row) =>
      [...names.map((_, i) => ((row * 7 + i * 13) % 101) / 10), row % 2 === 0 ? 'on' : 'off'].join(
        ',',
      ),
    );
    const csv = [[...names, 'state'].join(','), ...rows].join('\n');
    const datasetId = await importCsv(page, 'sensors.csv', Buffer.from(csv));
    await page.goto(`./#/contract/${datasetId}?target=state`);
    await page.getByRole('button', { name: 'Pin all to what the data holds' }).click();
    await expect(page.getByText('200 inputs, 200 pinned.')).toBeVisible();
    await expect(page.getByRole('button', { name: /^Unpin sensor/ })).toHaveCount(25);
    await page.getByRole('button', { name: 'Show 25 more of 200' }).click();
    await expect(page.getByRole('button', { name: /^Unpin sensor/ })).toHaveCount(50);
    await page.getByLabel('Find a column').fill('sensor 199');
    await page.getByLabel('Smallest sensor 199.a').fill('-5');
    await expect(page.getByLabel('Smallest sensor 199.a')).toHaveValue('-5');
    expect(Object.keys((await schemaOf(page))['properties'] as object)).toHaveLength(200);
  });
});
