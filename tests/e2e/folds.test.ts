import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';
import { editYaml, expectResults, importCsv, openSetup, train } from './journey.ts';

test('a run with folds: set up by form and YAML alike, trained, and shown fold by fold', async ({
  page,
}) => {
  await openSetup(page, 'penguins.csv', 'species');
  await page.getByLabel('Cross-validation').selectOption('3 folds');
  const held = page.getByRole('table', { name: 'What each fold tests with' });
  await expect(held.getByRole('row')).toHaveCount(4);
  await expect(held).toContainText('Adelie');
  await page.getByLabel('Backend').selectOption('wasm');
  await editYaml(page, (yaml) => {
    expect(yaml).toMatch(/folds: 3/);
    return yaml.replace('epochs: 100', 'epochs: 8');
  });
  await train(page);
  await expectResults(page);
  await expect(page.getByRole('heading', { name: 'Cross-validation' })).toBeVisible();
  const chart = page.getByRole('img', { name: /^Macro F1 in 3 folds/ });
  await expect(chart).toHaveAttribute('aria-label', /logistic: 0\.9\d+ ± 0\.\d+/);
  await expect(chart.locator('circle')).toHaveCount(9);
});

test('a run with folds is accessible', { tag: '@long' }, async ({ page }) => {
  await openSetup(page, 'penguins.csv', 'species');
  await page.getByLabel('Cross-validation').selectOption('3 folds');
  await expect(page.getByRole('table', { name: 'What each fold tests with' })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('Backend').selectOption('wasm');
  await train(page);
  await expectResults(page);
  await page.getByRole('heading', { name: 'Cross-validation' }).scrollIntoViewIfNeeded();
  await expectAccessible(page);
});

test('folds that cannot be made are refused in the setup, with what to do', async ({ page }) => {
  const visits = Array.from({ length: 60 }, (_, i) => `p${i % 5},${i % 7},${i % 2 ? 'a' : 'b'}`);
  const csv = `patient,weight,outcome\n${visits.join('\n')}\n`;
  const datasetId = await importCsv(page, 'visits.csv', Buffer.from(csv));
  await page.goto(`./#/setup/${datasetId}?target=outcome`);
  await page.getByLabel('Rows are dealt').selectOption('By group');
  await page.getByLabel('Group column').selectOption('patient');
  await page.getByLabel('Cross-validation').selectOption('5 folds');
  await expect(
    page.getByText(/\d groups, and 5 folds need at least one each/).first(),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: 'Train' })).toBeDisabled();
});
