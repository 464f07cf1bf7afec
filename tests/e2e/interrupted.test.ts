import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';
import { editYaml, endless, expectResults, importSample, openSetup, train } from './journey.ts';

test('a run whose tab was closed says that it was interrupted and offers to run again', async ({
  page,
  context,
}) => {
  await openSetup(page, 'penguins.csv', 'species');
  await editYaml(page, endless);
  const runId = await train(page);
  await expect(page.getByText(/^training, epoch \d+ of/)).toBeVisible({ timeout: 60_000 });
  const address = page.url();
  await page.close();

  const later = await context.newPage();
  await later.goto(address);
  await expect(later.getByText(/^This run was interrupted/)).toBeVisible();
  await expect(later.getByText('The spec and the data are here')).toBeVisible();
  await expectAccessible(later);

  await later.getByRole('button', { name: 'Run it again' }).click();
  await expect(later.getByText(/^training, epoch \d+ of 10000/)).toBeVisible({ timeout: 60_000 });
  expect(later.url()).not.toContain(runId);
  await later.getByRole('button', { name: 'Cancel' }).click();
  await expect(later.getByText('This run was cancelled.')).toBeVisible();

  await later.goto('./#/runs');
  const rows = later.getByRole('list', { name: 'Runs, newest first' }).getByRole('listitem');
  await expect(rows.nth(0)).toContainText('cancelled');
  await expect(rows.nth(1)).toContainText('interrupted');
});

test('a second tab follows a run and sees its end', { tag: '@long' }, async ({ page, context }) => {
  await openSetup(page, 'penguins.csv', 'species');
  await editYaml(page, endless);
  await train(page);
  await expect(page.getByText(/^training, epoch \d+ of/)).toBeVisible({ timeout: 60_000 });
  const second = await context.newPage();
  await second.goto(page.url());
  await expect(second.getByText('Training in another tab')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(second.getByText('This run was cancelled.')).toBeVisible();
});

test(
  'a clustering that a reload interrupted gives the same weights when it is run again',
  { tag: '@long' },
  async ({ page }) => {
    test.setTimeout(180_000);
    const dataset = await importSample(page, 'seattle-weather.csv');
    const open = async (): Promise<void> => {
      await page.goto(`./#/setup/${dataset}?task=clustering`);
      await page.getByLabel('Backend').selectOption('wasm');
    };
    const hashes = async (): Promise<string> => {
      await expectResults(page);
      const found = page.getByRole('definition').filter({ hasText: /^\s*[0-9a-f]{64}\s*$/ });
      await expect(found.last()).toBeVisible();
      return (await found.allTextContents()).join(' ');
    };
    await open();
    await train(page);
    const whole = await hashes();
    expect(whole).toMatch(/[0-9a-f]{64}/);

    await open();
    // Intervals of so many resamples take seconds: time enough to be interrupted.
    await editYaml(page, (yaml) => yaml.replace('resamples: 1000', 'resamples: 10000'));
    await train(page);
    await page.getByRole('button', { name: 'Cancel' }).waitFor();
    await page.reload();
    await expect(page.getByText(/^This run was interrupted/)).toBeVisible();
    await page.getByRole('button', { name: 'Run it again' }).click();
    await expect(page.getByRole('button', { name: 'Cancel' })).toBeVisible();
    await expect.poll(hashes, { timeout: 120_000 }).toBe(whole);
  },
);
