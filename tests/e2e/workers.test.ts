import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';
import { openSetup, replaceTrainer, train } from './journey.ts';

test.describe('a worker that fails', () => {
  test(
    'to listen is ended by a cancel, and the next run trains',
    { tag: '@long' },
    async ({ page }) => {
      await replaceTrainer(page, 'for (;;);');
      await openSetup(page, 'penguins.csv', 'species');
      await train(page);
      await page.getByRole('button', { name: 'Cancel' }).click();
      await expect(page.getByRole('main').getByText('cancelled', { exact: true })).toBeVisible({
        timeout: 2_000,
      });

      await page.unroute('**/train.worker-*.js');
      await page.getByRole('link', { name: 'Setup (done)' }).click();
      await page.getByLabel('Backend').selectOption('wasm');
      await train(page);
      await expect(page.getByRole('link', { name: 'Results (done)' })).toBeVisible({
        timeout: 60_000,
      });
    },
  );

  test('with an error fails its run, and says why', { tag: '@accessible' }, async ({ page }) => {
    await replaceTrainer(page, "setTimeout(() => { throw new Error('out of memory'); }, 300);");
    await openSetup(page, 'penguins.csv', 'species');
    await train(page);
    const alert = page.getByRole('alert');
    await expect(alert).toContainText('The worker that computes in the background stopped');
    await expect(alert).toContainText('out of memory');
    await expectAccessible(page);

    await page.goto('./');
    await expect(page.getByRole('region', { name: 'Recent runs' })).toContainText('out of memory');
  });
});
