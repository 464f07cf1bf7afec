import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';
import { editYaml, endless, openSetup, train } from './journey.ts';

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
