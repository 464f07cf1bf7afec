import { expect, test } from './app.ts';
import { expectAccessible } from './accessible.ts';
import { expectResults, importSample, train } from './journey.ts';

test(
  'groups are found from the data page on, and a new row gets the one it belongs to',
  { tag: '@long' },
  async ({ page }) => {
    test.setTimeout(120_000);
    await importSample(page, 'penguins.csv');
    await page.getByRole('link', { name: 'Find groups' }).click();
    await expect(page.getByLabel('Task')).toHaveValue('clustering');
    await expect(page.getByText(/^5 candidates for clustering, from/)).toBeVisible();
    await expect(page.getByText('Keep the shares of the')).toHaveCount(0);
    await expectAccessible(page);

    await page.getByLabel('Backend').selectOption('wasm');
    await train(page);
    await expectResults(page);
    const groups = page.getByRole('region', { name: /^Mean of each number/ });
    await expect(groups.getByRole('columnheader', { name: 'cluster 2' })).toBeVisible();
    await expect(groups.getByRole('row', { name: /^body_mass_g/ })).toBeVisible();
    await expect(page.getByRole('img', { name: /^Rows of each cluster/ })).toBeVisible();
    await expectAccessible(page);

    await page.getByRole('link', { name: 'Predict with it' }).click();
    await expect(page.getByRole('heading', { name: 'Find the cluster' })).toBeVisible();
    await expect(page.getByRole('list', { name: 'Distances' })).toContainText('cluster 2');
    await page.getByLabel('species').selectOption('Gentoo');
    await page.getByLabel('body_mass_g').fill('5600');
    await page.getByLabel('flipper_length_mm').fill('225');
    const [near] = await page.getByRole('list', { name: 'Distances' }).getByRole('listitem').all();
    await expect(near ?? page.locator('body')).toContainText('cluster 2');

    // The stages lead back to the same question.
    await page.getByRole('link', { name: 'Setup (done)' }).click();
    await expect(page.getByLabel('Task')).toHaveValue('clustering');
  },
);

test(
  'unusual rows are found, and the target can be given up in the form',
  { tag: '@long' },
  async ({ page }) => {
    test.setTimeout(120_000);
    const dataset = await importSample(page, 'penguins.csv');
    await page.goto(`./#/setup/${dataset}?target=species`);
    await page.getByLabel('Target').selectOption('');
    await page.getByLabel('Task').selectOption('anomaly_detection');
    // What was the target is no input: what is found is found without it.
    await expect(page.getByText(/1 left out\.$/).first()).toBeVisible();
    await page.getByLabel('Backend').selectOption('wasm');
    await train(page);
    await expectResults(page);
    await expect(page.getByText(/rows? (is|are) above the threshold\s+of\s+0\.\d+/)).toBeVisible();
    const highest = page.getByRole('region', { name: '20 rows with the highest scores' });
    await expect(highest.getByRole('link').first()).toHaveAttribute('href', /&row=\d+$/);
    await expectAccessible(page);

    await page.getByRole('link', { name: 'Predict with it' }).click();
    await expect(page.getByText(/^Score 0\.\d+; above 0\.\d+ a row is an anomaly/)).toBeVisible();
    await page.getByLabel('Drop a file of new rows, or choose one').setInputFiles({
      name: 'new.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(
        'island,bill_length_mm,bill_depth_mm,flipper_length_mm,body_mass_g,sex\nBiscoe,45,17,200,4200,male\nDream,90,2,500,90000,female\n',
      ),
    });
    await expect(page.getByRole('row', { name: /^2 anomaly/ })).toBeVisible();
  },
);
