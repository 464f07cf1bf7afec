import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';
import { editYaml, importCsv, importSample, openSetup } from './journey.ts';

test.describe('setting up a run', () => {
  test('is accessible', { tag: '@long' }, async ({ page }) => {
    const datasetId = await importSample(page, 'penguins.csv');
    await page.goto(`./#/setup/${datasetId}`);
    await expect(page.getByRole('heading', { name: 'What should be predicted?' })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('link', { name: /^species/ }).click();
    await expect(page.getByRole('button', { name: 'Train' })).toBeEnabled();
    await page.getByText('Change parameters').last().click();
    await expectAccessible(page);
    await editYaml(page, (yaml) => yaml.replace('test: 0.2', 'test: -0.2'));
    await expect(page.getByRole('button', { name: 'Train' })).toBeDisabled();
    await expectAccessible(page);
  });

  test('proposes a spec that says why the task is what it is', async ({ page }) => {
    await openSetup(page, 'penguins.csv', 'species');
    await expect(page.getByLabel('Task')).toHaveValue('classification');
    await expect(
      page.getByText('Suggested, because species holds texts, 3 distinct.'),
    ).toBeVisible();
    await expect(
      page.getByText('4 numeric and 2 categorical inputs.', { exact: true }),
    ).toBeVisible();
    await page.getByLabel('Target').selectOption('body_mass_g');
    await expect(page.getByLabel('Task')).toHaveValue('regression');
    await page.getByLabel('Task').selectOption('classification');
    await expect(page.getByText(/^Chosen by hand\. Suggested was regression/)).toBeVisible();
  });

  test('says which order the words of a column have, to be kept, changed or taken away', async ({
    page,
  }) => {
    const rows = Array.from(
      { length: 90 },
      (_, i) => `${((i * 37) % 311) / 10},${['low', 'high', 'medium'][i % 3]}`,
    );
    const csv = Buffer.from(['dose,risk', ...rows].join('\n'));
    const datasetId = await importCsv(page, 'risks.csv', csv);
    await expect(page.getByText('ordered category')).toBeVisible();
    await expect(page.getByText('whose words have an order: low < medium < high')).toBeVisible();
    await page.goto(`./#/setup/${datasetId}?target=dose`);
    const read = page.getByLabel('Read risk as');
    await expect(read).toContainText('ordinal (inferred)');
    await read.selectOption('ordinal');
    const order = page.getByLabel('Order of risk, lowest first');
    await expect(order).toHaveValue('low, medium, high');
    await expect(page.getByRole('button', { name: 'Train' })).toBeEnabled();
    await read.selectOption('categorical');
    await expect(order).toBeHidden();
    await expect(page.getByRole('button', { name: 'Train' })).toBeEnabled();
  });

  test('adds a candidate with balanced classes and steps of its own', async ({ page }) => {
    await openSetup(page, 'penguins.csv', 'species');
    await page.getByText('Add a candidate').click();
    await page.getByRole('button', { name: 'Gradient boosting' }).click();
    await expect(page.getByText('Gradient boosting was added above.')).toBeVisible();
    const heading = page.getByRole('heading', { name: 'Gradient boosting' });
    const added = page.getByRole('listitem').filter({ has: heading });
    await added.getByText('Balance classes, own steps').click();
    await added.getByLabel('Rare classes').selectOption('smote');
    await added.getByLabel('Neighbours').fill('0');
    await expect(added.getByText(/must be an integer from 1 to 100, and got 0/)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Train' })).toBeDisabled();
    await added.getByLabel('Rare classes').selectOption('oversample');
    await added.getByLabel('Steps').selectOption('own');
    await added.getByRole('button', { name: 'Remove step 2' }).click();
    await expect(page.getByRole('button', { name: 'Train' })).toBeEnabled();
    await page.getByRole('tab', { name: 'YAML' }).click();
    await expect(page.getByRole('textbox').last()).toHaveValue(
      /model: gradient_boosting[^]*balance:\n\s+method: oversample[^]*steps:\n\s+- step: impute/,
    );
  });

  test(
    'takes a weight for each class, and a share of the features',
    { tag: '@long' },
    async ({ page }) => {
      await openSetup(page, 'penguins.csv', 'species');
      await page.getByText('Add a candidate').click();
      await page.getByRole('button', { name: 'Random forest' }).click();
      const heading = page.getByRole('heading', { name: 'Random forest' });
      const added = page.getByRole('listitem').filter({ has: heading });
      await added.getByText('Change parameters').click();
      await added.getByLabel('Features tried at a node').selectOption('a number');
      await added.getByLabel('Share of the features').fill('3');
      await expect(added.getByText(/or a number from 1e-6 to 1, and got 3/)).toBeVisible();
      await added.getByLabel('Share of the features').fill('0.3');
      await added.getByText('Balance classes, own steps').click();
      await added.getByLabel('Rare classes').selectOption('given_weights');
      const weights = added.getByRole('group', { name: 'What a row counts' });
      await weights.getByLabel('Chinstrap').fill('-2');
      await expect(weights.getByText(/numbers from 0 to 1000000, each by its name/)).toBeVisible();
      await weights.getByLabel('Chinstrap').fill('4');
      await expect(page.getByRole('button', { name: 'Train' })).toBeEnabled();
      await expectAccessible(page);
      await page.getByRole('tab', { name: 'YAML' }).click();
      await expect(page.getByRole('textbox').last()).toHaveValue(
        /max_features: 0\.3[^]*method: given_weights[^]*Chinstrap: 4/,
      );
    },
  );

  test('says what a model holds of the data, and takes a column of weights', async ({ page }) => {
    const rows = Array.from({ length: 60 }, (_, i) => `${i / 7},${1 + (i % 9) / 4},${'ab'[i % 2]}`);
    const csv = ['size,counted,kind', ...rows].join('\n');
    const datasetId = await importCsv(page, 'counted.csv', Buffer.from(csv));
    await page.goto(`./#/setup/${datasetId}?target=kind`);
    await page.getByText('Add a candidate').click();
    await page.getByRole('button', { name: 'Nearest neighbours' }).click();
    const held = /In the model’s file: Nearest neighbours keep all training rows/;
    const added = page.getByRole('listitem').filter({ hasText: held });
    await expect(added).toHaveCount(1);
    const weights = page.getByLabel('How much a row counts');
    await weights.selectOption('counted');
    await expect(page.getByRole('status').filter({ hasText: 'no weights of rows' })).toBeVisible();
    await weights.selectOption('');
    await expect(page.getByRole('button', { name: 'Train' })).toBeEnabled();
  });

  test('says what is wrong and where, and trains only when nothing is', async ({ page }) => {
    await openSetup(page, 'penguins.csv', 'species');
    const trainButton = page.getByRole('button', { name: 'Train' });
    await page.getByLabel('Training', { exact: true }).fill('0.9');
    await expect(trainButton).toBeDisabled();
    const bar = page.getByRole('status');
    await expect(
      bar.filter({ hasText: /“Split” has parts that sum to 1\.3 and not to 1/ }),
    ).toBeVisible();
    await page.getByLabel('Training', { exact: true }).fill('0,6');
    await expect(
      page.getByText('Numbers have a decimal point here: write 0.6.', { exact: true }),
    ).toBeVisible();
    await expect(trainButton).toBeDisabled();
    await page.getByLabel('Training', { exact: true }).fill('0.6');
    await expect(trainButton).toBeEnabled();

    await editYaml(page, (yaml) => yaml.replace('learning_rate: 0.005', 'learning_rate: 50'));
    await expect(
      page.getByText(/^Line \d+\. candidates\[2\]\.parameters\.learning_rate/),
    ).toBeVisible();
    await page.getByRole('tab', { name: 'Form' }).click();
    await expect(page.getByLabel('Learning rate', { exact: true })).toHaveValue('50');
    await expect(page.getByLabel('Learning rate', { exact: true })).toHaveAttribute(
      'aria-invalid',
      'true',
    );
    await expect(
      bar.filter({ hasText: /“Learning rate” of network must be a number/ }),
    ).toBeVisible();
  });

  test('an unknown key in the YAML is named, with its line', async ({ page }) => {
    await openSetup(page, 'penguins.csv', 'species');
    await editYaml(page, (yaml) => yaml.replace('seed: 1', 'sede: 1'));
    await expect(page.getByText(/sede: there is no key "sede" in a spec/).first()).toBeVisible();
    await page.getByRole('tab', { name: 'Form' }).click();
    await page.getByRole('button', { name: 'Back to the last valid spec' }).click();
    await expect(page.getByLabel('Seed')).toHaveValue('1');
  });

  test('keeps a draft when the page is left or reloaded', async ({ page }) => {
    const datasetId = await openSetup(page, 'penguins.csv', 'species');
    await page.getByLabel('Seed').fill('77');
    const address = page.url();
    await page.goto(`./#/data/${datasetId}`);
    await expect(page.getByRole('heading', { name: 'penguins.csv' })).toBeVisible();
    await page.goto(address);
    await expect(page.getByLabel('Seed')).toHaveValue('77');
    await page.reload();
    await expect(page.getByLabel('Seed')).toHaveValue('77');
  });

  test('times the backends and says which it chose', async ({ page }) => {
    await openSetup(page, 'penguins.csv', 'species');
    await page.getByRole('button', { name: 'Time them now' }).click();
    await expect(page.getByText(/^Chosen for this device: (webgpu|wasm|cpu)\.$/)).toBeVisible({
      timeout: 60_000,
    });
    await expect(page.getByRole('button', { name: 'Time them again' })).toBeVisible();
  });

  test('stays usable with two hundred columns', { tag: '@long' }, async ({ page }) => {
    const names = Array.from({ length: 200 }, (_, i) => `sensor ${i}.a`);
    const rows = Array.from({ length: 60 }, (_, row) =>
      [...names.map((_, i) => ((row * 7 + i * 13) % 101) / 10), row % 2 === 0 ? 'on' : 'off'].join(
        ',',
      ),
    );
    const csv = [[...names, 'state'].join(','), ...rows].join('\n');
    const datasetId = await importCsv(page, 'sensors.csv', Buffer.from(csv));
    await page.goto(`./#/setup/${datasetId}?target=state`);
    await expect(page.getByText('200 numeric inputs.', { exact: true })).toBeVisible();
    await page.getByLabel('Find a column').fill('sensor 19.');
    await expect(page.getByLabel('Read sensor 19.a as')).toBeVisible();
    await expect(page.getByLabel(/^Read sensor/)).toHaveCount(1);
    await page.getByLabel('Read sensor 19.a as').selectOption('ignore');
    await expect(page.getByText('199 numeric inputs, 1 left out.', { exact: true })).toBeVisible();
  });

  test('a data set that is gone says so', { tag: '@accessible' }, async ({ page }) => {
    await page.goto('./#/setup/nowhere?target=x');
    await expect(page.getByRole('heading', { name: 'This data set is not here' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Data (choose a table)' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Setup (open)' })).toHaveCount(0);
    await expectAccessible(page);
  });
});

test.describe('the split', () => {
  /** Visits of thirty patients over a hundred days, two a day. */
  const visits = Array.from({ length: 200 }, (_, row) =>
    [
      `p${row % 30}`,
      new Date(Date.UTC(2024, 0, 1 + Math.floor(row / 2))).toISOString().slice(0, 10),
      `v-${row}`,
      (50 + ((row * 37) % 101) / 3).toFixed(2),
      row % 3 === 0 ? 'ill' : 'well',
    ].join(','),
  );
  const csv = Buffer.from(['patient,day,visit,weight,outcome', ...visits].join('\n'));

  async function openVisits(page: Page): Promise<Locator> {
    const datasetId = await importCsv(page, 'visits.csv', csv);
    await page.goto(`./#/setup/${datasetId}?target=outcome`);
    const table = page.getByRole('table', { name: 'What each part holds' });
    await expect(table.getByRole('row', { name: /^Rows 120 · 60\.0% 40 · 20\.0%/ })).toBeVisible();
    await expect(table.getByRole('row', { name: /^ill 40 · 33\.3%/ })).toBeVisible();
    return table;
  }

  test(
    'by group and by time shows what each part holds, and what is left out',
    { tag: '@long' },
    async ({ page }) => {
      const table = await openVisits(page);
      await page.getByLabel('Rows are dealt').selectOption('By group');
      await expect(page.getByRole('button', { name: 'Train' })).toBeDisabled();
      await page.getByLabel('Group column').selectOption('patient');
      await expect(table.getByRole('row', { name: /^Groups \d+ \d+ \d+/ })).toBeVisible();
      await expect(page.getByText(/^Groups stay whole, so shares differ/)).toBeVisible();
      await expect(page.getByLabel('Read patient as')).toContainText('left out (deals the rows)');
      await expectAccessible(page);

      await page.getByLabel('Rows are dealt').selectOption('By time');
      await expect(page.getByLabel('Time column')).toHaveValue('day');
      await page.getByLabel('Gap, in days').fill('3');
      await expect(page.getByText('In the gap, and so in no part: 12.')).toBeVisible();
      await expect(
        table.getByRole('row', { name: /^To 2024-02-29 2024-03-20 2024-04-09/ }),
      ).toBeVisible();
    },
  );

  test('that cannot be made is refused with the reason at its field', async ({ page }) => {
    const table = await openVisits(page);
    await page.getByLabel('Rows are dealt').selectOption('By time');
    await page.getByLabel('Gap, in days').fill('60');
    await expect(page.getByLabel('Gap, in days')).toHaveAttribute('aria-invalid', 'true');
    await expect(
      page.getByText(/a gap of 60 days leaves no row for the validation part/).first(),
    ).toBeVisible();
    await expect(table).toBeHidden();
    await expect(page.getByRole('button', { name: 'Train' })).toBeDisabled();
    await page.getByLabel('Gap, in days').fill('1');
    await expect(table).toBeVisible();
    await expect(page.getByRole('button', { name: 'Train' })).toBeEnabled();
    await page.getByLabel('Rows are dealt').selectOption('By a column of the data');
    await page.getByLabel('Column of parts').selectOption('patient');
    await expect(
      page.getByText(/row 1, column "patient": "p0" is no part of a split/).first(),
    ).toBeVisible();
  });

  test('by key gives a row the same part wherever it stands', async ({ page }) => {
    await openVisits(page);
    await page.getByLabel('Key', { exact: true }).selectOption('visit');
    await expect(page.getByRole('table', { name: 'What each part holds' })).toBeVisible();
    await expect(page.getByLabel('Read visit as')).toContainText('left out (deals the rows)');
  });
});
