import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';
import { editYaml, endless, expectResults, openSetup, train } from './journey.ts';
import { expectShort, longestTasks } from './trace.ts';

/** Until the network is well into its epochs. */
async function startEndless(page: Page): Promise<string> {
  await openSetup(page, 'penguins.csv', 'species');
  await editYaml(page, endless);
  const runId = await train(page);
  await expect(page.getByText(/^training, epoch [\d,]+ of 10,000$/)).toBeVisible({
    timeout: 60_000,
  });
  return runId;
}

test.describe('training', () => {
  test(
    'is accessible while it goes on and after it was cancelled',
    { tag: '@long' },
    async ({ page }) => {
      await startEndless(page);
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Cancel' }).click();
      await expect(page.getByText('This run was cancelled.')).toBeVisible();
      await expectAccessible(page);
    },
  );

  test('shows each candidate’s stage, the curves, the time gone and the time left', async ({
    page,
  }) => {
    await startEndless(page);
    const steps = page.getByRole('list', { name: 'Candidates' }).getByRole('listitem');
    await expect(steps).toHaveCount(3);
    await expect(steps.nth(0)).toContainText(/baseline done, Macro F1 0\.\d+ on validation rows/);
    await expect(steps.nth(2)).toContainText(/network training, epoch/);
    await expect(page.getByText('2 of 3 candidates done')).toBeVisible();
    await expect(page.getByText(/^\d+ s elapsed$/)).toBeVisible();
    await expect(page.getByText(/^at most .+ left for network$/)).toBeVisible();

    const now = page.getByRole('region', { name: 'network now' });
    await expect(now).toContainText(/Rows a second\s*[\d,]+/);
    await expect(now).toContainText(/Memory\s*[\d.,]+ MB/);
    await expect(
      page.getByRole('img', { name: /^On the validation rows\. network: / }),
    ).toBeVisible();
    await expect(page.getByText('The learning rate is 0.005 in every epoch.')).toBeVisible();
    await expect(page.getByRole('img', { name: /^Learning rate/ })).toHaveCount(0);
    await now.getByRole('button', { name: 'Look into the layers' }).click();
    const layers = page.getByRole('img', {
      name: /^Layers of network after [\d,]+ steps\. 1 dense/,
    });
    await expect(layers).toBeVisible();
    await expect(now.getByRole('button', { name: 'Look again' })).toBeVisible();

    const chart = page.getByRole('slider', { name: 'Read the losses at an epoch' });
    const last = Number(await chart.getAttribute('aria-valuemax'));
    await expect
      .poll(async () => Number(await chart.getAttribute('aria-valuemax')))
      .toBeGreaterThan(last);
    await chart.focus();
    await page.keyboard.press('Home');
    await expect(chart).toHaveAttribute('aria-valuetext', /^Epoch 1\. .*network: training \d/);
  });

  test('Cancel answers on screen within 200 ms, and the run says it was cancelled', async ({
    page,
  }) => {
    const runId = await startEndless(page);
    const answered = await page.evaluate(
      () =>
        new Promise<{ said: number; ended: number }>((resolve) => {
          const button = [...document.querySelectorAll('button')].find(
            ({ textContent }) => textContent.trim() === 'Cancel',
          );
          let said = 0;
          const start = performance.now();
          const look = () => {
            const text = document.querySelector('main')?.textContent ?? '';
            if (said === 0 && /Cancelling…|This run was cancelled/.test(text)) {
              said = performance.now() - start;
            }
            if (text.includes('This run was cancelled')) {
              resolve({ said, ended: performance.now() - start });
            } else requestAnimationFrame(look);
          };
          button?.click();
          requestAnimationFrame(look);
        }),
    );
    expect(answered.said).toBeLessThan(200);
    expect(answered.ended).toBeLessThan(2000);
    await expect(page.getByText('cancelled', { exact: true })).toBeVisible();
    await page.reload();
    await expect(page.getByText('This run was cancelled.')).toBeVisible();
    expect(page.url()).toContain(runId);
  });

  test(
    'a cancelled run’s spec can be changed and run to its end',
    { tag: '@long' },
    async ({ page }) => {
      await startEndless(page);
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByRole('link', { name: 'Change the spec' }).click();
      await expect(page.getByLabel('Backend')).toHaveValue('wasm');
      await editYaml(page, (yaml) => yaml.replace('epochs: 10000', 'epochs: 5'));
      await train(page);
      await expectResults(page);
    },
  );

  test(
    'a spec that cannot train on this data fails with a sentence and a way on',
    { tag: '@long' },
    async ({ page }) => {
      await openSetup(page, 'penguins.csv', 'body_mass_g');
      await editYaml(page, (yaml) =>
        yaml.replace('columns: {}', 'columns:\n  island:\n    type: numeric'),
      );
      await train(page);
      await expect(page.getByRole('alert')).toContainText(/"island": "Torgersen" is not a number/, {
        timeout: 60_000,
      });
      await expect(page.getByRole('button', { name: 'Run it again' })).toBeVisible();
      await expectAccessible(page);
    },
  );

  test('the page thread runs no task over 50 ms of its own time, from Train to the results', async ({
    page,
    browser,
  }) => {
    const longest = await longestTasks(browser, {
      prepare: async () => {
        await openSetup(page, 'penguins.csv', 'species');
        await page.getByLabel('Backend').selectOption('wasm');
        return page;
      },
      happen: async () => {
        await train(page);
        await expectResults(page);
      },
    });
    expectShort(longest);
  });
});
