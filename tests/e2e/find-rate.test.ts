import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';
import { bytesOf, download, editYaml, endless, openSetup, train } from './journey.ts';

test(
  'a learning rate is found by a range test, shown and used by keyboard',
  { tag: '@long' },
  async ({ page }) => {
    await openSetup(page, 'penguins.csv', 'species');
    await page.getByLabel('Backend').selectOption('wasm');
    const heading = page.getByRole('heading', { name: 'Neural network' });
    const network = page.getByRole('listitem').filter({ has: heading });
    await network.getByText('Change parameters').click();
    await network.getByRole('button', { name: 'Find a rate' }).press('Enter');
    const chart = network.getByRole('slider', { name: /^Loss by learning rate: \d+ steps/ });
    await expect(chart).toBeVisible({ timeout: 60_000 });

    await chart.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await expect(
      network.getByText(/^Step \d+, at a learning rate of .*: smoothed loss/),
    ).toBeVisible();
    await network.getByText('Show as table').press('Enter');
    await expect(network.getByRole('row', { name: /^1 1\.0e−7/ })).toBeVisible();
    const csv = await bytesOf(await download(page, 'CSV of Loss by learning rate'));
    expect(csv.toString()).toMatch(/^step,learning rate,smoothed loss,loss of the step\r\n1,1e-7,/);

    const use = network.getByRole('button', { name: /^Use / }).first();
    const rate = (await use.textContent())?.trim().replace('Use ', '') ?? '';
    await use.press('Enter');
    const field = network.getByLabel('Learning rate', { exact: true });
    await expect(field).toHaveValue(rate);
    await expect(use).toBeEnabled();
    await expectAccessible(page);
    await network.getByLabel('Batch size').fill('16');
    await expect(network.getByText('The spec has changed since this was found.')).toBeVisible();
    await expect(use).toBeDisabled();
  },
);

test(
  'a search waits for the training before it, and is cancelled',
  { tag: '@long' },
  async ({ page, context }) => {
    await openSetup(page, 'penguins.csv', 'species');
    const address = page.url();
    await editYaml(page, endless);
    await train(page);
    await expect(page.getByRole('button', { name: 'Cancel' })).toBeVisible();
    const other = await context.newPage();
    await other.goto(address);
    await other.getByText('Change parameters').last().click();
    await other.getByRole('button', { name: 'Find a rate' }).click();
    await expect(other.getByText('Waiting for its turn')).toBeVisible();
    await other.getByRole('button', { name: 'Cancel' }).click();
    await expect(other.getByText('Waiting for its turn')).toBeHidden();
    await expect(other.getByRole('button', { name: 'Find a rate' })).toBeEnabled();
    await page.getByRole('button', { name: 'Cancel' }).click();
  },
);
